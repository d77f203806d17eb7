import type { EngineProfile } from '#core/device/engine-profile.ts';
import type { ModelManifest } from '#core/models/model-manifest.ts';
import { createModelWorker, type ModelWorker } from '../supervisor/model-worker.ts';

/** Starts the worker that runs a model of this kind. */
export function startModelWorker({ task }: ModelManifest, _profile: EngineProfile): ModelWorker {
  return createModelWorker((name) =>
    task === 'generate'
      ? new Worker(new URL('../../generate-worker.ts', import.meta.url), { type: 'module', name })
      : new Worker(new URL('../../embed-worker.ts', import.meta.url), { type: 'module', name }),
  );
}
