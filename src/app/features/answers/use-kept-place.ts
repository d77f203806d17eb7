import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/**
 * While `isGrowing`, holds what stands below an element where it is on screen when the element grows: its scroller goes
 * on by as much. It does so only while the element's own beginning stays in view, for that may be read as well, and only
 * where something below is in view at all.
 */
export function useKeptPlace(element: RefObject<HTMLElement | null>, isGrowing: boolean): void {
  useEffect(() => {
    const grown = element.current;
    const scroller = grown?.closest<HTMLElement>('.scroll');
    const article = grown?.closest<HTMLElement>('article');
    if (!isGrowing || !grown || !scroller || !article) return;
    let height = grown.offsetHeight;
    // Told before the frame is painted: what moved and what was scrolled are one picture.
    const observer = new ResizeObserver(() => {
      const by = grown.offsetHeight - height;
      height += by;
      const view = scroller.getBoundingClientRect();
      const { top, bottom } = grown.getBoundingClientRect();
      if (by <= 0 || bottom - by >= view.bottom || top - by < view.top) return;
      scrollOn(scroller, article, by);
    });
    observer.observe(grown);
    return () => observer.disconnect();
  }, [isGrowing]);
}

/** Scrolls by so many pixels, making room at the end of the article where there is none. */
function scrollOn(scroller: HTMLElement, article: HTMLElement, by: number): void {
  const goal = scroller.scrollTop + by;
  const missing = goal - (scroller.scrollHeight - scroller.clientHeight);
  if (missing > 0) article.style.minBlockSize = `${article.offsetHeight + missing}px`;
  scroller.scrollTop = goal;
}
