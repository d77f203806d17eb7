import { extractAnswer } from '../../src/core/answer/extract-answer.ts';
import type { DocumentId } from '../../src/core/ids.ts';
import { evalCorpus, indexDocuments, secondLookOf, type EvalModels } from './index-documents.ts';
import { mean } from './ranking-metrics.ts';
import type { AnswerSetPart, Half } from './read-answer-set.ts';

/** Among all documents of the set, or in the question's own document as if it were the only one. */
export type AnswerSetScope = 'all documents' | 'its document';

/** What became of one question. `first`: the first sentence shown, or the refusal. */
export type AnsweredQuestion = { half: Half; scope: AnswerSetScope; question: string; isAnswerable: boolean; isRight: boolean; isRefused: boolean; first: string; sentences: number };

/** Shares of the questions: answered rightly in the first sentence, refused although there is an answer, refused where there is none. */
export type AnswerSetRow = { set: Half; scope: AnswerSetScope; questions: number; firstSentence: number; falseRefusals: number; refusals: number; sentencesShown: number };

/** Puts every question of a labelled set twice: to all documents together and to its own alone. */
export async function askAnswerSet(parts: readonly AnswerSetPart[], models: EvalModels): Promise<AnsweredQuestion[]> {
  const { searcher } = await indexDocuments(parts.map(({ document }) => document), models);
  const secondLook = secondLookOf(models);
  const asked: AnsweredQuestion[] = [];
  for (const { document, half, questions } of parts) {
    for (const { question, answers } of questions) {
      for (const scope of ['all documents', 'its document'] as const) {
        const filters = scope === 'its document' ? { documents: [document.id as DocumentId] } : {};
        const result = await searcher.search({ question, corpora: [evalCorpus], k: 8, filters });
        const { verdict, sentences } = await extractAnswer(question, result, models.embedder, { secondLook });
        const first = sentences[0]?.text ?? verdict;
        const isRight = answers.some((answer) => first.includes(answer));
        asked.push({ half, scope, question, isAnswerable: answers.length > 0, isRight, isRefused: verdict === 'not-found', first, sentences: sentences.length });
      }
    }
  }
  return asked;
}

/** The shares of each half in each scope. */
export function scoreAnswerSet(asked: readonly AnsweredQuestion[]): AnswerSetRow[] {
  const rows: AnswerSetRow[] = [];
  for (const set of ['tuning', 'reporting'] as const) {
    for (const scope of ['all documents', 'its document'] as const) {
      const own = asked.filter((one) => one.half === set && one.scope === scope);
      const answerable = own.filter(({ isAnswerable }) => isAnswerable);
      const others = own.filter(({ isAnswerable }) => !isAnswerable);
      rows.push({
        set,
        scope,
        questions: own.length,
        firstSentence: mean(answerable.map(({ isRight }) => (isRight ? 1 : 0))),
        falseRefusals: mean(answerable.map(({ isRefused }) => (isRefused ? 1 : 0))),
        refusals: mean(others.map(({ isRefused }) => (isRefused ? 1 : 0))),
        sentencesShown: mean(answerable.filter(({ sentences }) => sentences > 0).map(({ sentences }) => sentences)),
      });
    }
  }
  return rows;
}
