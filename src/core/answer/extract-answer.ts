import type { Embedder } from '../embed/embedder.ts';
import type { Evidence, SearchResult } from '../search/search-types.ts';
import type { AnswerSentence, AnswerVerdict, Citation, Judgement } from './answer-types.ts';
import { measureTerms } from './asked-terms.ts';
import { createCitations, type CitedSpan } from './create-citations.ts';
import { extendToList } from './extend-to-list.ts';
import { findClosest } from './find-closest.ts';
import { findExtremeRows, type ExtremeRows } from './find-extreme-rows.ts';
import type { SentenceMeasure } from './measure-sentences.ts';
import { rankSentences, rankSentencesBy, type RankedSentence } from './rank-sentences.ts';
import { rowOf } from './row-of.ts';
import { showQuote } from './show-quote.ts';
import { isRecord } from './split-sentences.ts';
import { verdictByCloseness, verdictOf, type Verdict } from './verdict-of.ts';
import { verifySentence } from './verify-sentence.ts';

/** `secondLook`: a slower and better comparison of sentences, made only where the first finds no clear answer. */
export type ExtractOptions = { signal?: AbortSignal | undefined; secondLook?: SentenceMeasure | undefined };

export type ExtractedAnswer = {
  verdict: AnswerVerdict;
  /** Absent where no sentence was found. */
  judgement?: Judgement;
  /** None where the verdict is `not-found`. */
  sentences: AnswerSentence[];
  citations: Citation[];
  closest: Citation[];
};

type Judged = { verdict: AnswerVerdict; judgement?: Judgement };

/** Most sentences of an answer, and the shares of the best one's score and overlap that the others need. */
const maxSentences = 3;
const minShareOfScore = 0.6;
const minShareOfOverlap = 0.25;
/** Others speak of what is asked, not only of whom or what it is asked about: this share of what the best one says of it. */
const minShareOfContent = 0.3;
/** The rest is noise when it scores so much less than the best one; scores begin far above 0, so that a share alone tells little. */
const largestGap = 0.6;
/** A further row of a table or record is told apart from its neighbours only by matching as well as the best sentence. */
const minShareOfRow = 0.9;
/** Share of the best one's score, and of the question's idf added to it, that a complement needs. */
const minShareOfComplement = 0.4;
const minGain = 0.15;
/** The best sentences that are asked whether there is an answer at all. */
const sentencesJudged = 10;
/** Closeness of a word to the one that a question for yes or no turns on. */
const leastFocus = 0.5;
/** Two sentences that share this much of their words say the same. */
const duplicateShare = 0.8;

/**
 * The answer to a question in the documents' own words: the best sentence of the passages found, then up to two more
 * in reading order, each verbatim and with its citation, none said twice. Offsets of citations are into the document's text
 * and `quote` is that text exactly. Errors: those of the embedder.
 */
export async function extractAnswer(
  question: string, result: SearchResult, embedder: Embedder, { signal, secondLook }: ExtractOptions = {},
): Promise<ExtractedAnswer> {
  const atFirst = await rankSentences(question, result, embedder, signal);
  const extreme = findExtremeRows(question, atFirst);
  const judgedFirst = withFocus(withExtreme(judge(question, result, atFirst, embedder), extreme), atFirst);
  const again = secondLook !== undefined && extreme === undefined && isOpen(judgedFirst, atFirst) ? await rankSentencesBy(secondLook, question, result, embedder, signal) : undefined;
  const ranked = again ?? atFirst;
  const { verdict, ...judged } = again === undefined ? judgedFirst : withCloseness(judgedFirst, again, result.coverage.passages);
  const closest = verdict === 'answered' ? [] : findClosest(result, ranked);
  if (verdict === 'not-found') return { verdict, ...judged, sentences: [], citations: [], closest };
  const picked = extreme === undefined ? inReadingOrder(pickSentences(question, ranked)) : extreme.rows.slice(0, maxSentences);
  const citations = createCitations(picked.map(toSpan));
  const sentences = picked.map((sentence, i) => toAnswerSentence(sentence, citations[i] as Citation));
  return { verdict, ...judged, sentences, citations: citations.filter((citation, i) => citations.indexOf(citation) === i), closest };
}

/** Whether a closer look at the sentences could change what is said: not where what was found tells of another time, or of the names asked about alone. */
function isOpen({ verdict, judgement }: Judged, ranked: readonly RankedSentence[]): boolean {
  if (verdict === 'answered' || judgement === undefined || judgement.decidedBy === 'other-year') return false;
  // A question without names is compared as it is.
  const asksOfNames = ranked.some(({ cosine, closeness }) => cosine !== closeness);
  return !(judgement.decidedBy === 'names-only' && asksOfNames);
}

/** What a neural model finds close to the question is shown, in whatever words it says it. */
function withCloseness(judged: Judged, ranked: readonly RankedSentence[], passages: number): Judged {
  const leading = ranked.filter(({ isOtherTime, names }) => !isOtherTime && names > 0);
  // Close to the question as a whole, and to what it asks about the names in it.
  const closest = Math.max(0, ...leading.map(({ cosine, closeness }) => Math.min(cosine, closeness)));
  const verdict = verdictByCloseness(closest, passages);
  if (verdict === 'not-found' || judged.judgement === undefined || (verdict === 'weak' && judged.verdict === 'weak')) return judged;
  return { verdict, judgement: { ...judged.judgement, decidedBy: 'close-sentence' } };
}

function judge(question: string, result: SearchResult, ranked: readonly RankedSentence[], embedder: Embedder): Judged {
  const [best] = ranked;
  if (best === undefined) return { verdict: 'not-found' };
  const judged = judgeBySupport(question, result, ranked, embedder);
  // What comes closest tells of another time than the one asked for.
  return best.isOtherTime ? { verdict: 'not-found', judgement: { ...judged.judgement, decidedBy: 'other-year' } } : judged;
}

/** A question for yes or no is not answered by sentences that do not speak of what it turns on. */
function withFocus(judged: Judged, ranked: readonly RankedSentence[]): Judged {
  const { verdict, judgement } = judged;
  if (verdict !== 'answered' || judgement === undefined || ranked.slice(0, sentencesJudged).some(({ focus }) => focus >= leastFocus)) return judged;
  return { verdict: 'weak', judgement: { ...judgement, decidedBy: 'focus-missing' } };
}

/** The highest of a part of a table need not be the highest of all. */
function withExtreme(judged: Judged, extreme: ExtremeRows | undefined): Judged {
  const { verdict, judgement } = judged;
  if (extreme === undefined || extreme.isWhole || verdict !== 'answered' || judgement === undefined) return judged;
  return { verdict: 'weak', judgement: { ...judgement, decidedBy: 'part-of-table' } };
}

function judgeBySupport(question: string, result: SearchResult, ranked: readonly RankedSentence[], embedder: Embedder): Verdict {
  const leading = ranked.slice(0, sentencesJudged).filter(({ isOtherTime }) => !isOtherTime);
  const highest = (of: (sentence: RankedSentence) => number) => Math.max(0, ...leading.map(of));
  const named = highest(({ names }) => names);
  const support = {
    cosine: highest(({ cosine }) => cosine),
    // A sentence about somebody else is not close.
    closeness: highest(({ closeness, names }) => (names === 0 && named > 0 ? 0 : closeness)),
    overlap: highest(({ overlap }) => overlap),
    covered: highest(({ covered }) => covered),
    content: highest(({ content }) => content),
    names: named,
  };
  const language = result.passages[0]?.document.language ?? 'und';
  return verdictOf(withoutMeasures(question, result), support, result.coverage.passages, language === 'und' || (embedder.languages?.includes(language) ?? true));
}

/** The evidence without the `many` of `how many`, which an answer has as a number. */
function withoutMeasures(question: string, { evidence, questionTerms = [], coverage }: SearchResult): Evidence {
  const measures = measureTerms(question);
  const own = questionTerms.filter(({ terms }) => terms.some((term) => measures.has(term)));
  if (own.length === 0 || evidence.value === 0) return evidence;
  const unseenIdf = Math.log(1 + (coverage.passages + 0.5) / 0.5);
  const [seen, unseen] = [own.filter(({ idf }) => idf < unseenIdf - 1e-9), own.filter(({ idf }) => idf >= unseenIdf - 1e-9)].map((terms) => terms.reduce((sum, { idf }) => sum + idf, 0)) as [number, number];
  const rest = { ...evidence, seen: Math.max(evidence.covered, evidence.seen - seen), unseen: Math.max(0, evidence.unseen - unseen) };
  const share = (one: Evidence) => (one.seen + one.unseen === 0 ? 0 : one.covered / (one.seen + 0.5 * one.unseen));
  return { ...rest, value: evidence.value + 0.5 * (share(rest) - share(evidence)) };
}

/** The best sentences, best first. */
function pickSentences(question: string, ranked: readonly RankedSentence[]): RankedSentence[] {
  const [first] = ranked;
  if (first === undefined) return [];
  const best = extendToList(question, first, ranked);
  const picked = [best];
  const complement = findComplement(best, ranked);
  if (complement) picked.push(complement);
  for (const sentence of ranked) {
    if (picked.length === maxSentences || sentence.score < Math.max(best.score * minShareOfScore, best.score - largestGap)) break;
    const share = isRow(sentence) ? minShareOfRow : minShareOfOverlap;
    if (sentence.overlap >= best.overlap * share && sentence.content >= best.content * minShareOfContent && !sentence.isFragment && sentence !== first && !picked.includes(sentence) && !picked.some((other) => isSame(other, sentence))) picked.push(sentence);
  }
  return picked;
}

/**
 * The sentence of the best one's passage that says most of what was asked and the best one leaves out: in a form the
 * name stands in one line and what is asked about it in the next.
 */
function findComplement(best: RankedSentence, ranked: readonly RankedSentence[]): RankedSentence | undefined {
  const gainOf = (sentence: RankedSentence) => {
    let gain = 0;
    for (const [term, share] of sentence.matched) if (!best.matched.has(term)) gain += share;
    return gain;
  };
  const others = ranked.filter((sentence) => sentence.ranked.passage === best.ranked.passage && sentence.score >= best.score * minShareOfComplement);
  const complement = others.toSorted((a, b) => gainOf(b) - gainOf(a) || b.score - a.score)[0];
  return complement && gainOf(complement) >= minGain && !isSame(best, complement) ? complement : undefined;
}

function isRow({ block, text }: RankedSentence): boolean {
  return block.kind === 'table-row' || isRecord(text);
}

function isSame(a: RankedSentence, b: RankedSentence): boolean {
  if (a.ranked.passage === b.ranked.passage && a.start < b.end && b.start < a.end) return true;
  let shared = 0;
  for (const term of a.terms) if (b.terms.has(term)) shared += 1;
  return shared > 0 && shared / (a.terms.size + b.terms.size - shared) >= duplicateShare;
}

/** The best sentence stays first, since it is the answer; the rest follow as they stand in the documents, its own first. */
function inReadingOrder(picked: readonly RankedSentence[]): RankedSentence[] {
  const [best, ...rest] = picked;
  if (best === undefined) return [];
  const place = (sentence: RankedSentence) => (sentence.ranked.document.id === best.ranked.document.id ? -1 : sentence.rank);
  const offset = (sentence: RankedSentence) => sentence.ranked.passage.start + sentence.start;
  return [best, ...rest.sort((a, b) => place(a) - place(b) || offset(a) - offset(b))];
}

function toSpan({ ranked, start, end, block }: RankedSentence): CitedSpan {
  return { ranked, start, end, block };
}

function toAnswerSentence(sentence: RankedSentence, citation: Citation): AnswerSentence {
  const { block, ranked } = sentence;
  const row = rowOf(sentence);
  const whole = block.kind === 'table-row' ? row : block.kind === 'code' ? fromLineStart(sentence) : citation.quote;
  const text = showQuote(citation.quote, ranked.document.type, block, whole);
  const verification = verifySentence(text, { quote: citation.quote, row, ...(block.header !== undefined && { header: block.header }) });
  citation.verification = verification;
  return { text, verification, citations: [citation.number], ...(block.kind === 'code' && { isCode: true }) };
}

/** Code with the indent of its first line. */
function fromLineStart({ ranked: { passage }, start, end }: RankedSentence): string {
  return passage.text.slice(passage.text.lastIndexOf('\n', start - 1) + 1, end);
}
