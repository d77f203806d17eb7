import type { Citation } from '#core/answer/answer-types.ts';
import type { EngineApi } from '#core/engine/engine-api.ts';
import type { DocumentId } from '#core/ids.ts';
import type { ComponentChildren, VNode } from 'preact';
import { t } from '../../messages/t.ts';
import { CitationBar } from './head/citation-bar.tsx';
import { SourceHead } from './head/source-head.tsx';
import type { Span } from './marks/source-mark.ts';
import { OpenedView } from './opened-view.tsx';
import { SourceFailure } from './source-failure.tsx';
import './source-view.css';
import { useOpenedSource } from './use-opened-source.ts';

export type SourceViewProperties = {
  engine: EngineApi;
  source: DocumentId;
  /** The answer's citations, of other sources too; those of this one are marked. */
  citations: Citation[];
  /** True where the answer consists of quotes, so that what is verified is so word for word. */
  quoted?: boolean;
  /** Number of the citation in view. */
  active?: number | undefined;
  /** A span to show that no citation names, of the address. */
  span?: Span | undefined;
  /** A new object asks again for the evidence to be brought into view, as the same citation chosen again does. */
  visit?: object | undefined;
  /** What the page puts on the region's edge; inside it, so that it belongs to the landmark. */
  edge?: ComponentChildren;
  onStep: (direction: 1 | -1) => void;
  onClose: () => void;
};

/** The Source region: a document opened at a cited span. */
export function SourceView({ engine, source, citations, quoted = false, active, span, visit, edge, onStep, onClose }: SourceViewProperties): VNode {
  const { opening, again } = useOpenedSource(engine, source);
  const title = citations.find((citation) => citation.document === source)?.title ?? '';
  const steps = citations.length > 0 && <CitationBar {...{ citations, quoted, active, onStep }} />;
  if (opening.state === 'open') {
    const { opened } = opening;
    return <OpenedView key={source} {...{ engine, opened, citations, active, span, visit, edge, onClose }}>{steps}</OpenedView>;
  }
  return (
    <section class="source" aria-label={t('source.region')}>
      {edge}
      <SourceHead title={title} place="" zoom="" panel={undefined} panels={[]} onPanel={() => undefined} onClose={onClose} />
      {steps}
      {opening.state === 'failed'
        ? <SourceFailure error={opening.error} onAgain={again} />
        : <output class="source-note">{t('source.opening')}</output>}
    </section>
  );
}
