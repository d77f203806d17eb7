import type { Signal } from '@preact/signals';

/**
 * Tells items of a scroller whether they are near its view (a screen above and below). An item that holds part of the
 * selection stays near, so that what is selected can be copied whole.
 */
export class NearView {
  private readonly items = new Map<Element, { near: Signal<boolean>; leave: (heightPx: number) => void }>();
  private readonly observer: IntersectionObserver;

  constructor(scroller: Element) {
    this.observer = new IntersectionObserver((entries) => this.update(entries), { root: scroller, rootMargin: '100% 0px' });
  }

  /** Watches an item; `leave` is told its height just before `near` becomes false. Returns how to stop. */
  watch(element: Element, near: Signal<boolean>, leave: (heightPx: number) => void): () => void {
    this.items.set(element, { near, leave });
    this.observer.observe(element);
    return () => {
      this.items.delete(element);
      this.observer.unobserve(element);
    };
  }

  close(): void {
    this.observer.disconnect();
  }

  private update(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting, boundingClientRect } of entries) {
      const item = this.items.get(target);
      if (!item || isIntersecting === item.near.peek()) continue;
      if (!isIntersecting && document.getSelection()?.containsNode(target, true)) continue;
      if (!isIntersecting) item.leave(boundingClientRect.height);
      item.near.value = isIntersecting;
    }
  }
}
