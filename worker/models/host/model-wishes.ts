import type { ModelKey, ModelTask } from '#core/models/model-manifest.ts';
import type { AlcoveDatabase } from '../../store/database.ts';

/** What a person wants of models, kept over restarts: which one for each task, and which downloads are to go on. */
export type ModelWishes = {
  readChoices: () => Promise<Map<ModelTask, ModelKey>>;
  choose: (task: ModelTask, model: ModelKey | undefined) => Promise<void>;
  readDownloads: () => Promise<ModelKey[]>;
  setDownload: (model: ModelKey, isWanted: boolean) => Promise<void>;
};

export function createModelWishes({ modelChoices, modelDownloads }: Pick<AlcoveDatabase, 'modelChoices' | 'modelDownloads'>): ModelWishes {
  return {
    readChoices: async () => new Map((await modelChoices.toArray()).map(({ task, model }) => [task, model])),
    choose: async (task, model) => {
      await (model === undefined ? modelChoices.delete(task) : modelChoices.put({ task, model }));
    },
    readDownloads: async () => (await modelDownloads.toArray()).map(({ model }) => model),
    setDownload: async (model, isWanted) => {
      await (isWanted ? modelDownloads.put({ model }) : modelDownloads.delete(model));
    },
  };
}
