import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import type { EvalDocument, EvalQuery, RetrievalSet } from './retrieval-set.ts';

/**
 * Reads a folder in BEIR form: `corpus.jsonl` (`_id`, `title`, `text`), `queries.jsonl` (`_id`, `text`) and
 * `qrels/test.tsv` (query id, document id, grade; a header line or none). Throws with the file and line that is wrong.
 */
export async function readBeir(folder: string): Promise<RetrievalSet> {
  const documents = (await readLines(join(folder, 'corpus.jsonl'))).map(({ _id, title, text }): EvalDocument => ({ id: String(_id), title: asText(title), text: asText(text) }));
  const queries = (await readLines(join(folder, 'queries.jsonl'))).map(({ _id, text }): EvalQuery => ({ id: String(_id), text: asText(text) }));
  const relevance = readQrels(await readFile(qrelsPath(folder), 'utf8'));
  return { name: basename(resolve(folder)), documents, queries: queries.filter(({ id }) => relevance.has(id)), relevance };
}

function qrelsPath(folder: string): string {
  const path = ['qrels/test.tsv', 'qrels.tsv', 'qrels/dev.tsv'].map((name) => join(folder, name)).find((candidate) => existsSync(candidate));
  return path ?? join(folder, 'qrels/test.tsv');
}

async function readLines(path: string): Promise<Record<string, unknown>[]> {
  const lines = (await readFile(path, 'utf8')).split(/\r?\n/);
  return lines.flatMap((line, i) => {
    if (line.trim() === '') return [];
    try {
      return [JSON.parse(line) as Record<string, unknown>];
    } catch (cause) {
      throw new Error(`${path}, line ${i + 1}: not JSON`, { cause });
    }
  });
}

/** Query id, document id and grade by tabs, or with TREC's second column of zeros; grades of 0 and below are left out. */
function readQrels(text: string): Map<string, Map<string, number>> {
  const relevance = new Map<string, Map<string, number>>();
  for (const line of text.split(/\r?\n/)) {
    const fields = line.split(/\t|\s+/).filter((field) => field !== '');
    const [query, document] = fields.length === 4 ? [fields[0], fields[2]] : fields;
    const grade = Number(fields.at(-1));
    if (query === undefined || document === undefined || !(grade > 0)) continue;
    relevance.set(query, (relevance.get(query) ?? new Map<string, number>()).set(document, grade));
  }
  return relevance;
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
