import { readFile } from 'node:fs/promises';
import { parseDocument } from '../../src/core/parse/parse-document.ts';
import type { NamedDocument } from './index-documents.ts';

/** `answers`: any of these stands in a right first sentence; none where the documents do not say and must be refused. */
export type LabelledQuestion = { question: string; answers: string[] };

/** Choices are made with the `tuning` half in sight; the `reporting` half only measures them. */
export type Half = 'tuning' | 'reporting';

/** A document of our own writing with the questions put to it. */
export type AnswerSetPart = { document: NamedDocument; half: Half; questions: LabelledQuestion[] };

const folder = new URL('fixtures/answers/', import.meta.url);

/** The labelled questions of this repository: letters, manuals, contracts and reports of invented people and machines. */
export async function readAnswerSet(): Promise<AnswerSetPart[]> {
  const parts = JSON.parse(await readFile(new URL('questions.json', folder), 'utf8')) as { document: string; half: Half; questions: LabelledQuestion[] }[];
  return Promise.all(
    parts.map(async ({ document, half, questions }) => {
      const parsed = await parseDocument({ name: document, bytes: await readFile(new URL(document, folder)) });
      return { document: { id: document, parsed }, half, questions };
    }),
  );
}
