import { expose, proxy, transferHandlers } from 'comlink';
import { createErrorTransfer } from '#core/engine/error-transfer.ts';
import type { ModelDtype, ModelKey, ModelManifest } from '#core/models/model-manifest.ts';
import { createModelStore } from '../create-model-store.ts';
import { createWebModelLock } from '../model-lock.ts';
import { createModelSources } from '../model-sources.ts';
import type { ModelStoreEvent } from '../model-store.ts';
import { createOpfsShelf } from '../opfs-shelf.ts';

transferHandlers.set('throw', createErrorTransfer(transferHandlers.get('throw')!));

/** A model store as the engine has it, over the folder that the worker's name names, driven by a test in the page. */
const api = {
  async open(server: string, onEvent: (event: ModelStoreEvent) => void) {
    const store = createModelStore({
      shelf: createOpfsShelf(self.name),
      sources: createModelSources(`${server}/`, null),
      resolve: async () => Promise.reject(new Error('no hub here')),
      onEvent,
      lock: createWebModelLock(300),
      policy: { stallMs: 400, firstDelayMs: 10, mostDelayMs: 50 },
    });
    return proxy({
      install: async (manifest: ModelManifest, dtypes: ModelDtype[]): Promise<void> => void (await (await store.begin(manifest, dtypes)).done),
      begin: async (manifest: ModelManifest, dtypes: ModelDtype[]): Promise<void> => void (await store.begin(manifest, dtypes)),
      pause: (key: ModelKey) => store.pause(key),
      remove: (key: ModelKey) => store.remove(key),
      list: () => store.list(),
    });
  },
};

export type StoreWorkerApi = typeof api;

expose(api);
