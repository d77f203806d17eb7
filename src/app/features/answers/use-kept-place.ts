import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';

/** How far an answer may grow beyond its room with what stands below it held in place. */
const roomPx = 320;

/**
 * While `isGrowing`, lets what stands below an element stay where it is on screen when the element grows: the browser's
 * own scroll anchoring then holds what is below, for the article says (`data-holds`, see written-answer.css) that its
 * beginning is no anchor. That ends where the element's own beginning would leave the view, since it may be read as well.
 */
export function useKeptPlace(element: RefObject<HTMLElement | null>, isGrowing: boolean): void {
  useEffect(() => {
    const grown = element.current;
    const scroller = grown?.closest<HTMLElement>('.scroll');
    const article = grown?.closest<HTMLElement>('article');
    if (!isGrowing || !grown || !scroller || !article) return;
    makeScrollable(scroller, article);
    const look = () => { article.toggleAttribute('data-holds', grown.getBoundingClientRect().top > scroller.getBoundingClientRect().top); };
    const observer = new ResizeObserver(look);
    observer.observe(grown);
    return () => {
      observer.disconnect();
      article.removeAttribute('data-holds');
      giveBack(scroller, article);
    };
  }, [isGrowing]);
}

/** Anchoring needs room to scroll into, and does not begin at the very top. */
function makeScrollable(scroller: HTMLElement, article: HTMLElement): void {
  const missing = roomPx - (scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop);
  if (missing > 0) article.style.paddingBlockEnd = `${missing}px`;
  if (scroller.scrollTop < 1) scroller.scrollTop = 1;
}

/** Takes the room back as far as nothing moves by it. */
function giveBack(scroller: HTMLElement, article: HTMLElement): void {
  const spare = scroller.scrollHeight - scroller.clientHeight - scroller.scrollTop;
  const room = Number.parseFloat(article.style.paddingBlockEnd || '0');
  article.style.paddingBlockEnd = room > spare ? `${room - spare}px` : '';
}
