import { useId } from 'preact/hooks';
import { t } from '../../messages/t.ts';
import type { TurnView } from '../../model/turn-view.ts';
import { isCode } from './cited-passage.ts';
import { CitationPlace } from './citation-link.tsx';
import { shownQuote } from './shown-quote.ts';
import { uncitedClosest } from './uncited-closest.ts';

/** What comes nearest where nothing answers the question, or not for sure. */
export function ClosestPassages({ turn }: { turn: TurnView }) {
  const id = useId();
  const closest = uncitedClosest(turn);
  if (closest.length === 0) return null;
  return (
    <div class="near" role="group" aria-labelledby={id}>
      <h3 id={id}>{t(turn.sentences.length > 0 ? 'answers.also-close' : 'answers.closest', { count: closest.length })}</h3>
      <ul>
        {closest.map((citation) => (
          <li key={`${citation.document}-${citation.start}`}>
            <blockquote class={isCode(turn, citation) ? 'code' : undefined} dir="auto">{shownQuote(turn, citation)}</blockquote>
            <p class="from"><CitationPlace turn={turn} citation={citation} /></p>
          </li>
        ))}
      </ul>
    </div>
  );
}
