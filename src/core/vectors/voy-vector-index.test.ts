import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { expect, test } from 'vitest';
import { quantizeVectors } from './quantize-vectors.ts';
import { randomUnitVectors } from './synthetic-vectors.ts';
import { describeVectorIndex } from './vector-index.contract.ts';
import { loadVoyVectorIndex, voyMaxDims, voyMaxRows } from './voy-vector-index.ts';

const wasmPath = createRequire(import.meta.url).resolve('voy-search/voy_search_bg.wasm');
const load = async (): ReturnType<typeof loadVoyVectorIndex> => loadVoyVectorIndex(new Uint8Array(await readFile(wasmPath)));
const create = await load();

describeVectorIndex('voy-search', load, { maxDims: voyMaxDims });

test('more than 768 dimensions are refused, which voy would cut off without a word', () => {
  expect(() => create(voyMaxDims + 1)).toThrow(expect.objectContaining({ code: 'vectors/invalid' }));
});

test('more rows than voy bears are refused and change nothing', () => {
  const index = create(16);
  const block = quantizeVectors(randomUnitVectors(voyMaxRows / 2, 16, 1), 16);
  index.add(block);
  index.add(block);
  expect(() => index.add(block)).toThrow(expect.objectContaining({ code: 'vectors/invalid' }));
  expect(index.size).toBe(voyMaxRows);
});

test('rows added and removed after the tree was built are seen', () => {
  const index = create(64);
  const vectors = randomUnitVectors(300, 64, 2);
  index.add(quantizeVectors(vectors.subarray(0, 64 * 100), 64));
  const late = vectors.slice(64 * 200, 64 * 201);
  index.search(late, 5);
  index.add(quantizeVectors(vectors.subarray(64 * 100), 64));
  expect(index.search(late, 1)[0]!.row).toBe(200);
  index.remove([200]);
  expect(index.search(late, 300)).toHaveLength(299);
  expect(index.add(quantizeVectors(late, 64))).toBe(300);
  expect(index.search(late, 1)[0]!.row).toBe(300);
});
