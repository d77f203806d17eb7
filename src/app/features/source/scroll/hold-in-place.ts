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
  const box = target.getBoundingClientRect();
  const room = Math.max(16, (scroller.clientHeight - box.height) / 2);
  scroller.scrollTop += offsetIn(scroller, target) - (place === 'center' ? Math.min(room, scroller.clientHeight / 3) : 16);
  for (const part of [target.closest('.source-table'), scroller]) if (part) bringSideways(part, target);
  return offsetIn(scroller, target);
}

function bringSideways(scroller: Element, target: Element): void {
  const [box, view] = [target.getBoundingClientRect(), scroller.getBoundingClientRect()];
  if (box.left < view.left || box.right > view.right) scroller.scrollLeft += box.left - view.left - 16;
}

function offsetIn(scroller: HTMLElement, target: Element): number {
  return target.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
}
