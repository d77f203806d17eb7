import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RetrievalSet } from './retrieval-set.ts';

/**
 * Reads the Cranfield collection in its original files. Judgements name questions by their place in `cran.qry`, not by
 * their `.I` number. Every judged document counts as relevant to the same degree but those judged -1 and 5.
 */
export async function readCranfield(folder: string): Promise<RetrievalSet> {
  const documents = records(await readFile(join(folder, 'cran.all.1400'), 'utf8')).map(({ id, fields }) => ({
    id,
    title: clean(fields['T']),
    text: clean(fields['W']),
  }));
  const queries = records(await readFile(join(folder, 'cran.qry'), 'utf8')).map(({ fields }, i) => ({ id: String(i + 1), text: clean(fields['W']) }));
  const relevance = new Map<string, Map<string, number>>();
  for (const line of (await readFile(join(folder, 'cranqrel'), 'utf8')).split('\n')) {
    const [query, document, grade] = line.trim().split(/\s+/);
    if (query === undefined || document === undefined || !(Number(grade) >= 1 && Number(grade) <= 4)) continue;
    relevance.set(query, (relevance.get(query) ?? new Map<string, number>()).set(document, 1));
  }
  return { name: 'cranfield', documents, queries: queries.filter(({ id }) => relevance.has(id)), relevance };
}

function records(text: string): { id: string; fields: Record<string, string> }[] {
  return text
    .split(/^\.I\s+/m)
    .slice(1)
    .map((record) => {
      const [id = '', ...parts] = record.split(/^\.([A-Z])\s*$/m);
      const fields: Record<string, string> = {};
      for (let i = 0; i + 1 < parts.length; i += 2) fields[parts[i] ?? ''] = parts[i + 1] ?? '';
      return { id: String(Number(id.trim())), fields };
    });
}

function clean(text: string | undefined): string {
  return (text ?? '').trim();
}
