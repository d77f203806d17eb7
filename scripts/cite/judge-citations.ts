import type { Verification } from '../../src/core/answer/answer-types.ts';
import { checkSentence, type CheckedSentence, type CheckOptions, type CitablePassage } from '../../src/core/cite/check-sentence.ts';
import type { CitationRow, Split } from './citation-row.ts';
import type { CitationSet } from './read-citation-set.ts';

export type JudgedRow = { row: CitationRow; checked: CheckedSentence };

/** Of one half; counts and shares. */
export type CitationSummary = {
  split: Split;
  sentences: number;
  precision: number;
  precisionWithoutPartly: number;
  recall: number;
  unsupportedCalledVerified: number;
  quotesCalledUnsupported: number;
  verifiedFound: number;
  partlyCalledVerified: number;
  repaired: string;
};

/** Checks every sentence of the set against its passages, with the mark it came with. */
export function judgeCitations({ rows, passages }: CitationSet, options: CheckOptions): JudgedRow[] {
  const given = new Map<string, CitablePassage[]>();
  return rows.map((row) => {
    const key = row.passages.join(' ');
    const own = given.get(key) ?? row.passages.map((id, i) => ({ number: i + 1, text: passages.get(id)?.text ?? '' }));
    given.set(key, own);
    return { row, checked: checkSentence(row.sentence, own, { ...options, ...(row.cited !== undefined && { cited: [row.cited] }) }) };
  });
}

/** Precision and recall of `unsupported`, and what else was promised, on one half. */
export function summarise(judged: readonly JudgedRow[], split: Split): CitationSummary {
  const own = judged.filter(({ row }) => row.split === split);
  const count = (label: Verification, verification: Verification) => own.filter(({ row, checked }) => row.label === label && checked.verification === verification).length;
  const [right, missed] = [count('unsupported', 'unsupported'), count('unsupported', 'partly') + count('unsupported', 'verified')];
  const [ofVerified, ofPartly] = [count('verified', 'unsupported'), count('partly', 'unsupported')];
  const quotes = own.filter(({ row }) => row.kind === 'quote' || row.kind === 'part-of-quote');
  const wrong = own.filter(({ row }) => row.kind === 'wrong-citation');
  const repaired = wrong.filter(({ row, checked }) => checked.repairedFrom !== undefined && checked.supports[0]?.number === row.gold);
  return {
    split,
    sentences: own.length,
    precision: right / (right + ofVerified + ofPartly),
    precisionWithoutPartly: right / (right + ofVerified),
    recall: right / (right + missed),
    unsupportedCalledVerified: count('unsupported', 'verified'),
    quotesCalledUnsupported: quotes.filter(({ checked }) => checked.verification === 'unsupported').length,
    verifiedFound: count('verified', 'verified') / own.filter(({ row }) => row.label === 'verified').length,
    partlyCalledVerified: count('partly', 'verified'),
    repaired: `${repaired.length} of ${wrong.length}`,
  };
}

/** What each kind of sentence was judged as, on one half. */
export function countByKind(judged: readonly JudgedRow[], split: Split): Record<string, string | number>[] {
  const kinds = [...new Set(judged.map(({ row }) => row.kind))];
  return kinds.map((kind) => {
    const own = judged.filter(({ row }) => row.split === split && row.kind === kind);
    const count = (verification: Verification) => own.filter(({ checked }) => checked.verification === verification).length;
    return { split, kind, label: own[0]?.row.label ?? '', sentences: own.length, verified: count('verified'), partly: count('partly'), unsupported: count('unsupported') };
  });
}

