import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

const lowRem = 24;

/**
 * True while the region is so low, measured in its text, that its bars would leave the document no room: a page zoom of
 * 400 %, a phone held sideways, text of twice the size on a phone.
 */
export function useLowRegion(region: RefObject<HTMLElement | null>): boolean {
  const [low, setLow] = useState(false);
  useLayoutEffect(() => {
    const element = region.current;
    if (!element) return undefined;
    const measure = (): void => {
      const remPx = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
      setLow(element.clientHeight < lowRem * remPx);
    };
    measure();
    // The title takes another size when only the text does.
    const title = element.querySelector('.source-title');
    const observer = new ResizeObserver(measure);
    for (const observed of [element, title]) if (observed) observer.observe(observed);
    return () => observer.disconnect();
  }, []);
  return low;
}
