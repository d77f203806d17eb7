import { AppError } from '../errors/app-error.ts';
import { compareBytes } from './compare-bytes.ts';
import { KwWriter } from './kw-writer.ts';

const encoder = new TextEncoder();

/**
 * Builds the `kw` part of a segment from each row's terms and their frequencies. Equal input gives equal bytes, whatever
 * the order of the terms within a row. Errors: `invalid-input` (an empty term, a lone surrogate, a frequency that is not
 * a whole number from 1).
 */
export function encodeKwPart(rows: ReadonlyArray<ReadonlyMap<string, number>>): Uint8Array<ArrayBuffer> {
  const { terms, frequencyOfDocuments, postingTerms, postingFrequencies, rowEnds, lengths } = collectPostings(rows);
  const starts = new Uint32Array(terms.length + 1);
  for (let term = 0; term < terms.length; term++) starts[term + 1] = starts[term]! + frequencyOfDocuments[term]!;
  const rowsByTerm = new Uint32Array(postingTerms.length);
  const frequenciesByTerm = new Uint32Array(postingTerms.length);
  const next = starts.slice();
  let posting = 0;
  for (let row = 0; row < rows.length; row++) {
    for (; posting < rowEnds[row]!; posting++) {
      const term = postingTerms[posting]!;
      const place = next[term]!;
      next[term] = place + 1;
      rowsByTerm[place] = row;
      frequenciesByTerm[place] = postingFrequencies[posting]!;
    }
  }
  const writer = new KwWriter();
  for (const { bytes, term } of sortTerms(terms)) {
    const from = starts[term]!;
    const to = starts[term + 1]!;
    writer.addTerm(bytes, rowsByTerm.subarray(from, to), frequenciesByTerm.subarray(from, to), to - from);
  }
  return writer.finish(lengths);
}

type Postings = {
  /** Distinct terms in order of appearance. */
  terms: string[];
  frequencyOfDocuments: number[];
  /** For each posting, row after row: number of its term, and its frequency. */
  postingTerms: number[];
  postingFrequencies: number[];
  /** Postings up to and with each row. */
  rowEnds: number[];
  lengths: Uint32Array;
};

function collectPostings(rows: ReadonlyArray<ReadonlyMap<string, number>>): Postings {
  const numbers = new Map<string, number>();
  const found: Postings = {
    terms: [],
    frequencyOfDocuments: [],
    postingTerms: [],
    postingFrequencies: [],
    rowEnds: [],
    lengths: new Uint32Array(rows.length),
  };
  for (const [row, frequencies] of rows.entries()) {
    let length = 0;
    for (const [term, frequency] of frequencies) {
      if (!Number.isInteger(frequency) || frequency < 1) throw new AppError('invalid-input', `frequency ${frequency} of a term`);
      let number = numbers.get(term);
      if (number === undefined) {
        number = found.terms.push(checkTerm(term)) - 1;
        numbers.set(term, number);
        found.frequencyOfDocuments.push(0);
      }
      found.frequencyOfDocuments[number]!++;
      found.postingTerms.push(number);
      found.postingFrequencies.push(frequency);
      length += frequency;
    }
    if (length > 0xffff_ffff) throw new AppError('invalid-input', `row ${row} has too many terms`);
    found.lengths[row] = length;
    found.rowEnds.push(found.postingTerms.length);
  }
  return found;
}

function checkTerm(term: string): string {
  if (term === '' || /\p{Cs}/u.test(term)) throw new AppError('invalid-input', 'a term is empty or has a lone surrogate');
  return term;
}

function sortTerms(terms: readonly string[]): { bytes: Uint8Array; term: number }[] {
  const sorted = terms.map((text, term) => ({ text, bytes: encoder.encode(text), term }));
  // UTF-16 order is UTF-8 order unless a surrogate meets U+E000..U+FFFF, and comparing strings is far quicker.
  const simple = !terms.some((text) => /[\ud800-\uffff]/.test(text));
  return sorted.sort(simple ? (a, b) => (a.text < b.text ? -1 : 1) : (a, b) => compareBytes(a.bytes, b.bytes));
}
