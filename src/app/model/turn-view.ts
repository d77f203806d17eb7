import type { Answer, AnswerEvent, AnswerSentence, AnswerVerdict, Citation, Judgement, NotWritten, WrittenAnswer } from '#core/answer/answer-types.ts';
import type { Turn } from '#core/engine/engine-api.ts';
import type { WireError } from '#core/errors/app-error.ts';
import type { AnswerId } from '#core/ids.ts';
import type { ModelTrust } from '#core/models/model-manifest.ts';
import type { SearchResult } from '#core/search/search-types.ts';

/** A model that is expected to write, so that the page keeps room for it before it begins. */
export type ExpectedWriter = { title: string; trust?: ModelTrust };

/** What a model wrote, or has written so far: its figures come with its end. */
export type WrittenView = Pick<WrittenAnswer, 'generator' | 'title'> & {
  state: 'writing' | WrittenAnswer['state'];
  sentences: readonly AnswerSentence[];
  figures?: Pick<WrittenAnswer, 'tokens' | 'tokensPerSecond' | 'firstTokenMs' | 'device' | 'repaired'>;
  error?: WireError;
};

/** A question with as much of its answer as stands. `sentences` are the quotes; `written` is what a model made of them. */
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
  expected?: ExpectedWriter;
  written?: WrittenView;
  notWritten?: NotWritten;
  error?: WireError;
};

/** A question just asked, with nothing answered yet. */
export function beginTurn(id: AnswerId, question: string, askedAt: string, expected?: ExpectedWriter): TurnView {
  return { id, question, askedAt, state: 'streaming', sentences: [], citations: [], closest: [], ...(expected && { expected }) };
}

/** A kept turn as it is shown. One that was still streaming when its page ended counts as stopped. */
export function viewTurn(turn: Turn): TurnView {
  const base = beginTurn(turn.id, turn.question, turn.askedAt);
  const state = turn.state === 'streaming' ? 'stopped' : turn.state;
  const { answer, error } = turn;
  return { ...base, ...(answer && viewAnswer(answer)), state, ...(error && { error }) };
}

/** The turn after one more event of its answer. */
export function advanceTurn(turn: TurnView, event: AnswerEvent): TurnView {
  switch (event.kind) {
    case 'search':
      return { ...turn, search: event.result, verdict: event.verdict, ...(event.judgement && { judgement: event.judgement }), ...(event.rewritten !== undefined && { rewritten: event.rewritten }) };
    case 'sentence':
      return { ...turn, sentences: [...turn.sentences, event.sentence], citations: mergeCitations(turn.citations, event.citations) };
    case 'writing':
      return { ...turn, written: { generator: event.generator, title: event.title, state: 'writing', sentences: [] } };
    case 'written': {
      const { sentence, citations } = event;
      // What is begun is not part of the turn: it changes with every word, and the turn only with every sentence.
      if (sentence === undefined || turn.written === undefined) return turn;
      return { ...turn, written: { ...turn.written, sentences: [...turn.written.sentences, sentence] }, citations: mergeCitations(turn.citations, citations) };
    }
    case 'done': {
      const { written: _begun, ...rest } = turn;
      return { ...rest, ...viewAnswer(event.answer), state: endState(event.answer) };
    }
  }
}

/** The turn when no more is coming although its answer was not whole. */
export function stopTurn(turn: TurnView): TurnView {
  if (turn.state !== 'streaming') return turn;
  return { ...turn, state: 'stopped', ...(turn.written?.state === 'writing' && { written: { ...turn.written, state: 'stopped' } }) };
}

function endState({ verdict, written }: Answer): Turn['state'] {
  if (verdict === 'not-found') return 'not-found';
  return written?.state === 'stopped' ? 'stopped' : 'done';
}

function viewAnswer(answer: Answer): Partial<TurnView> {
  const { sentences, citations, closest, verdict, judgement, search, written, notWritten } = answer;
  return {
    sentences,
    citations,
    closest,
    verdict,
    search,
    ...(judgement && { judgement }),
    ...(written && { written: viewWritten(written) }),
    ...(notWritten && { notWritten }),
  };
}

function viewWritten({ generator, title, state, sentences, error, ...figures }: WrittenAnswer): WrittenView {
  return { generator, title, state, sentences, figures, ...(error && { error }) };
}

function mergeCitations(known: readonly Citation[], more: readonly Citation[]): Citation[] {
  const byNumber = new Map(known.map((citation) => [citation.number, citation]));
  for (const citation of more) byNumber.set(citation.number, citation);
  return [...byNumber.values()].sort((a, b) => a.number - b.number);
}
