import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import { evaluateRetrieval, type RetrievalRow } from './evaluate-retrieval.ts';
import { evaluateSpans } from './evaluate-spans.ts';
import { loadEmbedder } from './load-embedder.ts';
import { readBeir } from './read-beir.ts';
import type { RetrievalSet } from './retrieval-set.ts';

const tiny = fileURLToPath(new URL('fixtures/tiny/', import.meta.url));
const embedder = await loadEmbedder();
let set: RetrievalSet;
beforeAll(async () => {
  set = await readBeir(tiny);
});

describe('readBeir', () => {
  it('reads documents, the judged questions and the grades above 0', () => {
    expect(set.documents).toHaveLength(10);
    expect(set.documents[0]).toEqual({ id: 'pump', title: 'Coolant pump P-40', text: expect.stringContaining('40 litres') as string });
    expect(set.queries.map(({ id }) => id)).toEqual(['q1', 'q2', 'q3', 'q4', 'q5', 'q6', 'q7', 'q8']);
    expect([...(set.relevance.get('q5') ?? [])]).toEqual([['warfarin', 1]]);
    expect(set.relevance.get('q7')?.get('filter')).toBe(2);
  });

  it('names the file and the line that is not JSON', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'beir-'));
    await writeFile(join(folder, 'corpus.jsonl'), '{"_id":"1","text":"a"}\n{oops\n');
    await expect(readBeir(folder)).rejects.toThrow(/corpus\.jsonl, line 2/);
    await rm(folder, { recursive: true });
  });
});

describe('evaluateRetrieval', () => {
  it('finds what is asked for in a small set, by the fusion no worse than by either part', async () => {
    const rows = await evaluateRetrieval(set, { embedder });
    const by = Object.fromEntries(rows.map((row) => [row.ranking, row])) as Record<RetrievalRow['ranking'], RetrievalRow>;
    expect(by.hybrid.ndcg10).toBeGreaterThan(0.9);
    expect(by.hybrid.ndcg10).toBeGreaterThanOrEqual(Math.max(by.keyword.ndcg10, by.vectors.ndcg10) - 1e-9);
    expect(by.keyword.recall10).toBeLessThan(1);
    expect(by.hybrid.recall10).toBe(1);
  });

  it('scores 0 where the judged documents are not in the corpus', async () => {
    const others = { ...set, documents: set.documents.filter(({ id }) => id === 'travel') };
    for (const row of await evaluateRetrieval(others, { embedder })) expect([row.ndcg10, row.recall10, row.mrr10]).toEqual([0, 0, 0]);
  });

  it('ranks a document of many passages by its best one', async () => {
    const filler = 'The archive lists parts, drawings and suppliers of many years. '.repeat(60);
    const long = set.documents.map((document) => (document.id === 'pump' ? { ...document, text: `${filler}\n\n${document.text}\n\n${filler}` } : document));
    const rows = await evaluateRetrieval({ ...set, documents: long, queries: set.queries.filter(({ id }) => id === 'q1') }, { embedder });
    expect(rows.find(({ ranking }) => ranking === 'hybrid')?.mrr10).toBe(1);
  });
});

describe('evaluateSpans', () => {
  it('counts a gold span as found when half of it lies in the first passages', async () => {
    const text = Array.from({ length: 40 }, (_, i) => `Section ${i} is on the ${['pump', 'valve', 'hose', 'gauge'][i % 4]}. ${'It was checked and found in order. '.repeat(20)}`).join('\n\n');
    const answer = 'The shaft seal is replaced after 4,000 hours.';
    const corpus = `${text}\n\n${answer}`;
    const spans = [{ start: corpus.length - answer.length, end: corpus.length }, { start: 0, end: corpus.length }];
    const rows = await evaluateSpans({ corpora: [{ name: 'c', text: corpus }], questions: [{ text: 'When is the shaft seal replaced?', corpus: 'c', spans }] }, { embedder });
    expect(rows.find(({ ranking }) => ranking === 'hybrid')?.spanRecall5).toBe(0.5);
  });
});

describe('npm run eval', () => {
  it('prints a table of a folder in BEIR form and writes its rows as JSON', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'eval-'));
    const json = join(folder, 'rows.json');
    const script = fileURLToPath(new URL('run.ts', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script, '--data', tiny, '--json', json]);
    const rows = JSON.parse(await readFile(json, 'utf8')) as RetrievalRow[];
    expect(rows.map(({ set: name, ranking }) => `${name} ${ranking}`)).toEqual(['tiny keyword', 'tiny vectors', 'tiny hybrid']);
    expect(stdout).toMatch(/tiny\s+hybrid\s+\d\.\d{3}/);
    await rm(folder, { recursive: true });
  });
});
