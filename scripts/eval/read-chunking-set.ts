import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import Papa from 'papaparse';

export type GoldSpan = { start: number; end: number };
export type SpanQuestion = { text: string; corpus: string; spans: GoldSpan[] };
export type ChunkingSet = { corpora: { name: string; text: string }[]; questions: SpanQuestion[] };

type Row = { question: string; references: string; corpus_id: string };
type Reference = { content: string; start_index: number; end_index: number };

/** Reads long texts with the spans that answer questions about them: `questions_df.csv` and `corpora/*.md`. */
export async function readChunkingSet(folder: string): Promise<ChunkingSet> {
  const names = (await readdir(join(folder, 'corpora'))).filter((name) => name.endsWith('.md')).sort();
  const corpora = await Promise.all(names.map(async (name) => ({ name: name.replace(/\.md$/, ''), text: await readFile(join(folder, 'corpora', name), 'utf8') })));
  const { data } = Papa.parse<Row>(await readFile(join(folder, 'questions_df.csv'), 'utf8'), { header: true, skipEmptyLines: true });
  const textOf = new Map(corpora.map(({ name, text }) => [name, text]));
  const questions = data.map((row) => ({
    text: row.question,
    corpus: row.corpus_id,
    spans: (JSON.parse(row.references) as Reference[]).map((reference) => toSpan(reference, textOf.get(row.corpus_id) ?? '')),
  }));
  return { corpora, questions };
}

/** Offsets of the set count code points; where the text has pairs, the quote itself says where it stands. */
function toSpan({ content, start_index: start, end_index: end }: Reference, text: string): GoldSpan {
  if (text.slice(start, end) === content) return { start, end };
  const found = text.indexOf(content, Math.max(0, start - 200));
  return found < 0 ? { start, end } : { start: found, end: found + content.length };
}
