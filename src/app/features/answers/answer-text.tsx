import type { AnswerSentence, Citation } from '#core/answer/answer-types.ts';
import { t } from '../../messages/t.ts';
import type { TurnView } from '../../model/turn-view.ts';
import { CitationChip, CitationPlace } from './citation-link.tsx';
import { shownQuote } from './shown-quote.ts';

/** Keeps a chip on the line of the word before it. */
const wordJoiner = '\u2060';

/** A written answer: each sentence with its chips and, where it is not fully supported, a note in words. */
export function AnswerText({ turn }: { turn: TurnView }) {
  const byNumber = new Map(turn.citations.map((citation) => [citation.number, citation]));
  return (
    <>
      <div class="answer">
        <p dir="auto">{turn.sentences.map((sentence, index) => <Sentence key={index} turn={turn} sentence={sentence} byNumber={byNumber} />)}</p>
      </div>
      {turn.citations.length > 0 && turn.state !== 'streaming' && <Evidence turn={turn} />}
    </>
  );
}

type SentenceProps = { turn: TurnView; sentence: AnswerSentence; byNumber: Map<number, Citation> };

function Sentence({ turn, sentence, byNumber }: SentenceProps) {
  const cited = sentence.citations.flatMap((number) => byNumber.get(number) ?? []);
  const note = sentence.verification === 'verified' ? undefined : t(sentence.verification === 'partly' ? 'answers.partly' : 'answers.unsupported-note');
  return (
    <>
      <span class={`sentence ${sentence.verification}${sentence.isCode ? ' code' : ''}`}>{sentence.text}</span>
      {cited.map((citation) => <>{wordJoiner}<CitationChip key={citation.number} turn={turn} citation={citation} /></>)}
      {note && <> <span class={`flag ${sentence.verification}`}>{note}</span></>}
      {' '}
    </>
  );
}

function Evidence({ turn }: { turn: TurnView }) {
  const sources = new Set(turn.citations.map((citation) => citation.document)).size;
  return (
    <details class="fold">
      <summary>{t('answers.evidence')} <span>{t('answers.evidence-count', { count: turn.citations.length, sources: t('answers.sources', { count: sources }) })}</span></summary>
      <ol>
        {turn.citations.map((citation) => (
          <li class="quote" key={citation.number}>
            <span class={`cite ${citation.verification}`} aria-hidden="true">{citation.number}</span>
            <blockquote dir="auto">{shownQuote(turn, citation)}</blockquote>
            <p class="from"><CitationPlace turn={turn} citation={citation} /></p>
          </li>
        ))}
      </ol>
    </details>
  );
}
