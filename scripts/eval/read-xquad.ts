import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RetrievalSet } from './retrieval-set.ts';

export type AnsweredQuestion = { id: string; text: string; paragraph: string; article: number; answers: string[] };

/** XQuAD in one language: its paragraphs as documents without title, its questions, and the answers as strings. */
export type XquadSet = RetrievalSet & { questions: AnsweredQuestion[]; articleOf: ReadonlyMap<string, number> };

type XquadFile = {
  data: { paragraphs: { context: string; qas: { id: string; question: string; answers: { text: string }[] }[] }[] }[];
};

/** Reads `xquad.<language>.json` of a folder. */
export async function readXquad(folder: string, language: string): Promise<XquadSet> {
  const { data } = JSON.parse(await readFile(join(folder, `xquad.${language}.json`), 'utf8')) as XquadFile;
  const documents: XquadSet['documents'] = [];
  const questions: AnsweredQuestion[] = [];
  const articleOf = new Map<string, number>();
  for (const [article, { paragraphs }] of data.entries()) {
    for (const { context, qas } of paragraphs) {
      const paragraph = `p${documents.length}`;
      documents.push({ id: paragraph, title: '', text: context });
      articleOf.set(paragraph, article);
      for (const { id, question, answers } of qas) questions.push({ id, text: question, paragraph, article, answers: answers.map(({ text }) => text) });
    }
  }
  const relevance = new Map(questions.map(({ id, paragraph }) => [id, new Map([[paragraph, 1]])]));
  return { name: `xquad-${language}`, documents, queries: questions.map(({ id, text }) => ({ id, text })), relevance, questions, articleOf };
}
