import type { DownloadPolicy } from './download-policy.ts';
import type { ModelSources } from './model-sources.ts';
import type { ModelStoreEvent } from './model-store.ts';
import type { ModelShelf } from './model-shelf.ts';

/** What work on a model's files uses. */
export type WorkContext = {
  shelf: ModelShelf;
  sources: ModelSources;
  fetch: typeof fetch;
  policy: DownloadPolicy;
  onEvent(event: ModelStoreEvent): void;
  now(): number;
};
