import { readFile } from 'node:fs/promises';
import type { CitationPassage, CitationRow } from './citation-row.ts';

export type CitationSet = { rows: CitationRow[]; passages: ReadonlyMap<string, CitationPassage> };

const folder = new URL('../eval/fixtures/citations/', import.meta.url);

/** The labelled sentences of this repository, and the passages they are checked against by id. */
export async function readCitationSet(): Promise<CitationSet> {
  const [rows, passages] = await Promise.all([readLines<CitationRow>('sentences.jsonl'), readLines<CitationPassage>('passages.jsonl')]);
  return { rows, passages: new Map(passages.map((passage) => [passage.id, passage])) };
}

async function readLines<T>(name: string): Promise<T[]> {
  const text = await readFile(new URL(name, folder), 'utf8');
  return text.trim().split('\n').map((line) => JSON.parse(line) as T);
}
