import { AppError } from '#core/errors/app-error.ts';
import { nothingInService } from './host/in-service.ts';
import type { EngineModels } from './host/engine-models.ts';

/** The models of an engine that has none: there are none to install. */
export function createNoModels(): EngineModels {
  const refuse = async (): Promise<never> => {
    throw new AppError('not-found', 'this engine has no models');
  };
  return {
    listen: ({ onInService }) => onInService(nothingInService),
    known: () => Promise.resolve(),
    lead: () => undefined,
    reportIndexed: () => undefined,
    linked: () => {
      throw new AppError('not-found', 'this engine has no models');
    },
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
