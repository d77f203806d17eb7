import type { AskRequest } from '#core/engine/engine-api.ts';
import type { ModelKey, ModelTrust } from '#core/models/model-manifest.ts';
import type { ModelState } from '#core/models/model-state.ts';
import type { App } from '../../app-context.ts';
import type { ExpectedWriter } from '../../model/turn-view.ts';

type Parts = Pick<App, 'library'>;

/** The models that can write an answer now. */
export function readyWriters({ library }: Parts): ModelState[] {
  return library.models.value.models.filter(({ task, phase }) => task === 'generate' && phase === 'ready');
}

/** The model chosen for written answers, whether it is ready or not. */
export function chosenWriter({ library }: Parts): ModelState | undefined {
  return library.models.value.models.find(({ task, isChosen }) => task === 'generate' && isChosen);
}

/** Who will write when this is asked for; undefined where nobody will or can. */
export function expectWriter(parts: Parts, wanted: AskRequest['generator']): ExpectedWriter | undefined {
  const writer = readyWriters(parts).find(({ key, isChosen }) => (wanted === undefined ? isChosen : key === wanted));
  return writer && { title: writer.title, ...(writer.trust && { trust: writer.trust }) };
}

/** How far a model can be trusted; undefined where it is not known here any more. */
export function trustOf({ library }: Parts, generator: string): ModelTrust | undefined {
  return library.models.value.models.find(({ key }) => key === (generator as ModelKey))?.trust;
}
