import type { Answer, AnswerEvent, AnswerSentence, Citation, Judgement, NotWritten, WrittenAnswer } from '#core/answer/answer-types.ts';
import type { SentenceMeasure } from '#core/answer/measure-sentences.ts';
import type { AskRequest } from '#core/engine/engine-api.ts';
import { rewriteFollowUp } from '#core/engine/rewrite-follow-up.ts';
import { AppError, toAppError, toWireError } from '#core/errors/app-error.ts';
import type { AnswerId } from '#core/ids.ts';
import type { SearchRequest, SearchResult } from '#core/search/search-types.ts';
import type { Conversations } from '../conversations/conversations.ts';
import type { TurnRecord } from '../store/conversation-record.ts';

/** Passages that an answer is made from; the page shows all of them under "why these passages". */
const passages = 12;
const maxQuestionCharacters = 4000;

/** Makes answers of search results, in the order of `AnswerEvent`. `rewritten` is the question as it was searched, where that differs. */
export type AnswerComposer = (request: {
  question: string;
  result: SearchResult;
  rewritten?: string;
  secondLook?: SentenceMeasure;
  signal: AbortSignal;
}) => AsyncIterable<AnswerEvent>;

/** A conversation's earlier turn as a model is told of it. */
export type EarlierTurn = { question: string; answer: string };

/**
 * What a model adds to an answer whose quotes stand: its events up to `done`, or why it writes nothing, or `undefined`
 * where no model is chosen. `wanted` is the one asked for, absent the chosen one. It may have to wait to know.
 */
export type AnswerWriter = (order: {
  wanted: AskRequest['generator'];
  answer: Answer;
  question: string;
  readEarlier: () => Promise<EarlierTurn[]>;
  signal: AbortSignal;
}) => Promise<AsyncIterable<AnswerEvent> | NotWritten | undefined>;

export type OpenAnswersDeps = {
  conversations: Conversations;
  /** Search with the library's titles and the number of sources still being read filled in. */
  search: (request: SearchRequest, signal: AbortSignal) => Promise<SearchResult>;
  scopeOf: (request: AskRequest) => Promise<SearchRequest['corpora']>;
  compose: AnswerComposer;
  write?: AnswerWriter;
  /** Waits for a better search than this one that found nothing; false where there is none to wait for. */
  awaitBetterSearch?: (question: string, result: SearchResult, signal: AbortSignal) => Promise<boolean>;
  /** Somebody waits for quotes from here until the function it gives is called. */
  enterUrgent?: () => () => void;
};

type OpenAnswer = {
  turn: TurnRecord;
  abort: AbortController;
  events: AsyncGenerator<AnswerEvent, void, undefined>;
  /** What has been sent: it is kept when the answer is stopped. */
  result?: SearchResult;
  verdict: Answer['verdict'];
  judgement?: Judgement;
  sentences: AnswerSentence[];
  citations: Citation[];
  /** The quotes, once they stand whole, and what a model has written to them since. */
  quoted?: Answer;
  written?: Pick<WrittenAnswer, 'generator' | 'title' | 'sentences'>;
};

/**
 * Answers being made. Nothing happens between two pulls, so that a reader who goes away costs nothing and stopping is
 * only to pull no more.
 */
export class OpenAnswers {
  readonly #deps: OpenAnswersDeps;
  readonly #open = new Map<AnswerId, OpenAnswer>();

  constructor(deps: OpenAnswersDeps) {
    this.#deps = deps;
  }

  /** Errors: `invalid-input` (an empty or endless question), `not-found` (no such conversation or collection). */
  async open(request: AskRequest): Promise<TurnRecord> {
    const question = request.question.trim();
    if (question === '') throw new AppError('invalid-input', 'a question needs words');
    if (question.length > maxQuestionCharacters) throw new AppError('invalid-input', 'the question is too long', { detail: { maxQuestionCharacters } });
    const corpora = await this.#deps.scopeOf(request);
    const turn = await this.#deps.conversations.beginTurn({ ...request, question });
    const abort = new AbortController();
    const answer: OpenAnswer = { turn, abort, verdict: 'not-found', sentences: [], citations: [], events: this.#make(turn, request, corpora, abort.signal) };
    this.#open.set(turn.id, answer);
    return turn;
  }

  /** The next event, or null when there are no more or the answer was stopped. Errors end the answer as `failed`. */
  async next(id: AnswerId): Promise<AnswerEvent | null> {
    const answer = this.#open.get(id);
    if (answer === undefined) return null;
    try {
      const step = await untilAborted(answer.events.next(), answer.abort.signal);
      if (step === undefined || !this.#open.has(id)) return null;
      if (step.done === true) {
        this.#open.delete(id);
        return null;
      }
      await this.#keep(answer, step.value);
      return step.value;
    } catch (thrown) {
      return await this.#fail(answer, toAppError(thrown));
    }
  }

  async stop(id: AnswerId): Promise<void> {
    const answer = this.#open.get(id);
    if (answer === undefined) return;
    this.#open.delete(id);
    answer.abort.abort();
    // What it holds, the model and the gate, is let go as soon as it notices.
    void answer.events.return().catch(() => undefined);
    await this.#deps.conversations.endTurn({ ...answer.turn, state: 'stopped', ...partOf(answer) });
  }

  async *#make(turn: TurnRecord, request: AskRequest, corpora: SearchRequest['corpora'], signal: AbortSignal): AsyncGenerator<AnswerEvent, void, undefined> {
    const rewritten = rewriteFollowUp(turn.question, await this.#deps.conversations.readEarlier(turn));
    const question = rewritten ?? turn.question;
    if (rewritten !== undefined) turn.searched = rewritten;
    const filters = request.filters === undefined ? {} : { filters: request.filters };
    const { search, compose, awaitBetterSearch, enterUrgent } = this.#deps;
    const quote = async (): Promise<AsyncIterable<AnswerEvent>> => {
      const result = await search({ question, corpora, k: passages, ...filters }, signal);
      return compose({ question: turn.question, result, signal, ...(rewritten !== undefined && { rewritten }) });
    };
    let leave = enterUrgent?.();
    const another = async (result: SearchResult) => {
      // The model waited for is itself started only when nothing urgent is under way.
      leave?.();
      const isBetter = await awaitBetterSearch?.(question, result, signal);
      leave = enterUrgent?.();
      return isBetter === true ? quote() : undefined;
    };
    try {
      for await (const event of orAnother(await quote(), another)) {
        if (event.kind !== 'done') yield event;
        else {
          leave?.();
          yield* this.#write(event.answer, turn, request, signal);
        }
      }
    } finally {
      leave?.();
    }
  }

  async *#write(answer: Answer, turn: TurnRecord, { generator: wanted }: AskRequest, signal: AbortSignal): AsyncGenerator<AnswerEvent, void, undefined> {
    const { conversations, write } = this.#deps;
    const question = turn.searched ?? turn.question;
    const writing = await write?.({ wanted, answer, question, readEarlier: () => conversations.readEarlierTurns(turn), signal });
    if (writing === undefined || typeof writing === 'string') {
      yield { kind: 'done', answer: writing === undefined ? answer : { ...answer, notWritten: writing } };
      return;
    }
    // What stands is kept before a model begins: should the page end meanwhile, the quotes are there.
    const open = this.#open.get(turn.id);
    if (open !== undefined) open.quoted = answer;
    await conversations.endTurn({ ...turn, answer });
    yield* writing;
  }

  async #keep(answer: OpenAnswer, event: AnswerEvent): Promise<void> {
    if (event.kind === 'search') {
      answer.result = event.result;
      answer.verdict = event.verdict;
      if (event.judgement) answer.judgement = event.judgement;
    } else if (event.kind === 'sentence') {
      answer.sentences.push(event.sentence);
      addNew(answer.citations, event.citations);
    } else if (event.kind === 'writing') {
      answer.written = { generator: event.generator, title: event.title, sentences: [] };
    } else if (event.kind === 'written') {
      if (event.sentence !== undefined) answer.written?.sentences.push(event.sentence);
      addNew(answer.citations, event.citations);
    } else {
      const state = event.answer.verdict === 'not-found' ? 'not-found' : 'done';
      await this.#deps.conversations.endTurn({ ...answer.turn, state, answer: event.answer });
    }
  }

  async #fail(answer: OpenAnswer, error: AppError): Promise<null> {
    const wasOpen = this.#open.delete(answer.turn.id);
    if (!wasOpen || error.code === 'aborted') return null;
    await this.#deps.conversations.endTurn({ ...answer.turn, state: 'failed', error: toWireError(error), ...partOf(answer) });
    throw error;
  }
}

/** The events of an answer; one that begins by saying that nothing was found is given up for another, where there is another. */
async function* orAnother(events: AsyncIterable<AnswerEvent>, another: (result: SearchResult) => Promise<AsyncIterable<AnswerEvent> | undefined>): AsyncGenerator<AnswerEvent, void, undefined> {
  for await (const event of events) {
    const better = event.kind === 'search' && event.verdict === 'not-found' ? await another(event.result) : undefined;
    if (better !== undefined) return yield* better;
    yield event;
  }
}

/** A result, or `undefined` as soon as the signal is aborted: who stops an answer does not wait for a model to notice. */
function untilAborted<Result>(result: Promise<Result>, signal: AbortSignal): Promise<Result | undefined> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => resolve(undefined);
    signal.addEventListener('abort', onAbort, { once: true });
    result.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

function addNew(citations: Citation[], more: readonly Citation[]): void {
  citations.push(...more.filter((citation) => !citations.some((known) => known.number === citation.number)));
}

/** The answer as far as it was sent, where its search had ended. */
function partOf({ result, verdict, judgement, sentences, citations, quoted, written }: OpenAnswer): { answer?: Answer } {
  if (quoted !== undefined) {
    const stopped: WrittenAnswer | undefined = written && { ...written, state: 'stopped', repaired: 0, tokens: 0, tokensPerSecond: 0, firstTokenMs: 0, device: '' };
    return { answer: { ...quoted, citations, ...(stopped && { written: stopped }) } };
  }
  if (result === undefined) return {};
  return { answer: { verdict, ...(judgement && { judgement }), generator: 'extractive', sentences, citations, closest: [], search: result } };
}
