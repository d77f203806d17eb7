import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { centreSideways } from '../scroll/hold-in-place.ts';

/**
 * Keeps the place in the document when `scale` changes: what was in the middle of the view stays there; sideways the
 * evidence is brought to the middle where it is in view, so that zooming in does not lose it.
 */
export function useKeptPlace(scroller: RefObject<HTMLElement | null>, scale: number): void {
  const place = useRef({ x: 0.5, y: 0 });
  useEffect(() => {
    const root = scroller.current;
    const note = (): void => {
      if (root) place.current = placeOf(root);
    };
    root?.addEventListener('scroll', note, { passive: true });
    return () => root?.removeEventListener('scroll', note);
  }, []);
  useLayoutEffect(() => {
    const root = scroller.current;
    if (!root) return;
    const { x, y } = place.current;
    if (y > 0) root.scrollTop = y * root.scrollHeight - root.clientHeight / 2;
    root.scrollLeft = x * root.scrollWidth - root.clientWidth / 2;
    const evidence = root.querySelector('mark.here');
    if (evidence && isInViewVertically(root, evidence)) centreSideways(root, 'mark.here');
  }, [scale]);
}

/** The middle of the view as shares of the whole; at the very top, the top. */
function placeOf(root: HTMLElement): { x: number; y: number } {
  const x = (root.scrollLeft + root.clientWidth / 2) / Math.max(1, root.scrollWidth);
  return { x, y: root.scrollTop > 0 ? (root.scrollTop + root.clientHeight / 2) / Math.max(1, root.scrollHeight) : 0 };
}

function isInViewVertically(root: HTMLElement, target: Element): boolean {
  const [box, view] = [target.getBoundingClientRect(), root.getBoundingClientRect()];
  return box.bottom > view.top && box.top < view.bottom;
}
