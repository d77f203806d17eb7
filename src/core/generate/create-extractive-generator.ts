import type { ExtractedAnswer } from '../answer/extract-answer.ts';
import { AppError } from '../errors/app-error.ts';
import type { RankedPassage } from '../search/search-types.ts';
import { constrainCitations } from './constrain-citations.ts';
import type { Generator, WriteRequest } from './generator.ts';

/** A sentence of a passage, verbatim, and the passage's number in the request. */
export type Quote = { text: string; number: number };

/**
 * The `Generator` that needs no model and is always there: the best sentences of the passages, quoted, each with its mark.
 * `extract` finds them; quotes of passages that were not given are left out.
 */
export function createExtractiveGenerator(extract: (request: WriteRequest, signal: AbortSignal) => Promise<readonly Quote[]>): Generator {
  return {
    id: 'extractive',
    async *write(request, signal) {
      if (request.passages.length === 0) throw new AppError('invalid-input', 'no passages to write from');
      const startedMs = performance.now();
      const given = new Set(request.passages.map(({ number }) => number));
      const quotes = signal.aborted ? [] : (await extract(request, signal)).filter(({ number }) => given.has(number));
      const passagesUsed = new Set<number>();
      let [words, firstTokenMs] = [0, 0];
      for (const { text, number } of quotes) {
        const length = text.split(/\s+/u).length;
        if (signal.aborted) break;
        if (words + length > request.maxTokens && words > 0) return end('length');
        if (words === 0) firstTokenMs = performance.now() - startedMs;
        yield `${words === 0 ? '' : '\n'}${withoutMarks(text)} [${number}]`;
        words += length;
        passagesUsed.add(number);
      }
      return end(signal.aborted ? 'stopped' : 'end');

      function end(reason: 'end' | 'length' | 'stopped') {
        return { reason, tokens: words, firstTokenMs, tokensPerSecond: 0, passagesUsed: [...passagesUsed] };
      }
    },
  };
}

/** What a document marks with numbers in brackets are its own notes. */
function withoutMarks(text: string): string {
  const filter = constrainCitations(new Set());
  return filter.push(text) + filter.end();
}

/** The sentences of an extracted answer as quotes of the passages it was made from, numbered from 1 in their order. */
export function quotesOf({ sentences, citations }: Pick<ExtractedAnswer, 'sentences' | 'citations'>, passages: readonly RankedPassage[]): Quote[] {
  return sentences.flatMap((sentence) => {
    const cited = citations.find(({ number }) => sentence.citations.includes(number));
    const place = passages.findIndex(({ passage }) => passage.document === cited?.document && passage.start <= cited.start && cited.end <= passage.start + passage.text.length);
    return place < 0 ? [] : [{ text: sentence.text, number: place + 1 }];
  });
}
