import type { SourceText } from '#core/engine/engine-api.ts';
import type { ComponentChildren, VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../../messages/t.ts';
import type { Zoom } from '../head/zoom-steps.ts';
import type { Overlay } from '../marks/marked-text.tsx';
import type { Jump } from '../scroll/jump.ts';
import { NearView } from '../scroll/near-view.ts';
import { useJump } from '../scroll/use-jump.ts';
import { copyFromText } from './copy-from-text.ts';
import { fitScale } from './fit-page.ts';
import { pageAt, pagesOf } from './page-at.ts';
import type { OpenPdf } from './open-pdf.ts';
import { PdfSheet } from './pdf-sheet.tsx';
import { useKeptPlace } from './use-kept-place.ts';
import { usePageSizes } from './use-page-sizes.ts';
import { useScrollerWidth } from './use-scroller-width.ts';

type Properties = {
  /** Scrolls with the document, above it. */
  top: ComponentChildren;
  source: SourceText;
  pdf: OpenPdf;
  overlay: Overlay;
  jump: Jump | undefined;
  zoom: Zoom;
  onPage: (number: number) => void;
  /** Told the scale that `fit` comes to, where 1 is the paper's real size. */
  onFit: (scale: number) => void;
};

/** A PDF as its pages, drawn while they are near the view. Every page has its place from the start. */
export function PdfView({ top, source, pdf, overlay, jump, zoom, onPage, onFit }: Properties): VNode {
  const scroller = useRef<HTMLDivElement>(null);
  const [nearView, setNearView] = useState<NearView>();
  const [arrivals, setArrivals] = useState(0);
  const sizes = usePageSizes(pdf);
  const widthPx = useScrollerWidth(scroller);
  const fit = fitScale(Math.max(1, widthPx), pdf.fit.width);
  const scale = zoom === 'fit' ? fit : zoom;
  useLayoutEffect(() => {
    if (!scroller.current) return undefined;
    const made = new NearView(scroller.current);
    setNearView(made);
    return () => made.close();
  }, []);
  useKeptPlace(scroller, scale);
  useLayoutEffect(() => {
    if (widthPx > 0) onFit(fit);
  }, [widthPx, fit]);
  useJump(scroller, jump, arrivals + (widthPx > 0 ? 1 : 0));
  useEffect(() => {
    const root = scroller.current;
    const report = (): void => {
      if (root) onPage(pageInView(root));
    };
    root?.addEventListener('scroll', report, { passive: true });
    return () => root?.removeEventListener('scroll', report);
  }, [onPage]);
  const pinned = new Set([jump?.to === 'page' ? jump.page : pageAt(source.pageStarts ?? [], jump?.at ?? 0), ...pagesOf(source.pageStarts ?? [], overlay.here)]);
  const unread = new Set(source.source.coverage?.unreadPages);
  return (
    // A scroller must take the focus, or the keyboard could not scroll it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/prefer-tag-over-role
    <div ref={scroller} class="source-scroll pdf" tabIndex={0} role="group" aria-label={t('source.pages')} onCopy={(event) => copyFromText(event, source.text)}>
      {top}
      {widthPx > 0 && sizes.map((size, index) => (
        <PdfSheet
          key={index} number={index + 1} roomPx={widthPx} {...{ pdf, source, size, zoom, overlay, nearView }}
          pinned={pinned.has(index + 1)} unread={unread.has(index + 1)} onArrival={() => setArrivals((count) => count + 1)}
        />
      ))}
    </div>
  );
}

/** The page that covers the upper third of the view. */
function pageInView(scroller: HTMLElement): number {
  const line = scroller.getBoundingClientRect().top + scroller.clientHeight / 3;
  const pages = scroller.getElementsByClassName('pdf-sheet');
  let [low, high] = [0, pages.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pages[middle]?.getBoundingClientRect().top ?? 0) <= line) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}
