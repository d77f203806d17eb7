import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { parseDocument } from '../../src/core/parse/parse-document.ts';
import type { NamedDocument } from './index-documents.ts';

/** `answers`: any of these stands in a right first sentence; none where the documents do not say and must be refused. */
export type LabelledQuestion = { question: string; answers: string[] };

/** Choices are made with the `tuning` half in sight; the `reporting` half only measures them. */
export type Half = 'tuning' | 'reporting';

/** A document of our own writing with the questions put to it. */
export type AnswerSetPart = { document: NamedDocument; half: Half; questions: LabelledQuestion[] };

const here = (path: string) => new URL(path, import.meta.url);

/** The labelled questions of this repository: letters, manuals, contracts and reports of invented people and machines. */
export async function readAnswerSet(): Promise<AnswerSetPart[]> {
  return readParts('fixtures/answers/questions.json', (document) => `fixtures/answers/${document}`);
}

/** Questions in other words than the documents', put to the same documents and to the sample library. */
export async function readParaphraseSet(): Promise<AnswerSetPart[]> {
  return readParts('fixtures/paraphrases/questions.json', (document) => document);
}

async function readParts(file: string, pathOf: (document: string) => string): Promise<AnswerSetPart[]> {
  const parts = JSON.parse(await readFile(here(file), 'utf8')) as { document: string; half: Half; questions: LabelledQuestion[] }[];
  return Promise.all(
    parts.map(async ({ document, half, questions }) => {
      const parsed = await parseDocument({ name: basename(document), bytes: await readFile(here(pathOf(document))) });
      return { document: { id: document, parsed }, half, questions };
    }),
  );
}
