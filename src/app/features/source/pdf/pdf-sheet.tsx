import type { SourceText } from '#core/engine/engine-api.ts';
import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../../../messages/t.ts';
import type { Zoom } from '../head/zoom-steps.ts';
import type { Overlay } from '../marks/marked-text.tsx';
import { LazyItem } from '../scroll/lazy-item.tsx';
import type { NearView } from '../scroll/near-view.ts';
import { fitPage } from './fit-page.ts';
import type { Extent } from './ink-extent.ts';
import type { OpenPdf, PageSize } from './open-pdf.ts';
import { PdfPage } from './pdf-page.tsx';

type Properties = {
  pdf: OpenPdf;
  source: SourceText;
  number: number;
  size: PageSize;
  zoom: Zoom;
  roomPx: number;
  overlay: Overlay;
  nearView: NearView | undefined;
  pinned: boolean;
  unread: boolean;
  onArrival: () => void;
};

/** The place of one page, drawn while it is near the view. Fitted, it shows the page without its margins; zoomed, all of it. */
export function PdfSheet({ pdf, source, number, size, zoom, roomPx, overlay, nearView, pinned, unread, onArrival }: Properties): VNode {
  const [extent, setExtent] = useState<Extent>();
  const { scale, widthPx, cutPx } = zoom === 'fit' ? fitPage(size, extent, roomPx, pdf.fit) : { scale: zoom, widthPx: size.width * zoom, cutPx: 0 };
  const heightPx = size.height * scale;
  const onText = (read: Extent | undefined): void => {
    setExtent(read);
    onArrival();
  };
  return (
    <div class="pdf-sheet" data-page={number} data-at={source.pageStarts?.[number - 1]}>
      {unread && <p class="pdf-note">{t('source.scanned', { page: number })}</p>}
      <div class="pdf-frame" style={{ inlineSize: `${widthPx}px`, blockSize: `${heightPx}px` }}>
        <div class="pdf-whole" style={{ left: `${-cutPx}px`, inlineSize: `${size.width * scale}px`, blockSize: `${heightPx}px` }}>
          <LazyItem class="pdf-page" nearView={nearView} estimatePx={heightPx} pinned={pinned}>
            {() => <PdfPage {...{ pdf, source, size, overlay, number, onText }} zoom={scale} urgent={pinned} />}
          </LazyItem>
        </div>
      </div>
    </div>
  );
}
