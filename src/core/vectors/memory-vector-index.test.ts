import { expect, test } from 'vitest';
import { MemoryVectorIndex } from './memory-vector-index.ts';
import { quantizeVectors } from './quantize-vectors.ts';
import { describeVectorIndex } from './vector-index.contract.ts';

// The model against numbers worked out by hand, since everything else is compared with the model.
test('cosines are those of the vectors', () => {
  const index = new MemoryVectorIndex(2);
  index.add(quantizeVectors(Float32Array.of(1, 0, 0, 2, 3, 4, -1, 0), 2));
  expect(index.search(Float32Array.of(1, 0), 10)).toEqual([
    { row: 0, score: 1 },
    { row: 2, score: expect.closeTo(0.6, 4) as number },
    { row: 1, score: 0 },
    { row: 3, score: -1 },
  ]);
});

describeVectorIndex('plain model', async () => (dims) => new MemoryVectorIndex(dims));
