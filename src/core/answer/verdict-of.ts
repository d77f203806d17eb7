import type { Evidence } from '../search/search-types.ts';
import type { AnswerVerdict } from './answer-types.ts';

/** What the sentences found say on top of the search: their highest cosine and their largest share of the question's idf. */
export type SentenceSupport = { cosine: number; overlap: number };

/** Below `weak` the documents do not answer; from `answered` on they do; between the two an answer is shown as weak. */
const thresholds = { byMeaning: { weak: 0.42, answered: 0.48 }, byWords: { weak: 0.3, answered: 0.42 } };

/** A sentence with this share of the question's idf is no weak evidence. */
const wholeQuestion = 0.9;

/**
 * What a search and its sentences allow to be said. Where the embedder knows the language: 0.7 evidence + 0.3 cosine of the
 * closest sentence, which on XQuAD refuses .933 of the questions whose article is gone at .035 false refusals (the
 * evidence alone: .910). Where it does not, its cosines are high for everything, so words alone decide: 0.6 times the
 * share of the question's idf in the best passage + 0.4 times that in one sentence.
 */
export function verdictOf(evidence: Evidence, support: SentenceSupport, knowsLanguage: boolean): AnswerVerdict {
  const asked = evidence.seen + 0.5 * evidence.unseen;
  // Without a word that counts there is only the meaning to go by.
  const byMeaning = knowsLanguage || asked === 0;
  const share = asked === 0 ? 0 : evidence.covered / asked;
  const value = byMeaning ? 0.7 * evidence.value + 0.3 * support.cosine : 0.6 * share + 0.4 * support.overlap;
  const { weak, answered } = byMeaning ? thresholds.byMeaning : thresholds.byWords;
  if (value < weak) return 'not-found';
  return value < answered && support.overlap < wholeQuestion ? 'weak' : 'answered';
}
