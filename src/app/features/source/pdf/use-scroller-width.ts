import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

/** The width inside the padding of an element in pixels, 0 before it is known; small changes, of a scroll bar, are ignored. */
export function useScrollerWidth(element: RefObject<HTMLElement | null>): number {
  const [widthPx, setWidthPx] = useState(0);
  useLayoutEffect(() => {
    const target = element.current;
    if (!target) return undefined;
    const measure = (): void => {
      const style = getComputedStyle(target);
      const inner = target.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight);
      setWidthPx((before) => (Math.abs(before - inner) < 4 ? before : Math.max(1, inner)));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(target);
    return () => observer.disconnect();
  }, []);
  return widthPx;
}
