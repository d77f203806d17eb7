import { expect, it } from 'vitest';
import { describeReranker } from '#core/rerank/reranker.contract.ts';
import { createModelReranker } from './create-model-reranker.ts';
import { openFolder } from './test-models/folder-model-files.ts';
import { startHere } from './test-models/ready-model.ts';

const files = await openFolder(new URL('../../fixtures/models/alcove-test/tiny-cross-encoder/', import.meta.url).pathname);

for (const dtype of ['fp32', 'q8'] as const) {
  describeReranker(`the tiny cross-encoder as ${dtype}`, async () => createModelReranker({ manifest: files.manifest, model: await startHere(files, { dtype }) }));
}

it('says that a reranker that does not run takes for ever', () => {
  const model = { call: () => Promise.reject(new Error('not asked')), state: { phase: 'starting', profile: undefined, attempts: [] } } as const;
  expect(createModelReranker({ manifest: files.manifest, model }).pairsPerSecond).toBe(0);
});
