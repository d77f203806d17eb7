const settleMs = 1_500;
const userMoves = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const;

/**
 * Brings `target` to the middle of `scroller` and keeps it there while parts above it take their real heights, until the
 * person moves or it has settled. Returns how to stop early.
 */
export function holdInPlace(scroller: HTMLElement, target: Element, place: 'center' | 'start' = 'center'): () => void {
  const wanted = bringIntoView(scroller, target, place);
  const observer = new ResizeObserver(() => {
    const drift = offsetIn(scroller, target) - wanted;
    if (Math.abs(drift) > 1 && target.isConnected) scroller.scrollTop += drift;
  });
  for (const child of scroller.children) observer.observe(child);
  const stop = (): void => {
    observer.disconnect();
    for (const move of userMoves) scroller.removeEventListener(move, stop);
    clearTimeout(timer);
  };
  const timer = setTimeout(stop, settleMs);
  for (const move of userMoves) scroller.addEventListener(move, stop, { passive: true });
  return stop;
}

/** Scrolls at once, only this scroller, and gives the distance of `target` from its top edge. */
function bringIntoView(scroller: HTMLElement, target: Element, place: 'center' | 'start'): number {
  const selector = target.matches('mark.here') ? 'mark.here' : '.source-found.current';
  const box = (place === 'center' && boxOfAll(scroller, selector)) || target.getBoundingClientRect();
  const above = place === 'center' ? Math.max(16, (scroller.clientHeight - box.height) / 2) : 16;
  scroller.scrollTop += box.top - scroller.getBoundingClientRect().top - above;
  const table = target.closest('.source-table');
  if (table && isOutOfView(table, target)) centreSideways(table, selector);
  if (place === 'center' && (isOutOfView(scroller, target) || scroller.matches('.pdf'))) centreSideways(scroller, selector);
  return offsetIn(scroller, target);
}

/** Brings all that `selector` names to the middle; of what is wider than the view, its beginning. */
export function centreSideways(scroller: Element, selector: string): void {
  const box = boxOfAll(scroller, selector);
  if (!box) return;
  scroller.scrollLeft += box.left - scroller.getBoundingClientRect().left - Math.max(16, (scroller.clientWidth - box.width) / 2);
}

function isOutOfView(scroller: Element, target: Element): boolean {
  const [box, view] = [target.getBoundingClientRect(), scroller.getBoundingClientRect()];
  return box.left < view.left || box.right > view.left + scroller.clientWidth;
}

/** The smallest box around all elements that `selector` names. */
function boxOfAll(root: Element, selector: string): DOMRect | undefined {
  const boxes = [...root.querySelectorAll(selector)].flatMap((element) => [...element.getClientRects()]);
  if (boxes.length === 0) return undefined;
  const [left, top] = [Math.min(...boxes.map((box) => box.left)), Math.min(...boxes.map((box) => box.top))];
  return new DOMRect(left, top, Math.max(...boxes.map((box) => box.right)) - left, Math.max(...boxes.map((box) => box.bottom)) - top);
}

function offsetIn(scroller: HTMLElement, target: Element): number {
  return target.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
}
