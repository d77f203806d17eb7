import { describe, expect, it } from 'vitest';
import type { Sha256 } from '../ids.ts';
import { mergeCatalogue } from './merge-catalogue.ts';
import { modelCatalogue } from './model-catalogue.ts';
import type { ModelFile } from './model-manifest.ts';

const arctic = modelCatalogue.find(({ id, isUnresolved }) => isUnresolved === true && id === 'Snowflake/snowflake-arctic-embed-xs')!;
const file = (path: string, bytes = 10): ModelFile => ({ path, bytes, sha256: 'a'.repeat(64) as Sha256 });
const commit = '0123456789abcdef0123456789abcdef01234567';

describe("a server's copy of a model of the hub", () => {
  const q8 = arctic.variants.find(({ dtype }) => dtype === 'q8')!;
  const copy = ['config.json', 'tokenizer.json', 'README.md', ...q8.files].map((path) => file(path));

  it('is offered with the facts of the catalogue, its own commit and the files that are there', () => {
    const [first] = mergeCatalogue(modelCatalogue, [{ id: arctic.id, commit, files: copy }]);
    expect(first).toMatchObject({ key: `${arctic.id}@${commit}`, from: 'same-origin', manifest: { commit, task: 'embed', embed: arctic.embed } });
    expect(first!.manifest).not.toHaveProperty('isUnresolved');
    expect(first!.manifest.variants.map(({ dtype }) => dtype)).toEqual(['q8']);
    expect(first!.manifest.files.map(({ path }) => path)).toEqual(['config.json', 'tokenizer.json', ...q8.files]);
  });

  it('is left out without the files that any variant needs, or of a model that nobody knows', () => {
    const served = [
      { id: arctic.id, commit, files: [file('config.json'), file('tokenizer.json')] },
      { id: arctic.id, commit: commit.replace('0', '1'), files: q8.files.map((path) => file(path)) },
      { id: 'no/body', commit, files: copy },
    ];
    expect(mergeCatalogue(modelCatalogue, served).filter(({ from }) => from === 'same-origin')).toEqual([]);
  });
});
