import type { DocumentId } from '../../src/core/ids.ts';
import { extractAnswer } from '../../src/core/answer/extract-answer.ts';
import { rankSentences } from '../../src/core/answer/rank-sentences.ts';
import { evalCorpus, indexDocuments, secondLookOf, toParsedDocument, type EvalModels } from './index-documents.ts';
import { mean } from './ranking-metrics.ts';
import type { XquadSet } from './read-xquad.ts';

/** All are shares of the questions of a set. */
export type AnswerRow = {
  set: string;
  questions: number;
  /** The first sentence shown holds a gold answer (a refusal does not). */
  firstSentence: number;
  /** A sentence shown holds one. */
  anySentence: number;
  /** One of the three best-ranked sentences holds one, whatever the verdict. */
  bestThree: number;
  /** `not-found` although the article is there. */
  falseRefusals: number;
  /** Shown with the label `weak` while the article is there. */
  weak: number;
  /** `not-found` with the article taken away. */
  refusals: number;
  /** `not-found` or `weak` with the article taken away. */
  refusedOrWeak: number;
};

const passagesShown = 8;

/** Scores the extractive answer and its refusals; a gold answer must stand in a sentence as a string. */
export async function evaluateAnswers(set: XquadSet, models: EvalModels): Promise<AnswerRow> {
  const { searcher } = await indexDocuments(set.documents.map(toParsedDocument), models);
  const { embedder } = models;
  const secondLook = secondLookOf(models);
  const ask = async (question: string, documents?: DocumentId[]) =>
    searcher.search({ question, corpora: [evalCorpus], k: passagesShown, ...(documents && { filters: { documents } }) });
  const scores = { first: [] as number[], any: [] as number[], three: [] as number[], refused: [] as number[], weak: [] as number[] };
  const absent = { refused: [] as number[], refusedOrWeak: [] as number[] };
  for (const { text, answers, article } of set.questions) {
    const holds = (sentence: { text: string } | undefined) => answers.some((answer) => sentence?.text.includes(answer));
    const result = await ask(text);
    const { verdict, sentences } = await extractAnswer(text, result, embedder, { secondLook });
    const ranked = await rankSentences(text, result, embedder);
    scores.first.push(holds(sentences[0]) ? 1 : 0);
    scores.any.push(sentences.some(holds) ? 1 : 0);
    scores.three.push(ranked.slice(0, 3).some(holds) ? 1 : 0);
    scores.refused.push(verdict === 'not-found' ? 1 : 0);
    scores.weak.push(verdict === 'weak' ? 1 : 0);
    const others = [...set.articleOf].filter(([, other]) => other !== article).map(([id]) => id as DocumentId);
    const without = await extractAnswer(text, await ask(text, others), embedder, { secondLook });
    absent.refused.push(without.verdict === 'not-found' ? 1 : 0);
    absent.refusedOrWeak.push(without.verdict === 'answered' ? 0 : 1);
  }
  return {
    set: set.name,
    questions: set.questions.length,
    firstSentence: mean(scores.first),
    anySentence: mean(scores.any),
    bestThree: mean(scores.three),
    falseRefusals: mean(scores.refused),
    weak: mean(scores.weak),
    refusals: mean(absent.refused),
    refusedOrWeak: mean(absent.refusedOrWeak),
  };
}
