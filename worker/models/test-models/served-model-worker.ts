import { serveModelWorker } from '../supervisor/serve-model-worker.ts';
import { readerService } from '../transformers/reader-service.ts';
import { openServedFolder } from './served-model-files.ts';

/** The model worker of browser tests: the real services, with files from the development server instead of the store. */
serveModelWorker((start) => readerService(start, (key) => openServedFolder(key.slice(0, key.indexOf('@')))));

async function destroyDevice(): Promise<void> {
  const { env } = await import('@huggingface/transformers');
  ((await env.backends.onnx.webgpu?.device) as { destroy(): void } | undefined)?.destroy();
}

/** A message on this channel takes the GPU device away, as a driver that crashes does. */
new BroadcastChannel('alcove-test-destroy-device').addEventListener('message', () => void destroyDevice());
