import type { Citation } from '#core/answer/answer-types.ts';
import type { VNode } from 'preact';
import { t } from '../../../messages/t.ts';

type Properties = { citations: readonly Citation[]; quoted: boolean; active: number | undefined; onStep: (direction: 1 | -1) => void };

const verificationTexts = { verified: 'source.verified', partly: 'source.partly', unsupported: 'source.unsupported' } as const;

/** Which citation is in view, how far it is supported, and the steps to its neighbours. */
export function CitationBar({ citations, quoted, active, onStep }: Properties): VNode {
  const index = citations.findIndex((citation) => citation.number === active);
  const citation = citations[index];
  const total = citations.length;
  return (
    <div class="source-where">
      <output>
        <strong class="num">{citation ? t('source.citation-of', { position: index + 1, total }) : t('source.citations', { count: total })}</strong>
        {citation && ` · ${t(quoted && citation.verification === 'verified' ? 'source.word-for-word' : verificationTexts[citation.verification])}`}
      </output>
      <span class="source-buttons">
        <button type="button" class="button bare" disabled={index === 0} onClick={() => onStep(-1)} aria-label={t('source.previous-citation')} aria-keyshortcuts="[">
          {t('source.previous')} <kbd aria-hidden="true">[</kbd>
        </button>
        <button type="button" class="button bare" disabled={index === total - 1} onClick={() => onStep(1)} aria-label={t('source.next-citation')} aria-keyshortcuts="]">
          {t('source.next')} <kbd aria-hidden="true">]</kbd>
        </button>
      </span>
    </div>
  );
}
