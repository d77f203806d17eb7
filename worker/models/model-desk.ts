import type { EngineApi, ModelsState } from '#core/engine/engine-api.ts';

/** What the engine's API says and does about models. */
export type ModelDesk = Pick<
  EngineApi,
  'installModel' | 'pauseModel' | 'cancelModel' | 'removeModel' | 'repairModel' | 'importModels' | 'chooseModel' | 'retryModel'
> & {
  read(): ModelsState;
};
