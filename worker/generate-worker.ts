import { writerService } from './models/generate/writer-service.ts';
import { openModelFiles } from './models/store/open-model-files.ts';
import { serveModelWorker } from './models/supervisor/serve-model-worker.ts';

/** The worker of one model that writes. */
serveModelWorker((start) => writerService(start, openModelFiles));
