import { useRef } from 'preact/hooks';
import { t } from '../../messages/t.ts';
import type { TurnView } from '../../model/turn-view.ts';
import { isCode } from './cited-passage.ts';
import { CitationChip, CitationPlace } from './citation-link.tsx';
import { QuotedAnswer } from './quoted-answer.tsx';
import { shownQuote } from './shown-quote.ts';

/** The quotes below a written answer, and what it cites besides: open while it is made, folded away by whoever likes. */
export function QuotedEvidence({ turn }: { turn: TurnView }) {
  // What a kept answer says can be trusted as it stands when all of it is verified; else the quotes are what to read.
  const isOpen = useRef(turn.state === 'streaming' || !turn.written?.sentences.every(({ verification }) => verification === 'verified'));
  const quoted = new Set(turn.sentences.flatMap(({ citations }) => citations));
  // As quotes they are word for word, whatever a sentence made of them.
  const besides = turn.citations.filter(({ number }) => !quoted.has(number)).map((citation) => ({ ...citation, verification: 'verified' as const }));
  const sources = new Set(turn.citations.map((citation) => citation.document)).size;
  if (turn.citations.length === 0) return null;
  return (
    <details class="fold" open={isOpen.current} onToggle={(event) => { isOpen.current = event.currentTarget.open; }}>
      <summary>{t('answers.evidence')} <span>{t('answers.evidence-count', { count: turn.citations.length, sources: t('answers.sources', { count: sources }) })}</span></summary>
      <QuotedAnswer turn={turn} />
      {besides.length > 0 && (
        <ul class="quotes">
          {besides.map((citation) => (
            <li class="quote" key={citation.number}>
              <span class="chips"><CitationChip turn={turn} citation={citation} /></span>
              <blockquote class={isCode(turn, citation) ? 'code' : undefined} dir="auto">{shownQuote(turn, citation)}</blockquote>
              <p class="from"><CitationPlace turn={turn} citation={citation} /></p>
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
