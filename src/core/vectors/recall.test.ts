import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';
import { describe, expect, test } from 'vitest';
import { createStaticEmbedder } from '../embed/static-embedder.ts';
import { measureRecall } from './measure-recall.ts';
import { quantizeVectors } from './quantize-vectors.ts';
import { clusteredUnitVectors, randomUnitVectors } from './synthetic-vectors.ts';
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

describe.each(kernels)('$kind kernel', (kernel) => {
  test.each([
    ['clustered', 1000, 384],
    ['clustered', 10_000, 384],
    ['clustered', 100_000, 256],
    ['random', 10_000, 384],
  ] as const)('%s vectors, %i of %i dimensions: as good as exact search, also filtered and with rows removed', (shape, count, dims) => {
    const create = shape === 'random' ? randomUnitVectors : clusteredUnitVectors;
    const vectors = create(count + 100, dims, 5);
    const { values, queries } = splitVectors(vectors, dims, count);
    const index = new WasmVectorIndex(kernel, dims);
    index.add(quantizeVectors(values, dims));
    const exact = { values, dims };
    expect(measureRecall(index, exact, queries, 10)).toBeGreaterThanOrEqual(goal);
    for (const n of [2, 10, 50, 500])
      expect(measureRecall(index, exact, queries.slice(0, 5), 10, { allow: everyNth(count, n) })).toBeGreaterThanOrEqual(goal);
    for (const n of [10, 3]) {
      index.remove(Array.from({ length: Math.ceil(count / n) }, (_, i) => i * n));
      const isLive = (row: number): boolean => row % 10 !== 0 && (n === 10 || row % 3 !== 0);
      expect(measureRecall(index, exact, queries.slice(0, 5), 10, { isLive })).toBeGreaterThanOrEqual(goal);
    }
  });

  test.skipIf(!existsSync(join(shared, 'eval')))('passages and questions of the evaluation sets in shared/: as good as exact search', async () => {
    const { passages, questions } = readEvaluationTexts();
    const folder = join(root, 'public/models/alcove/static-en-v1');
    const read = (name: string): Uint8Array => new Uint8Array(readFileSync(join(folder, name)));
    const files = { config: read('config.json'), vocab: read('vocab.txt'), vectors: read('vectors.bin'), scales: read('scales.bin') };
    const embedder = await createStaticEmbedder(files, { chunker: 'test' });
    const { dims } = embedder.profile;
    const values = await embedder.embedPassages(passages);
    const { queries } = splitVectors(await embedder.embedPassages(questions), dims, 0);
    const index = new WasmVectorIndex(kernel, dims);
    index.add(quantizeVectors(values, dims));
    expect(passages.length).toBeGreaterThan(1000);
    expect(measureRecall(index, { values, dims }, queries, 10)).toBeGreaterThanOrEqual(goal);
    expect(measureRecall(index, { values, dims }, queries, 100)).toBeGreaterThanOrEqual(goal);
  });
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
