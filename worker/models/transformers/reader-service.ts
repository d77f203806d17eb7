import type { ModelKey } from '#core/models/model-manifest.ts';
import type { ModelFiles } from '../model-files.ts';
import type { ModelService, ModelStart } from '../model-service.ts';
import { createEmbedService } from './create-embed-service.ts';
import { createRerankService } from './create-rerank-service.ts';

/** The service that a model which reads texts needs, an embedder's or a reranker's, by what its stored manifest says. */
export async function readerService({ key }: ModelStart, openFiles: (key: ModelKey) => Promise<ModelFiles>): Promise<ModelService> {
  const files = await openFiles(key);
  const opened = { openFiles: () => Promise.resolve(files) };
  return files.manifest.task === 'rerank' ? createRerankService(opened) : createEmbedService(opened);
}
