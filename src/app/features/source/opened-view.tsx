import type { Citation } from '#core/answer/answer-types.ts';
import type { EngineApi } from '#core/engine/engine-api.ts';
import type { ComponentChildren, VNode } from 'preact';
import { useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { t } from '../../messages/t.ts';
import { downloadOriginal } from './download-original.ts';
import { FindBar } from './find/find-bar.tsx';
import { useFind } from './find/use-find.ts';
import { formatBytes } from '../../ui/format.ts';
import { OutlinePanel } from './head/outline-panel.tsx';
import { SourceHead, type Panel } from './head/source-head.tsx';
import { ViewBar, zoomText } from './head/view-bar.tsx';
import type { Zoom } from './head/zoom-steps.ts';
import { nothingFound } from './find/found-range.ts';
import { marksOf, type Span } from './marks/source-mark.ts';
import type { OpenedSource } from './open-source.ts';
import { PdfView } from './pdf/pdf-view.tsx';
import type { Jump } from './scroll/jump.ts';
import { TypesetView } from './typeset/typeset-view.tsx';
import { useLowRegion } from './use-low-region.ts';
import { useOutline } from './use-outline.ts';

type Properties = {
  engine: EngineApi;
  opened: OpenedSource;
  citations: readonly Citation[];
  active: number | undefined;
  span: Span | undefined;
  visit: object | undefined;
  onClose: () => void;
  /** What the page puts on the region's edge. */
  edge: ComponentChildren;
  /** Stands under the head. */
  children: ComponentChildren;
};

/** A source that has been opened: its head, its panels and the document itself. */
export function OpenedView({ engine, opened, citations, active, span, visit, onClose, edge, children }: Properties): VNode {
  const { text } = opened;
  const pdf = 'pdf' in opened ? opened.pdf : undefined;
  const textOnly = 'textOnly' in opened ? opened.textOnly : undefined;
  const region = useRef<HTMLElement>(null);
  const viewBar = useId();
  const low = useLowRegion(region);
  const [panel, setPanel] = useState<Panel>();
  const [zoom, setZoom] = useState<Zoom>(pdf ? 'fit' : 1);
  const [fit, setFit] = useState(1);
  const [page, setPage] = useState(1);
  const [jump, setJump] = useState<Jump>();
  const outline = useOutline(opened);
  const find = useFind(text.text, jump && 'at' in jump ? jump.at : 0);
  const evidence = useMemo(() => marksOf(text.source.id, text.text.length, citations, active, span), [text, citations, active, span?.start, span?.end]);
  const finding = panel === 'find';
  const overlay = useMemo(() => ({ ...evidence, found: finding ? find.found : nothingFound }), [evidence, finding, find.found]);
  const { here } = evidence;
  useLayoutEffect(() => {
    if (here) setJump({ to: 'evidence', at: here.start });
  }, [here?.start, here?.end, active, visit]);
  const match = finding ? find.found.matches[find.found.current] : undefined;
  useLayoutEffect(() => {
    if (match) setJump({ to: 'match', at: match.start });
  }, [match?.start, match?.end]);

  const closePanel = (): void => {
    setPanel(undefined);
    region.current?.querySelector<HTMLElement>('.source-scroll')?.focus({ preventScroll: true });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'f') setPanel('find');
    else if (event.key === 'Escape' && panel && !event.isComposing) closePanel();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const pages = pdf && { current: page, total: pdf.sizes.length, go: (to: number) => setJump({ to: 'page', page: to }) };
  const place = pages ? t('source.page-of', { page, total: pages.total }) : formatBytes(text.source.bytes);
  const panels: Panel[] = outline.length > 0 ? ['outline', 'find', 'view'] : ['find', 'view'];
  const onDownload = text.source.hasOriginal ? () => void downloadOriginal(engine, text.source) : undefined;
  const bars = (
    <>
      {children}
      {panel === 'outline' && <OutlinePanel entries={outline} onJump={setJump} />}
      {textOnly && <p class="source-note">{t(textOnly === 'not-kept' ? 'source.not-kept' : 'source.unreadable')}</p>}
    </>
  );
  // In a low region only the head and find, which is used while the document moves, stay in view.
  const top = low && <div class="source-top">{bars}</div>;
  return (
    // The keys are those of the region's own controls and bubble up to here; a click beside them keeps the focus in it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <section ref={region} class={low ? 'source low' : 'source'} aria-label={t('source.region')} tabIndex={-1} onKeyDown={onKeyDown}>
      {edge}
      <SourceHead {...{ place, panel, panels, viewBar, onClose }} zoom={zoomText(zoom)} title={text.source.title} onPanel={(name) => setPanel(panel === name ? undefined : name)} />
      {!low && bars}
      {finding && <FindBar find={find} onClose={closePanel} />}
      {'pdf' in opened
        ? <PdfView source={text} pdf={opened.pdf} onPage={setPage} onFit={setFit} {...{ top, overlay, jump, zoom }} />
        : <TypesetView source={text} typeset={opened.typeset} zoom={zoom === 'fit' ? 1 : zoom} {...{ top, overlay, jump }} />}
      <ViewBar id={viewBar} open={panel === 'view'} fit={pdf && fit} {...{ zoom, setZoom, pages, onDownload }} />
    </section>
  );
}
