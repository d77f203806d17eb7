import type { Sha256 } from '#core/ids.ts';
import type { ModelFiles } from '../model-files.ts';
import type { ModelDescription } from './folder-model-files.ts';
import { describeMiniLm, type GoldenVectors } from './minilm.ts';

/** Address of the real models, `''` where they are not at hand. */
export const sharedModels: string = import.meta.env['ALCOVE_SHARED_MODELS'] ?? '';

const commonPaths = ['config.json', 'tokenizer.json', 'tokenizer_config.json'];

/** A model in a folder that the development server serves, as if it were stored; sizes and hashes are not known and left out. */
export async function openServedFolder(id: string): Promise<ModelFiles> {
  const isFixture = id.startsWith('alcove-test/');
  const folder = new URL(`${isFixture ? '/fixtures/models/' : sharedModels}${id}/`, location.origin);
  const get = async (path: string): Promise<Response> => {
    const response = await fetch(new URL(path, folder));
    if (!response.ok) throw new Error(`${path} of ${id}: ${response.status}`);
    return response;
  };
  const description: ModelDescription = isFixture
    ? await (await get('alcove-model.json')).json()
    : describeMiniLm((await (await get('golden.json')).json()) as GoldenVectors);
  const paths = [...commonPaths, ...description.variants.flatMap((variant) => variant.files)];
  const files = paths.map((path) => ({ path, bytes: 0, sha256: '' as Sha256 }));
  return {
    manifest: { ...description, files, commit: '0'.repeat(40) },
    read: async (path) => (paths.includes(path) ? (await get(path)).blob() : undefined),
  };
}
