import { useSignal } from '@preact/signals';
import type { ComponentChildren, VNode } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { NearView } from './near-view.ts';

type Properties = {
  nearView: NearView | undefined;
  class: string;
  /** Height while its content has not been seen yet; content may change it. */
  estimatePx: number;
  /** Shown wherever the view is: a jump goes there. */
  pinned: boolean;
  children: () => ComponentChildren;
};

/** A part of a long document whose content is in the page only while it is near the view. */
export function LazyItem({ nearView, class: className, estimatePx, pinned, children }: Properties): VNode {
  const near = useSignal(false);
  const measured = useRef({ estimatePx, heightPx: estimatePx });
  const latestEstimatePx = useRef(estimatePx);
  latestEstimatePx.current = estimatePx;
  const element = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (!nearView || !element.current) return undefined;
    return nearView.watch(element.current, near, (heightPx) => {
      measured.current = { estimatePx: latestEstimatePx.current, heightPx };
    });
  }, [nearView]);
  const shown = near.value || pinned;
  // The estimate grows with the zoom; so does what was measured before.
  const heightPx = (measured.current.heightPx * estimatePx) / measured.current.estimatePx;
  const blockSize = shown ? undefined : `${Math.round(heightPx)}px`;
  return (
    <div ref={element} class={className} style={{ blockSize }}>
      {shown && children()}
    </div>
  );
}
