import type { EngineProfile } from '#core/device/engine-profile.ts';
import { modelKey } from '#core/models/model-manifest.ts';
import type { ModelFiles } from '../model-files.ts';
import type { ModelCalls, ModelMethod } from '../supervisor/model-worker-protocol.ts';
import type { SupervisedModel } from '../supervisor/supervised-model.ts';
import { readerService } from '../transformers/reader-service.ts';
import { profileOf } from './profile-of.ts';

export type ReadyModel = Pick<SupervisedModel, 'call' | 'state'>;

type Call = <Method extends ModelMethod>(method: Method, args: ModelCalls[Method]['args']) => Promise<ModelCalls[Method]['result']>;

/** What a supervisor offers of a model in service, over whatever answers its calls. */
export function readyModel(profile: EngineProfile, call: Call, speed = 100): ReadyModel {
  return { call, state: { phase: 'ready', profile, speed, loadMs: 1, slower: [], attempts: [] } };
}

/** A model of a folder in service in this realm, without a worker. */
export async function startHere(files: ModelFiles, parts: Partial<EngineProfile>): Promise<ReadyModel> {
  const start = { key: modelKey(files.manifest), profile: profileOf(parts), baseUrl: 'http://localhost/' };
  const service = await readerService(start, () => Promise.resolve(files));
  await service.load(start, () => {});
  const idle = new AbortController().signal;
  const methods = { embed: service.embed, score: service.score, countTokens: service.countTokens } as Record<ModelMethod, unknown>;
  return readyModel(start.profile, (method, args) => (methods[method] as (...all: unknown[]) => Promise<never>)(...args, idle));
}
