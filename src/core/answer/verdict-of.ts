import type { Evidence } from '../search/search-types.ts';
import type { AnswerVerdict, Judgement } from './answer-types.ts';

/** What the sentences found say on top of the search; each is the highest of the leading sentences. */
export type SentenceSupport = {
  /** Cosine to the question, and to the question without its names. */
  cosine: number;
  closeness: number;
  /** Share of the question in one sentence, and with what stands around it. */
  overlap: number;
  covered: number;
  /** The same of what is asked about the names in the question and the topic of the document. */
  content: number;
  /** Share of the question's names that stand in a document. */
  names: number;
};

export type Verdict = { verdict: AnswerVerdict; judgement: Judgement };

/** Below `weak` the documents do not answer; from `answered` on they do; between the two an answer is shown as weak. */
const thresholds = { byMeaning: { weak: 0.397, answered: 0.47 }, byWords: { weak: 0.3, answered: 0.42 } };

/**
 * The thresholds hold for collections of this many passages and more. The fewer there are, the less likely is it that one
 * of them has the question's words by chance: thresholds fall with the logarithm of the number, down to `few`.
 */
const collection = { many: 240, few: 4, slope: 0.04 };

/** Cosines by a neural model. */
const closeSentence = { weak: 0.53, answered: 0.62 };

/** A sentence with this share of the question's idf is no weak evidence. */
const wholeQuestion = 0.9;

/** What a question loses whose names stand in no document found. */
const namesMissing = 0.04;

/** Below all of these, nothing was found but the names of the question and what the document is about anyway. */
const namesOnly = { content: 0.1, covered: 0.45, closeness: 0.45 };

/**
 * What a search and its sentences allow to be said. Where the embedder knows the language: 0.7 evidence + 0.3 cosine of the
 * closest sentence, less where names are missing, and something beyond names must be found (`decisions.md` has the figures). Where it does not, its
 * cosines are high for everything, so words alone decide: 0.6 times the share of the question's idf in the best passage +
 * 0.4 times that in one sentence. `passages`: how many were searched.
 */
export function verdictOf(evidence: Evidence, support: SentenceSupport, passages: number, knowsLanguage: boolean): Verdict {
  const asked = evidence.seen + 0.5 * evidence.unseen;
  // Without a word that counts there is only the meaning to go by.
  const byMeaning = knowsLanguage || asked === 0;
  const share = asked === 0 ? 0 : evidence.covered / asked;
  const value = byMeaning ? 0.7 * evidence.value + 0.3 * support.cosine - namesMissing * (1 - support.names) : 0.6 * share + 0.4 * support.overlap;
  const { weak, answered } = byMeaning ? thresholds.byMeaning : thresholds.byWords;
  const ease = byMeaning && asked > 0 ? easeOf(passages) : 0;
  const judgement: Judgement = { value, weakFrom: weak - ease, answeredFrom: answered - ease, rule: byMeaning ? 'meaning' : 'words' };
  if (byMeaning && asked > 0 && isNamesOnly(support)) return { verdict: 'not-found', judgement: { ...judgement, decidedBy: 'names-only' } };
  const verdict = verdictByValue(judgement);
  if (verdict === 'weak' && support.overlap >= wholeQuestion) return { verdict: 'answered', judgement: { ...judgement, decidedBy: 'whole-question' } };
  return { verdict, judgement };
}

/**
 * What a neural model's closest sentence allows to be said where few of the question's words were found. Closeness of the
 * best of many sentences rises with their number, as thresholds do.
 */
export function verdictByCloseness(cosine: number, passages: number): AnswerVerdict {
  const ease = easeOf(passages);
  return cosine < closeSentence.weak - ease ? 'not-found' : cosine < closeSentence.answered - ease ? 'weak' : 'answered';
}

function verdictByValue({ value, weakFrom, answeredFrom }: Judgement): AnswerVerdict {
  return value < weakFrom ? 'not-found' : value < answeredFrom ? 'weak' : 'answered';
}

function isNamesOnly({ content, covered, closeness }: SentenceSupport): boolean {
  return content < namesOnly.content && covered < namesOnly.covered && closeness < namesOnly.closeness;
}

function easeOf(passages: number): number {
  const { many, few, slope } = collection;
  return slope * Math.log(many / Math.min(many, Math.max(few, passages)));
}
