import type { TurnView } from '../../model/turn-view.ts';
import { isCode } from './cited-passage.ts';
import { CitationChip, CitationPlace } from './citation-link.tsx';

/** Sentences of the documents, word for word, each with its place. */
export function QuotedAnswer({ turn }: { turn: TurnView }) {
  const byNumber = new Map(turn.citations.map((citation) => [citation.number, citation]));
  return (
    <ol class="quotes">
      {turn.sentences.map((sentence, index) => {
        const cited = sentence.citations.flatMap((number) => byNumber.get(number) ?? []);
        return (
          <li class="quote" key={index}>
            <span class="chips">{cited.map((citation) => <CitationChip key={citation.number} turn={turn} citation={citation} />)}</span>
            <blockquote class={isCode(turn, cited[0]) ? 'code' : undefined} dir="auto">{sentence.text}</blockquote>
            <p class="from">{cited.map((citation, at) => <>{at > 0 && '; '}<CitationPlace turn={turn} citation={citation} /></>)}</p>
          </li>
        );
      })}
    </ol>
  );
}
