import { serveModelWorker } from '../../supervisor/serve-model-worker.ts';
import { createWebLlmService } from '../create-web-llm-service.ts';
import { webLlmRealm } from '../web-llm-realm.ts';
import { brokenWebLlmModel, openWebLlmAtHand, webLlmAtHand } from './web-llm-test-files.ts';

/** The worker of a web-llm model, over the model at hand or one that is broken on purpose. */
serveModelWorker(createWebLlmService({ ...webLlmRealm, openFiles: async () => (webLlmAtHand === null ? brokenWebLlmModel() : openWebLlmAtHand(webLlmAtHand)) }));
