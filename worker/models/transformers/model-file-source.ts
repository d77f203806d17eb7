import { AppError } from '#core/errors/app-error.ts';
import type { ModelFiles } from '../model-files.ts';

/** The two ways in which transformers.js asks for a model's files, both answered without the network. */
export type ModelFileSource = {
  /** Begins the address of every file of the model. */
  readonly prefix: string;
  cache: { match(address: string): Promise<Response | undefined>; put(): Promise<void> };
  fetch(address: string | URL): Promise<Response>;
};

/** A host that cannot exist (RFC 2606): should a request ever slip through, it reaches nobody. */
export const fileHost = 'https://models.invalid/';
/** Without the revision: a realm runs one model, and the library asks for some files at revision `main` whatever it was told. */
export const filePathTemplate = '{model}/';

/**
 * Gives transformers.js the stored files of one model: through its cache hook where they are stored, and through its fetch
 * hook a 404 for what the model does not have (the library probes for optional files) and `model/missing` for what it has
 * but is not stored. The library swallows what `cache.match` throws and asks `fetch` next, so errors come from there.
 */
export function createModelFileSource(files: ModelFiles): ModelFileSource {
  const { id, files: listed } = files.manifest;
  const prefix = `${fileHost}${id}/`;
  const paths = new Set(listed.map(({ path }) => path));
  const pathOf = (address: string): string | undefined => (address.startsWith(prefix) ? address.slice(prefix.length) : undefined);
  return {
    prefix,
    cache: {
      async match(address) {
        const path = pathOf(address);
        const blob = path === undefined ? undefined : await files.read(path);
        return blob && new Response(blob);
      },
      put: () => Promise.resolve(),
    },
    async fetch(address) {
      const path = pathOf(String(address));
      if (path !== undefined && paths.has(path)) throw new AppError('model/missing', `${path} of ${id} is not stored`, { detail: { path } });
      return new Response('not a file of this model', { status: 404 });
    },
  };
}
