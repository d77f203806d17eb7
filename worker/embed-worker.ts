import { openModelFiles } from './models/store/open-model-files.ts';
import { serveModelWorker } from './models/supervisor/serve-model-worker.ts';
import { readerService } from './models/transformers/reader-service.ts';

/** The worker of one model that reads texts: an embedder or a reranker. */
serveModelWorker((start) => readerService(start, openModelFiles));
