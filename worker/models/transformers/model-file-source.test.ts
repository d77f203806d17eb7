import { describe, expect, it } from 'vitest';
import type { Sha256 } from '#core/ids.ts';
import type { ModelFiles } from '../model-files.ts';
import { createModelFileSource } from './model-file-source.ts';

const manifest = {
  id: 'org/name', commit: 'c', title: '', task: 'embed', engine: 'transformers', licence: { name: 'MIT' }, parameters: 1, variants: [],
  files: ['config.json', 'onnx/model.onnx'].map((path) => ({ path, bytes: 2, sha256: '' as Sha256 })),
} satisfies ModelFiles['manifest'];
const source = createModelFileSource({ manifest, read: (path) => Promise.resolve(path === 'config.json' ? new Blob(['{}']) : undefined) });

describe('the files of a model as transformers.js asks for them', () => {
  it('come from the store', async () => {
    expect(await (await source.cache.match(`${source.prefix}config.json`))?.text()).toBe('{}');
  });

  it('are nothing where the model has no such file, and a named error where it has but is not stored', async () => {
    expect(await source.cache.match(`${source.prefix}generation_config.json`)).toBeUndefined();
    expect((await source.fetch(`${source.prefix}generation_config.json`)).status).toBe(404);
    await expect(source.fetch(`${source.prefix}onnx/model.onnx`)).rejects.toMatchObject({ code: 'model/missing' });
  });

  it('of another model, another host or a local path are not there', async () => {
    for (const address of ['https://models.invalid/org/other/config.json', 'https://huggingface.co/org/name/config.json', '/models/org/name/config.json']) {
      expect(await source.cache.match(address)).toBeUndefined();
      expect((await source.fetch(address)).status).toBe(404);
    }
  });
});
