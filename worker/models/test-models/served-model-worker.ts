import { serveModelWorker } from '../supervisor/serve-model-worker.ts';
import { createEmbedService } from '../transformers/create-embed-service.ts';
import { createRerankService } from '../transformers/create-rerank-service.ts';
import { openServedFolder } from './served-model-files.ts';

/** The model worker of browser tests: the real services, with files from the development server instead of the store. */
serveModelWorker(async ({ key }) => {
  const files = await openServedFolder(key.split('@')[0]!);
  const openFiles = (): Promise<typeof files> => Promise.resolve(files);
  return files.manifest.task === 'rerank' ? createRerankService({ openFiles }) : createEmbedService({ openFiles });
});
