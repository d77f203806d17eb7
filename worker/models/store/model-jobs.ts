import { AppError, toAppError, toWireError } from '#core/errors/app-error.ts';
import type { ModelKey, ModelManifest } from '#core/models/model-manifest.ts';
import type { ModelLock } from './model-lock.ts';
import type { ModelStoreEvent, ModelWork } from './model-store.ts';

/** Work on one model: calls `begun` when nothing stands in its way any more, and stops soon after its signal is aborted. */
export type Job = (signal: AbortSignal, begun: () => void) => Promise<ModelManifest>;

export type ModelJobs = {
  /** Begins work, or joins the work that goes on. Resolves when it has begun; rejects where it ended before. */
  start(key: ModelKey, job: Job): Promise<ModelWork>;
  /** Ends what goes on; resolves when it has ended, with whether there was any. */
  stop(key: ModelKey): Promise<boolean>;
};

/** At most one job a model in this realm, each under the model's lock. Tells how jobs that had begun ended, unless stopped. */
export function createModelJobs(lock: ModelLock, onEvent: (event: ModelStoreEvent) => void): ModelJobs {
  const running = new Map<ModelKey, { controller: AbortController; done: Promise<ModelManifest> }>();

  async function run(key: ModelKey, job: Job, controller: AbortController, begun: () => void): Promise<ModelManifest> {
    let hasBegun = false;
    try {
      const manifest = await lock(key, controller.signal, () => job(controller.signal, () => {
        hasBegun = true;
        begun();
      }));
      running.delete(key);
      onEvent({ key, phase: 'installed' });
      return manifest;
    } catch (error) {
      running.delete(key);
      if (controller.signal.aborted) throw stopped();
      const known = toAppError(error);
      if (hasBegun) onEvent({ key, phase: 'failed', error: toWireError(known) });
      throw known;
    }
  }

  return {
    async start(key, job) {
      const present = running.get(key);
      if (present) return { done: present.done };
      const controller = new AbortController();
      let onBegun = () => undefined as void;
      const begun = new Promise<void>((resolve) => (onBegun = resolve));
      const done = run(key, job, controller, onBegun);
      running.set(key, { controller, done });
      done.catch(() => undefined);
      await Promise.race([begun, done]);
      return { done };
    },
    async stop(key) {
      const present = running.get(key);
      present?.controller.abort(stopped());
      await present?.done.catch(() => undefined);
      return present !== undefined;
    },
  };
}

function stopped(): AppError {
  return new AppError('aborted', 'the work on this model was stopped');
}
