import { AppError } from '#core/errors/app-error.ts';
import type { ModelDesk } from './model-desk.ts';

/** The desk of an engine that runs no models: there are none to install. */
export function createNoModels(): ModelDesk {
  const refuse = async (): Promise<never> => {
    throw new AppError('not-found', 'this engine has no models');
  };
  return {
    read: () => ({ models: [], canAskHub: false }),
    installModel: refuse,
    pauseModel: refuse,
    cancelModel: refuse,
    removeModel: refuse,
    repairModel: refuse,
    importModels: refuse,
    chooseModel: refuse,
    retryModel: refuse,
  };
}
