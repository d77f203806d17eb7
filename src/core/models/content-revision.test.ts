import { assert, asyncProperty, nat, record, string, stringMatching, uniqueArray } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentRevision, isModelFile } from './content-revision.ts';

const hash = stringMatching(/^[0-9a-f]{64}$/);
const files = uniqueArray(record({ path: string({ minLength: 1 }), sha256: hash }), { selector: (file) => file.path, minLength: 1, maxLength: 12 });

describe('content revision', () => {
  it('is known for two files', async () => {
    const two = [{ path: 'onnx/model.onnx', sha256: 'b'.repeat(64) }, { path: 'config.json', sha256: 'a'.repeat(64) }];
    expect(await contentRevision(two)).toBe('9257e257c46274193a2be42a2abf2032465bb094');
  });

  it('does not depend on the order of the files', async () => {
    await assert(asyncProperty(files, async (list) => {
      const revision = await contentRevision(list);
      expect(revision).toMatch(/^[0-9a-f]{40}$/);
      expect(await contentRevision([...list].reverse())).toBe(revision);
    }));
  });

  it('changes with every path and every hash', async () => {
    await assert(asyncProperty(files, nat(), async (list, at) => {
      const revision = await contentRevision(list);
      const index = at % list.length;
      const changed = (change: Partial<(typeof list)[number]>) => list.map((file, n) => (n === index ? { ...file, ...change } : file));
      const { path, sha256 } = list[index]!;
      expect(await contentRevision(changed({ path: `${path}x` }))).not.toBe(revision);
      expect(await contentRevision(changed({ sha256: sha256.replace(/^./, (c) => (c === '0' ? '1' : '0')) }))).not.toBe(revision);
      expect(await contentRevision(list.filter((_, n) => n !== index))).not.toBe(revision);
    }));
  });

  it('leaves out descriptions, sums and hidden files, and keeps licences', () => {
    expect(['alcove-model.json', 'SHA256SUMS', 'golden.json', '.gitattributes', 'onnx/.cache/x'].some(isModelFile)).toBe(false);
    expect(['LICENSE', 'NOTICE', 'vocab.txt', 'onnx/model.onnx', 'onnx/golden.json'].every(isModelFile)).toBe(true);
  });
});
