import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createStaticEmbedder } from '../embed/static-embedder.ts';
import { exactScores, measureRecall, type JudgedQuery } from './measure-recall.ts';
import { quantizeVectors } from './quantize-vectors.ts';
import { clusteredUnitVectors, randomUnitVectors } from './synthetic-vectors.ts';
import type { VectorRows } from './vector-index.ts';
import { loadVectorKernel } from './vector-kernel.ts';
import { WasmVectorIndex } from './wasm-vector-index.ts';

setFlagsFromString('--experimental-wasm-relaxed-simd');
const kernels = [await loadVectorKernel('portable'), await loadVectorKernel('relaxed')].filter((kernel) => kernel !== undefined);
const root = fileURLToPath(new URL('../../../', import.meta.url));
const shared = process.env['ALCOVE_SHARED'] ?? join(root, '..', 'shared');
const goal = 0.999;

function everyNth(size: number, n: number): Uint8Array {
  const bitmap = new Uint8Array(Math.ceil(size / 8));
  for (let row = 0; row < size; row += n) bitmap[row >> 3]! |= 1 << (row & 7);
  return bitmap;
}

function splitVectors(vectors: Float32Array, dims: number, stored: number): { values: Float32Array; queries: Float32Array[] } {
  const rest = vectors.length / dims - stored;
  const queries = Array.from({ length: rest }, (_, i) => vectors.slice((stored + i) * dims, (stored + i + 1) * dims));
  return { values: vectors.subarray(0, stored * dims), queries };
}

describe.each([
  ['clustered', 1000, 384],
  ['clustered', 10_000, 384],
  ['clustered', 100_000, 256],
  ['random', 10_000, 384],
] as const)('%s vectors, %i of %i dimensions', (shape, count, dims) => {
  let rows: VectorRows;
  let judged: JudgedQuery[];
  beforeAll(() => {
    const create = shape === 'random' ? randomUnitVectors : clusteredUnitVectors;
    const { values, queries } = splitVectors(create(count + 100, dims, 5), dims, count);
    rows = quantizeVectors(values, dims);
    judged = queries.map((query) => ({ query, scores: exactScores({ values, dims }, query) }));
  }, 60_000);
  afterAll(() => {
    judged = [];
  });

  test.each(kernels)('are found by the $kind kernel as by exact search, also filtered and with rows removed', (kernel) => {
    const index = new WasmVectorIndex(kernel, dims);
    index.add(rows);
    const few = judged.slice(0, 5);
    expect(measureRecall(index, judged, 10)).toBeGreaterThanOrEqual(goal);
    for (const n of [2, 10, 50, 500]) expect(measureRecall(index, few, 10, { allow: everyNth(count, n) })).toBeGreaterThanOrEqual(goal);
    for (const n of [10, 3]) {
      index.remove(Array.from({ length: Math.ceil(count / n) }, (_, i) => i * n));
      const isLive = (row: number): boolean => row % 10 !== 0 && (n === 10 || row % 3 !== 0);
      expect(measureRecall(index, few, 10, { isLive })).toBeGreaterThanOrEqual(goal);
    }
  });
});

test.skipIf(!existsSync(join(shared, 'eval')))('passages and questions of the evaluation sets in shared/ are found as by exact search', async () => {
  const { passages, questions } = readEvaluationTexts();
  const folder = join(root, 'public/models/alcove/static-en-v1');
  const read = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)));
  const files = { config: read('config.json'), vocab: read('vocab.txt'), vectors: read('vectors.bin'), scales: read('scales.bin') };
  const embedder = await createStaticEmbedder(files, { chunker: 'test' });
  const { dims } = embedder.profile;
  const values = await embedder.embedPassages(passages);
  const { queries } = splitVectors(await embedder.embedPassages(questions), dims, 0);
  const judged = queries.map((query) => ({ query, scores: exactScores({ values, dims }, query) }));
  expect(passages.length).toBeGreaterThan(1000);
  for (const kernel of kernels) {
    const index = new WasmVectorIndex(kernel, dims);
    index.add(quantizeVectors(values, dims));
    expect(measureRecall(index, judged, 10)).toBeGreaterThanOrEqual(goal);
    expect(measureRecall(index, judged, 100)).toBeGreaterThanOrEqual(goal);
  }
});

/** Passages of about 800 characters of every corpus, and the questions of the sets that list them. */
function readEvaluationTexts(): { passages: string[]; questions: string[] } {
  const corpora = join(shared, 'eval/chunking/corpora');
  const texts = readdirSync(corpora).map((name) => readFileSync(join(corpora, name), 'utf8'));
  texts.push(readFileSync(join(shared, 'eval/cranfield/cran.all.1400'), 'utf8'));
  const passages = texts.flatMap((text) => text.match(/[^]{1,800}/g) ?? []);
  const xquad = JSON.parse(readFileSync(join(shared, 'eval/xquad/xquad.en.json'), 'utf8')) as {
    data: { paragraphs: { context: string; qas: { question: string }[] }[] }[];
  };
  const paragraphs = xquad.data.flatMap((article) => article.paragraphs);
  passages.push(...paragraphs.map((paragraph) => paragraph.context));
  const questions = paragraphs.flatMap((paragraph) => paragraph.qas.slice(0, 1).map((qa) => qa.question));
  questions.push(...readFileSync(join(shared, 'eval/cranfield/cran.qry'), 'utf8').split(/^\.I.*\n\.W\n/m).filter(Boolean));
  return { passages, questions };
}
