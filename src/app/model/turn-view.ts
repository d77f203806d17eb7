import type { AnswerEvent, AnswerSentence, AnswerVerdict, Citation, Judgement } from '#core/answer/answer-types.ts';
import type { Turn } from '#core/engine/engine-api.ts';
import type { WireError } from '#core/errors/app-error.ts';
import type { AnswerId } from '#core/ids.ts';
import type { SearchResult } from '#core/search/search-types.ts';

/** A question with as much of its answer as stands. */
export type TurnView = {
  id: AnswerId;
  question: string;
  askedAt: string;
  state: Turn['state'];
  sentences: readonly AnswerSentence[];
  citations: readonly Citation[];
  closest: readonly Citation[];
  verdict?: AnswerVerdict;
  judgement?: Judgement;
  search?: SearchResult;
  rewritten?: string;
  generator?: string;
  error?: WireError;
};

/** A question just asked, with nothing answered yet. */
export function beginTurn(id: AnswerId, question: string, askedAt: string): TurnView {
  return { id, question, askedAt, state: 'streaming', sentences: [], citations: [], closest: [] };
}

/** A kept turn as it is shown. One that was still streaming when its page ended counts as stopped. */
export function viewTurn(turn: Turn): TurnView {
  const base = beginTurn(turn.id, turn.question, turn.askedAt);
  const state = turn.state === 'streaming' ? 'stopped' : turn.state;
  const { answer, error } = turn;
  if (!answer) return { ...base, state, ...(error && { error }) };
  return {
    ...base,
    state,
    sentences: answer.sentences,
    citations: answer.citations,
    closest: answer.closest,
    verdict: answer.verdict,
    ...(answer.judgement && { judgement: answer.judgement }),
    search: answer.search,
    generator: answer.generator,
    ...(error && { error }),
  };
}

/** The turn after one more event of its answer. */
export function advanceTurn(turn: TurnView, event: AnswerEvent): TurnView {
  switch (event.kind) {
    case 'search':
      return { ...turn, search: event.result, verdict: event.verdict, ...(event.judgement && { judgement: event.judgement }), ...(event.rewritten !== undefined && { rewritten: event.rewritten }) };
    case 'sentence':
      return { ...turn, sentences: [...turn.sentences, event.sentence], citations: mergeCitations(turn.citations, event.citations) };
    case 'writing':
    case 'written':
      return turn;
    case 'done': {
      const { answer } = event;
      return {
        ...turn,
        state: answer.verdict === 'not-found' ? 'not-found' : 'done',
        sentences: answer.sentences,
        citations: answer.citations,
        closest: answer.closest,
        verdict: answer.verdict,
        ...(answer.judgement && { judgement: answer.judgement }),
        search: answer.search,
        generator: answer.generator,
      };
    }
  }
}

function mergeCitations(known: readonly Citation[], more: readonly Citation[]): Citation[] {
  const byNumber = new Map(known.map((citation) => [citation.number, citation]));
  for (const citation of more) byNumber.set(citation.number, citation);
  return [...byNumber.values()].sort((a, b) => a.number - b.number);
}
