import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

/** The whole pixels of width inside the padding of an element, 0 before it is known. Growth too small to be seen is ignored. */
export function useScrollerWidth(element: RefObject<HTMLElement | null>): number {
  const [widthPx, setWidthPx] = useState(0);
  useLayoutEffect(() => {
    const target = element.current;
    if (!target) return undefined;
    const measure = (): void => {
      const style = getComputedStyle(target);
      const inner = Math.floor(target.clientWidth - Number.parseFloat(style.paddingLeft) - Number.parseFloat(style.paddingRight));
      setWidthPx((before) => (inner >= before && inner - before < 4 ? before : Math.max(1, inner)));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(target);
    return () => observer.disconnect();
  }, []);
  return widthPx;
}
