import type { ModelState } from '#core/models/model-state.ts';
import type { App } from '../../app-context.ts';
import { persistStorage } from '../../engine/persist-storage.ts';

/** What a person may do with one model, as buttons and the palette offer it. */
export type ModelCommand = 'install' | 'pause' | 'resume' | 'cancel' | 'use' | 'stop-using' | 'repair' | 'try-again' | 'remove';

type Parts = Pick<App, 'engine' | 'library' | 'fail'>;

/** Does it; failures are shown. */
export function runModelCommand({ engine, library, fail }: Parts, command: ModelCommand, { key, task, storedBytes, downloadBytes }: ModelState): void {
  const isWhole = downloadBytes !== undefined && storedBytes >= downloadBytes;
  const run: Record<ModelCommand, () => Promise<unknown>> = {
    install: () => {
      keepFirst({ library });
      return engine.installModel(key);
    },
    pause: () => engine.pauseModel(key),
    resume: () => engine.installModel(key),
    cancel: () => engine.cancelModel(key),
    use: () => engine.chooseModel(task, key),
    'stop-using': () => engine.chooseModel(task, undefined),
    repair: () => engine.repairModel(key),
    // What broke off while it was fetched goes on from there; what is whole failed to run.
    'try-again': () => (isWhole ? engine.retryModel(key) : engine.installModel(key)),
    remove: () => engine.removeModel(key),
  };
  run[command]().catch(fail);
}

/** Models are too large to be fetched twice because the browser tidied up: the first one asks it not to. */
function keepFirst({ library }: Pick<App, 'library'>): void {
  if (library.storage.value?.persisted || library.models.value.models.some(({ storedBytes }) => storedBytes > 0)) return;
  void persistStorage();
}

/** What stands on offer for a model, the most likely first. */
export function commandsOf(model: ModelState, canInstall: boolean): ModelCommand[] {
  switch (model.phase) {
    case 'available': return canInstall ? ['install'] : [];
    case 'downloading': return ['pause', 'cancel'];
    case 'paused': return ['resume', 'cancel'];
    // Cancel would delete a whole model that is only being checked again.
    case 'checking': return [];
    case 'starting': return [model.isChosen ? 'stop-using' : 'use'];
    case 'installed':
    case 'ready': return [model.isChosen ? 'stop-using' : 'use', 'repair', 'remove'];
    case 'failed': return [needsRepair(model) ? 'repair' : 'try-again', ...(model.storedBytes > 0 ? ['remove' as const] : [])];
  }
}

function needsRepair({ error }: ModelState): boolean {
  return error?.code === 'model/corrupt' || error?.code === 'model/missing';
}
