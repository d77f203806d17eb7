import { afterEach, expect, test, vi } from 'vitest';
import { chooseVectorIndex } from './choose-vector-index.ts';
import { MemoryVectorIndex } from './memory-vector-index.ts';
import { quantizeVectors } from './quantize-vectors.ts';
import { randomUnitVectors } from './synthetic-vectors.ts';
import { WasmVectorIndex } from './wasm-vector-index.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

test('this engine, which has SIMD, gets a kernel', async () => {
  const choice = await chooseVectorIndex();
  expect(['portable', 'relaxed']).toContain(choice.kind);
  expect(choice.create(64)).toBeInstanceOf(WasmVectorIndex);
});

test('an engine without SIMD gets plain JavaScript, which works', async () => {
  vi.stubGlobal('WebAssembly', Object.create(WebAssembly, { validate: { value: () => false } }));
  const choice = await chooseVectorIndex();
  expect(choice.kind).toBe('scalar');
  const index = choice.create(64);
  expect(index).toBeInstanceOf(MemoryVectorIndex);
  const vectors = randomUnitVectors(5, 64, 1);
  index.add(quantizeVectors(vectors, 64));
  expect(index.search(vectors.slice(128, 192), 1)[0]!.row).toBe(2);
});

test('two indexes of one choice do not share rows', async () => {
  const choice = await chooseVectorIndex();
  const vectors = randomUnitVectors(5, 64, 1);
  const [one, two] = [choice.create(64), choice.create(64)];
  one.add(quantizeVectors(vectors, 64));
  expect(two.size).toBe(0);
  expect(two.search(vectors.slice(0, 64), 3)).toEqual([]);
});
