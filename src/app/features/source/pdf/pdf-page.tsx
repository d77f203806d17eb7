import type { SourceText } from '#core/engine/engine-api.ts';
import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../../messages/t.ts';
import type { Overlay } from '../marks/marked-text.tsx';
import type { Extent } from './ink-extent.ts';
import { loadPage, type LoadedPage } from './load-page.ts';
import type { OpenPdf, PageSize } from './open-pdf.ts';
import { renderPage } from './render-page.ts';
import { TextLayer } from './text-layer.tsx';

type Properties = {
  pdf: OpenPdf;
  source: SourceText;
  number: number;
  size: PageSize;
  zoom: number;
  overlay: Overlay;
  /** A jump waits for this page. */
  urgent: boolean;
  /** Called when the page's text is in the document, with where its ink is; that of a page that fails is not known. */
  onText: (extent: Extent | undefined) => void;
};

/** A page that leaves the view again within this time is not drawn. */
const passingByMs = 80;

/** One page of a PDF: its picture, its text over it, its links over that. */
export function PdfPage({ pdf, source, number, size, zoom, overlay, urgent, onText }: Properties): VNode {
  const [loaded, setLoaded] = useState<LoadedPage | 'failed'>();
  useEffect(() => {
    let gone = false;
    const load = (): void => {
      loadPage(pdf, source, number).then((page) => gone || setLoaded(page), () => gone || setLoaded('failed'));
    };
    const timer = setTimeout(load, urgent ? 0 : passingByMs);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [pdf, source, number]);
  useEffect(() => {
    if (loaded) onText(loaded === 'failed' ? undefined : loaded.extent);
  }, [loaded]);
  if (loaded === undefined) return <div class="pdf-canvas" />;
  if (loaded === 'failed') return <p class="pdf-note">{t('source.page-failed', { page: number })}</p>;
  return (
    <>
      <PageCanvas loaded={loaded} zoom={zoom} number={number} />
      {loaded.pieces && <TextLayer text={source.text} pieces={loaded.pieces} scale={zoom} {...{ size, overlay }} language={source.language} />}
      {loaded.links.map((link) => (
        <a
          class="pdf-link" href={link.href} target="_blank" rel="noopener noreferrer" referrerpolicy="no-referrer" title={link.href}
          aria-label={t('source.link', { address: URL.parse(link.href)?.host || link.href })}
          style={{ left: `${link.left * zoom}px`, top: `${link.top * zoom}px`, inlineSize: `${link.width * zoom}px`, blockSize: `${link.height * zoom}px` }}
        />
      ))}
    </>
  );
}

/** Draws the page again for each zoom; the old picture stays, stretched, until the new one is whole. */
function PageCanvas({ loaded, zoom, number }: { loaded: LoadedPage; zoom: number; number: number }): VNode {
  const holder = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const rendering = renderPage(loaded.page, zoom);
    rendering.canvas.role = 'img';
    rendering.canvas.ariaLabel = t('source.page-picture', { page: number });
    void rendering.done.then((whole) => whole && holder.current?.replaceChildren(rendering.canvas));
    return () => rendering.cancel();
  }, [loaded, zoom]);
  return <div ref={holder} class="pdf-canvas" />;
}
