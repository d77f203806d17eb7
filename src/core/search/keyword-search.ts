import type { QueryTerm } from '../language/analyze-query.ts';
import type { KwPart } from '../segment/kw-part.ts';

/** A `kw` part whose rows are numbered from `firstRow` in the searched scope. */
export type KeywordSegment = { part: KwPart; firstRow: number };

/**
 * The rows one search may see. `allow` has bit r (of byte r >> 3, least significant first) set for each; absent means
 * all. Statistics count these rows alone, so that deleted and filtered rows leave no trace in a score.
 */
export type KeywordScope = {
  segments: readonly KeywordSegment[];
  rows: number;
  allow?: Uint8Array;
  allowedRows: number;
  /** Sum of the lengths of the allowed rows. */
  allowedLength: number;
};

/** A question's term with its document frequency and idf over the allowed rows. */
export type ScoredTerm = { query: QueryTerm; documentFrequency: number; idf: number };

/** `scores[row]` is the BM25 of a row, 0 where it holds no term. The array is reused by the next search. */
export type KeywordScores = { scores: Float64Array; bound: number; terms: ScoredTerm[] };

const k1 = 1.2;
const b = 0.75;

/**
 * BM25 of Robertson and Zaragoza ("The Probabilistic Relevance Framework", 2009) with idf = ln(1 + (N - df + 0.5) / (df +
 * 0.5)), repeated question terms counted each time. `bound` is the score no passage can exceed; terms in no passage are
 * part of it. Scores depend on the allowed rows alone, to the last bit, not on how they are spread over segments.
 */
export class KeywordSearch {
  #scores = new Float64Array(0);
  #postings = new PostingBuffer();

  score(scope: KeywordScope, terms: readonly QueryTerm[]): KeywordScores {
    if (this.#scores.length < scope.rows) this.#scores = new Float64Array(scope.rows);
    const scores = this.#scores.subarray(0, scope.rows).fill(0);
    const averageLength = scope.allowedRows === 0 ? 1 : scope.allowedLength / scope.allowedRows;
    let bound = 0;
    const scored = terms.map((query): ScoredTerm => {
      const postings = this.#postings.read(scope, query);
      const documentFrequency = postings.count;
      const idf = Math.log(1 + (scope.allowedRows - documentFrequency + 0.5) / (documentFrequency + 0.5));
      const weight = query.count * idf * (k1 + 1);
      bound += weight;
      addScores(scores, scope.segments, postings, weight, averageLength);
      return { query, documentFrequency, idf };
    });
    return { scores, bound, terms: scored };
  }

  /** The allowed rows that hold every one of `terms`, rising. */
  rowsWithAll(scope: KeywordScope, terms: readonly QueryTerm[]): number[] {
    let rows: number[] | undefined;
    for (const term of terms) {
      const { rows: found, count } = this.#postings.read(scope, term);
      const holds = new Set(found.subarray(0, count));
      rows = rows === undefined ? [...holds] : rows.filter((row) => holds.has(row));
      if (rows.length === 0) return [];
    }
    return rows ?? [];
  }
}

/** Whether a row of a segment (numbered within it) holds a term of the question. */
export function holdsTerm(part: KwPart, row: number, query: QueryTerm): boolean {
  const rows = new Uint32Array(part.rows);
  const frequencies = new Uint32Array(part.rows);
  return termNumbers(part, query).some((term) => {
    const count = part.readPostings(term, rows, frequencies);
    return rows.subarray(0, count).includes(row);
  });
}

function addScores(
  scores: Float64Array, segments: readonly KeywordSegment[], postings: PostingBuffer, weight: number, averageLength: number,
): void {
  const { rows, frequencies, segmentEnds } = postings;
  let at = 0;
  segments.forEach(({ part: { lengths }, firstRow }, index) => {
    for (const end = segmentEnds[index]!; at < end; at++) {
      const row = rows[at]!;
      const frequency = frequencies[at]!;
      const norm = k1 * (1 - b + (b * lengths[row - firstRow]!) / averageLength);
      scores[row]! += (weight * frequency) / (frequency + norm);
    }
  });
}

/** The numbers a part gives to the terms a question's word stands for, each once. */
function termNumbers(part: KwPart, query: QueryTerm): number[] {
  const numbers = new Set<number>();
  for (const term of query.terms) numbers.add(part.findTerm(term));
  numbers.delete(-1);
  if (query.prefix !== undefined) {
    const [from, to] = part.prefixRange(query.prefix, part.terms);
    for (let term = from; term < to; term++) numbers.add(term);
  }
  return [...numbers];
}

/** The allowed postings of one question term over all segments, decoded into arrays that are kept from search to search. */
class PostingBuffer {
  rows = new Uint32Array(0);
  frequencies = new Uint32Array(0);
  count = 0;
  /** Where the postings of each segment end. */
  segmentEnds: number[] = [];
  #summed = new Uint32Array(0);

  read(scope: KeywordScope, query: QueryTerm): this {
    if (this.rows.length < scope.rows) {
      this.rows = new Uint32Array(scope.rows);
      this.frequencies = new Uint32Array(scope.rows);
    }
    this.count = 0;
    this.segmentEnds = scope.segments.map(({ part, firstRow }) => {
      const numbers = termNumbers(part, query);
      const decoded = numbers.length > 1 ? this.#readUnion(part, numbers) : numbers.length === 1 ? this.#readOne(part, numbers[0]!) : 0;
      this.#keepAllowed(decoded, firstRow, scope.allow);
      return this.count;
    });
    return this;
  }

  #readOne(part: KwPart, term: number): number {
    return part.readPostings(term, this.rows.subarray(this.count), this.frequencies.subarray(this.count));
  }

  /** Several terms stand for one word: a row's frequency is their sum. */
  #readUnion(part: KwPart, terms: readonly number[]): number {
    if (this.#summed.length < part.rows) this.#summed = new Uint32Array(part.rows);
    const summed = this.#summed.fill(0, 0, part.rows);
    for (const term of terms) {
      const count = this.#readOne(part, term);
      for (let at = this.count; at < this.count + count; at++) summed[this.rows[at]!]! += this.frequencies[at]!;
    }
    let count = 0;
    for (let row = 0; row < part.rows; row++) {
      if (summed[row] === 0) continue;
      this.rows[this.count + count] = row;
      this.frequencies[this.count + count] = summed[row]!;
      count++;
    }
    return count;
  }

  /** Numbers the rows just decoded in the scope and closes up over those that are not allowed. */
  #keepAllowed(decoded: number, firstRow: number, allow: Uint8Array | undefined): void {
    const { rows, frequencies } = this;
    const end = this.count + decoded;
    let kept = this.count;
    for (let at = this.count; at < end; at++) {
      const row = rows[at]! + firstRow;
      if (allow !== undefined && (allow[row >> 3]! & (1 << (row & 7))) === 0) continue;
      rows[kept] = row;
      frequencies[kept] = frequencies[at]!;
      kept++;
    }
    this.count = kept;
  }
}
