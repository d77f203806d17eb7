import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';

/** Keeps the place in the document when `scale` changes: what was at the top stays there. */
export function useKeptPlace(scroller: RefObject<HTMLElement | null>, scale: number): void {
  const place = useRef(0);
  useEffect(() => {
    const root = scroller.current;
    const note = (): void => {
      if (root) place.current = root.scrollTop / Math.max(1, root.scrollHeight);
    };
    root?.addEventListener('scroll', note, { passive: true });
    return () => root?.removeEventListener('scroll', note);
  }, []);
  useLayoutEffect(() => {
    const root = scroller.current;
    if (root && place.current > 0) root.scrollTop = place.current * root.scrollHeight;
  }, [scale]);
}
