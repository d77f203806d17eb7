import type { Answer, AnswerEvent, AnswerSentence, Citation, WrittenAnswer } from '#core/answer/answer-types.ts';
import { checkWrittenText } from '#core/cite/check-written-text.ts';
import type { Embedder } from '#core/embed/embedder.ts';
import { toAppError, toWireError } from '#core/errors/app-error.ts';
import type { Generator, WriteEnd, WriteRequest } from '#core/generate/generator.ts';
import type { RankedPassage } from '#core/search/search-types.ts';

/** A generator in service, with what is told of it. */
export type Writer = { generator: Generator; title: string; device: string; maxTokens: number };

/** What a model is to be asked to write about an answer that stands in quotes. */
export type WriteOrder = {
  writer: Writer;
  answer: Answer;
  question: string;
  language: string;
  earlier: WriteRequest['earlier'];
  /** Tells words of like meaning apart from others, where the check of a sentence looks for them. */
  embedder?: Embedder;
  signal: AbortSignal;
};

/** Passages that a model is offered; it may use fewer. */
const passagesOffered = 5;

/**
 * What a model writes beside quotes that stand already, as events: `writing`, then `written` for every sentence as it is
 * checked and for every change of what is begun, then `done` with the quotes' answer and the written one. A model that
 * fails leaves the quotes as they are, and `done` says why. Ends without `done` when it is aborted.
 */
export async function* writeAnswer(order: WriteOrder): AsyncGenerator<AnswerEvent, void, undefined> {
  const { writer, answer, question, embedder, signal } = order;
  yield { kind: 'writing', generator: writer.generator.id, title: writer.title };
  const passages = answer.search.passages.slice(0, passagesOffered);
  const text = measureText(writer.generator.write(toRequest(order, passages), signal));
  const sentences: AnswerSentence[] = [];
  const citations = [...answer.citations];
  let failure: Pick<WrittenAnswer, 'state' | 'error'> = { state: 'done' };
  try {
    for await (const step of checkWrittenText(text.deltas, { passages, firstNumber: nextNumber(citations), known: citations, question, ...(embedder && { embedder }) })) {
      if (step.sentence !== undefined) sentences.push(step.sentence);
      addCitations(citations, step.citations);
      yield { kind: 'written', ...step };
    }
  } catch (thrown) {
    const error = toAppError(thrown);
    if (error.code === 'aborted') throw error;
    failure = { state: 'failed', error: toWireError(error) };
  }
  if (signal.aborted) return;
  // A small model may have nothing to say but the question again, which its generator holds back.
  if (sentences.length === 0 && failure.state === 'done') return yield { kind: 'done', answer: { ...answer, notWritten: 'nothing-said' } };
  const repaired = sentences.filter((sentence) => sentence.isRepaired === true).length;
  const written: WrittenAnswer = { generator: writer.generator.id, title: writer.title, device: writer.device, ...failure, sentences, repaired, ...text.figures() };
  yield { kind: 'done', answer: { ...answer, citations, written } };
}

function toRequest({ question, language, earlier, writer }: WriteOrder, passages: readonly RankedPassage[]): WriteRequest {
  return {
    question,
    language,
    earlier,
    maxTokens: writer.maxTokens,
    passages: passages.map(({ passage, document }, i) => ({ number: i + 1, title: document.title, text: passage.text })),
  };
}

function nextNumber(citations: readonly Citation[]): number {
  return Math.max(0, ...citations.map(({ number }) => number)) + 1;
}

function addCitations(all: Citation[], more: readonly Citation[]): void {
  for (const citation of more) if (!all.some(({ number }) => number === citation.number)) all.push(citation);
}

type Figures = Pick<WrittenAnswer, 'tokens' | 'tokensPerSecond' | 'firstTokenMs'>;

/** A generator's text as it is; `figures` are those it ends with, zeros until then. */
function measureText(text: AsyncGenerator<string, WriteEnd, undefined>): { deltas: AsyncGenerator<string, void, undefined>; figures: () => Figures } {
  let figures: Figures = { tokens: 0, tokensPerSecond: 0, firstTokenMs: 0 };
  async function* deltas(): AsyncGenerator<string, void, undefined> {
    const { tokens, tokensPerSecond, firstTokenMs } = yield* text;
    figures = { tokens, tokensPerSecond, firstTokenMs };
  }
  return { deltas: deltas(), figures: () => figures };
}
