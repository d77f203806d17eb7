import { planModel } from '#core/device/plan-profiles.ts';
import { refusalError } from '#core/device/refusal-error.ts';
import type { DeviceProbe } from '#core/device/engine-profile.ts';
import { toWireError, type WireError } from '#core/errors/app-error.ts';
import type { CatalogueEntry } from '#core/models/merge-catalogue.ts';
import type { ModelManifest } from '#core/models/model-manifest.ts';
import type { ModelPhase, ModelState } from '#core/models/model-state.ts';
import { bytesOf, neededFiles } from '#core/models/needed-files.ts';
import type { ModelStoreEvent } from '../store/model-store.ts';
import type { StoredModel } from '../store/stored-models.ts';
import type { SupervisedState } from '../supervisor/supervised-model.ts';
import { chooseDtypes } from './choose-dtypes.ts';

/** All that is known of one model at a moment. */
export type ModelKnowledge = {
  entry: CatalogueEntry;
  probe: DeviceProbe;
  stored?: StoredModel | undefined;
  /** The last word of the store about work on its files. */
  work?: ModelStoreEvent | undefined;
  /** Why the last thing asked for could not be done. */
  error?: WireError | undefined;
  supervised?: SupervisedState | undefined;
  isChosen: boolean;
  indexed?: { done: number; total: number } | undefined;
};

const units = { embed: 'passages/s', rerank: 'pairs/s', generate: 'tokens/s' } as const;

/** A model as the page shows it. Pure. */
export function describeModel(known: ModelKnowledge): ModelState {
  const { entry, probe, stored, isChosen, indexed, supervised } = known;
  const manifest = stored?.manifest ?? entry.manifest;
  const plan = planModel(probe, manifest);
  const dtypes = stored?.dtypes ?? chooseDtypes(plan, manifest);
  const variant = manifest.variants.find(({ dtype }) => dtype === (plan.profiles[0]?.dtype ?? dtypes[0])) ?? manifest.variants[0];
  const source = stored?.origin ?? entry.from;
  const refusal = plan.profiles.length === 0 ? toWireError(refusalError(plan)) : undefined;
  return {
    ...toFacts(entry, manifest),
    ...(plan.profiles[0] && { dtype: plan.profiles[0].dtype }),
    ...(manifest.files.length > 0 && { downloadBytes: stored?.totalBytes ?? bytesOf(neededFiles(manifest, dtypes)) }),
    storedBytes: stored?.storedBytes ?? 0,
    memoryBytes: variant?.memoryBytes ?? 0,
    source,
    isChosen,
    ...(indexed && { indexed }),
    ...phaseOf(known, refusal),
    ...(supervised && supervised.attempts.length > 0 && { attempts: supervised.attempts.map(({ profile, reason }) => ({ profile, reason })) }),
  };
}

function toFacts({ key }: CatalogueEntry, manifest: ModelManifest): Pick<ModelState, 'key' | 'id' | 'title' | 'task' | 'engine' | 'licence' | 'languages' | 'parameters' | 'trust'> {
  const { id, title, task, engine, licence, languages, parameters, generate } = manifest;
  return { key, id, title, task, engine, licence, parameters, ...(languages && { languages }), ...(generate && { trust: generate.trust }) };
}

type Phase = { phase: ModelPhase } & Pick<ModelState, 'progress' | 'running' | 'error'>;

function phaseOf({ entry, probe, stored, work, error, supervised }: ModelKnowledge, refusal: WireError | undefined): Phase {
  if (work?.phase === 'downloading' || work?.phase === 'checking') return { phase: work.phase, progress: work.progress };
  const isHere = stored?.isWhole ?? (entry.manifest.engine === 'browser' && probe.builtInModel !== 'unavailable');
  if (isHere && supervised !== undefined) return runningPhase(supervised, entry);
  const failure = error ?? (work?.phase === 'failed' ? work.error : undefined);
  if (failure !== undefined) return { phase: 'failed', error: failure };
  if (isHere) return refusal === undefined ? { phase: 'installed' } : { phase: 'failed', error: refusal };
  if (stored !== undefined) return { phase: 'paused', progress: { loadedBytes: stored.loadedBytes, totalBytes: stored.totalBytes } };
  return refusal === undefined ? { phase: 'available' } : { phase: 'available', error: refusal };
}

function runningPhase(state: SupervisedState, { manifest }: CatalogueEntry): Phase {
  if (state.phase === 'starting') return { phase: 'starting' };
  if (state.phase === 'failed') return { phase: 'failed', error: state.error };
  if (state.phase !== 'ready') return { phase: 'installed' };
  const { profile, speed, loadMs } = state;
  return { phase: 'ready', running: { profile, speed: { value: speed, unit: units[manifest.task] }, loadMs } };
}
