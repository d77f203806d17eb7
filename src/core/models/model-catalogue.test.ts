import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ownExports } from './catalogue/own-exports.ts';
import { checkModelManifest } from './check-model-manifest.ts';
import { contentRevision } from './content-revision.ts';
import { mergeCatalogue } from './merge-catalogue.ts';
import { modelCatalogue } from './model-catalogue.ts';
import { modelKey } from './model-manifest.ts';
import { webLlmVersion } from './web-llm-library.ts';

const shared = process.env['ALCOVE_SHARED'] ?? fileURLToPath(new URL('../../../../shared', import.meta.url));

describe('model catalogue', () => {
  it.each(modelCatalogue.map((manifest) => [modelKey(manifest), manifest] as const))('%s passes the checks every manifest must', (_key, manifest) => {
    expect(checkModelManifest(JSON.parse(JSON.stringify(manifest)))).toEqual(manifest);
  });

  it('names every entry once', () => {
    expect(new Set(modelCatalogue.map(modelKey)).size).toBe(modelCatalogue.length);
  });

  it('calls our own exports by the revision of their content', async () => {
    for (const { commit, files } of ownExports) expect(commit).toBe(await contentRevision(files));
  });

  it.skipIf(!existsSync(`${shared}/models`)).each(ownExports.map((manifest) => [manifest.id, manifest] as const))('lists the files of %s as they are', (id, { files }) => {
    const folder = `${shared}/models/${id}`;
    for (const { path, bytes, sha256 } of files) {
      const content = readFileSync(`${folder}/${path}`);
      expect([path, content.length, createHash('sha256').update(content).digest('hex')]).toEqual([path, bytes, sha256]);
    }
  });

  it('has canaries with unit vectors for MiniLM', () => {
    for (const { vector } of ownExports[0]!.embed!.canaries) expect(Math.hypot(...vector)).toBeCloseTo(1, 4);
  });

  it('names the version of web-llm that is installed', () => {
    const { version } = JSON.parse(readFileSync(fileURLToPath(new URL('../../../node_modules/@mlc-ai/web-llm/package.json', import.meta.url)), 'utf8')) as { version: string };
    expect(webLlmVersion).toBe(version);
  });

  it('names libraries and memory as web-llm does', async () => {
    const { prebuiltAppConfig } = await import('@mlc-ai/web-llm');
    for (const { id, generate, variants } of modelCatalogue.filter(({ engine }) => engine === 'web-llm')) {
      const record = prebuiltAppConfig.model_list.find(({ model_id }) => model_id === generate?.library?.modelId);
      expect(record?.model).toBe(`https://huggingface.co/${id}`);
      expect(record?.model_lib.split('/').at(-1)).toBe(generate?.library?.path);
      expect(variants[0]?.memoryBytes).toBe(Math.round((record?.vram_required_MB ?? 0) * 1e6));
    }
  });
});

describe('merging the catalogue with what a server offers', () => {
  const [minilm, smolLm] = ownExports as [(typeof ownExports)[0], (typeof ownExports)[0]];
  const other = { ...minilm, id: 'team/own', commit: '1'.repeat(40) };

  it('knows a served folder by its content revision', () => {
    const merged = mergeCatalogue([minilm, smolLm], [{ id: minilm.id, commit: minilm.commit, files: minilm.files }]);
    expect(merged.map(({ manifest, from }) => [manifest.id, from])).toEqual([[minilm.id, 'same-origin'], [smolLm.id, 'files']]);
    expect(merged[0]?.manifest).toBe(minilm);
  });

  it('adds what the server describes and leaves out what nobody does', () => {
    const merged = mergeCatalogue([minilm], [other, { id: 'a/b', commit: '2'.repeat(40), files: minilm.files }]);
    expect(merged.map(({ manifest }) => manifest)).toEqual([other, minilm]);
  });

  it('keeps the built-in description where the server has another of the same key', () => {
    expect(mergeCatalogue([minilm], [{ ...minilm, title: 'Something else' }]).map(({ manifest }) => manifest.title)).toEqual([minilm.title]);
  });

  it('offers from the hub only what is to be resolved there', () => {
    for (const { manifest, from } of mergeCatalogue(modelCatalogue, [])) expect(from).toBe(manifest.isUnresolved ? 'hub' : 'files');
  });
});
