import type { SourceText } from '#core/engine/engine-api.ts';
import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../../messages/t.ts';
import type { Overlay } from '../marks/marked-text.tsx';
import type { Jump } from '../scroll/jump.ts';
import { LazyItem } from '../scroll/lazy-item.tsx';
import { NearView } from '../scroll/near-view.ts';
import { useJump } from '../scroll/use-jump.ts';
import { copyFromText } from './copy-from-text.ts';
import { pageAt, pagesOf } from './page-at.ts';
import type { OpenPdf } from './open-pdf.ts';
import { PdfPage } from './pdf-page.tsx';
import { useKeptPlace } from './use-kept-place.ts';
import { usePageSizes } from './use-page-sizes.ts';
import { useScrollerWidth } from './use-scroller-width.ts';

type Properties = {
  source: SourceText;
  pdf: OpenPdf;
  overlay: Overlay;
  jump: Jump | undefined;
  /** Times the width that fits; 1 fits the widest page into the region. */
  zoom: number;
  onPage: (number: number) => void;
};

/** Pages of stamp size are not blown up to the region's width. */
const largestFit = 3;

/** A PDF as its pages, drawn while they are near the view. Every page has its place from the start. */
export function PdfView({ source, pdf, overlay, jump, zoom, onPage }: Properties): VNode {
  const scroller = useRef<HTMLDivElement>(null);
  const [nearView, setNearView] = useState<NearView>();
  const [arrivals, setArrivals] = useState(0);
  const sizes = usePageSizes(pdf);
  const widthPx = useScrollerWidth(scroller);
  const widest = Math.max(...sizes.slice(0, 50).map((size) => size.width));
  const scale = widthPx > 0 ? Math.min(largestFit, widthPx / widest) * zoom : zoom;
  useLayoutEffect(() => {
    if (!scroller.current) return undefined;
    const made = new NearView(scroller.current);
    setNearView(made);
    return () => made.close();
  }, []);
  useKeptPlace(scroller, scale);
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
      {widthPx > 0 && sizes.map((size, index) => (
        <div key={index} class="pdf-sheet" data-page={index + 1} data-at={source.pageStarts?.[index]}>
          {unread.has(index + 1) && <p class="pdf-note">{t('source.scanned', { page: index + 1 })}</p>}
          <div class="pdf-frame" style={{ inlineSize: `${size.width * scale}px`, blockSize: `${size.height * scale}px` }}>
            <LazyItem class="pdf-page" nearView={nearView} estimatePx={size.height * scale} pinned={pinned.has(index + 1)}>
              {() => <PdfPage {...{ pdf, source, size, overlay }} number={index + 1} zoom={scale} urgent={pinned.has(index + 1)} onText={() => setArrivals((count) => count + 1)} />}
            </LazyItem>
          </div>
        </div>
      ))}
    </div>
  );
}

/** The page that covers the upper third of the view. */
function pageInView(scroller: HTMLElement): number {
  const line = scroller.getBoundingClientRect().top + scroller.clientHeight / 3;
  const pages = scroller.children;
  let [low, high] = [0, pages.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pages[middle]?.getBoundingClientRect().top ?? 0) <= line) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}
