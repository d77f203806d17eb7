import type { TextModel } from '#core/generate/text-model.ts';
import { AppError } from '#core/errors/app-error.ts';
import { modelKey, type ModelManifest } from '#core/models/model-manifest.ts';
import type { SupervisedModel } from './supervisor/supervised-model.ts';

/** The `TextModel` port over a supervised model that generates. */
export function createTextModel(manifest: ModelManifest, supervised: Pick<SupervisedModel, 'call' | 'stream'>): TextModel {
  if (manifest.generate === undefined) throw new AppError('model/invalid', `${manifest.id} writes no text`);
  return {
    id: modelKey(manifest),
    contextTokens: manifest.generate.contextTokens,
    countTokens: ({ messages, prefix }) => supervised.call('countTokens', [{ messages, ...(prefix !== undefined && { prefix }) }], { isUrgent: true }),
    generate: (request, signal) => supervised.stream('generate', request, signal),
  };
}
