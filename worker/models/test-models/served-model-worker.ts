import { serveModelWorker } from '../supervisor/serve-model-worker.ts';
import { readerService } from '../transformers/reader-service.ts';
import { openServedFolder } from './served-model-files.ts';

/** The model worker of browser tests: the real services, with files from the development server instead of the store. */
serveModelWorker((start) => readerService(start, (key) => openServedFolder(key.slice(0, key.indexOf('@')))));
