import type { Embedder } from '../embed/embedder.ts';
import type { SearchResult } from '../search/search-types.ts';
import type { Answer, AnswerEvent } from './answer-types.ts';
import { extractAnswer } from './extract-answer.ts';
import type { SentenceMeasure } from './measure-sentences.ts';

export type ComposeRequest = {
  question: string;
  result: SearchResult;
  embedder: Embedder;
  /** The question as it was searched, where it differs from what was asked. */
  rewritten?: string;
  signal?: AbortSignal;
  /** A slower and better comparison of sentences, made where the usual one finds no clear answer (`createSecondLook`). */
  secondLook?: SentenceMeasure | undefined;
  now?: () => number;
};

/**
 * An extractive answer as a stream: `search` once, a `sentence` for each sentence with its citations, then `done` with the
 * whole, to whose timings the `answer` stage is added. Stops between events when the consumer stops. Errors: `aborted`
 * and those of the embedder.
 */
export async function* composeAnswer(request: ComposeRequest): AsyncGenerator<AnswerEvent, void, undefined> {
  const { question, result, embedder, rewritten, signal, secondLook, now = () => performance.now() } = request;
  const startedAt = now();
  const { verdict, judgement, sentences, citations, closest } = await extractAnswer(rewritten ?? question, result, embedder, { signal, secondLook });
  const search = { ...result, timings: [...result.timings, { stage: 'answer' as const, ms: now() - startedAt }] };
  const judged = judgement === undefined ? { verdict } : { verdict, judgement };
  yield { kind: 'search', result: search, ...judged, ...(rewritten !== undefined && { rewritten }) };
  for (const sentence of sentences) {
    yield { kind: 'sentence', sentence, citations: citations.filter(({ number }) => sentence.citations.includes(number)) };
  }
  const answer: Answer = { ...judged, generator: 'extractive', sentences, citations, closest, search };
  yield { kind: 'done', answer };
}
