import type { EngineProfile } from '#core/device/engine-profile.ts';
import type { ModelKey, ModelManifest, ModelTask } from '#core/models/model-manifest.ts';

/**
 * A model that calls may be made to, with all that another engine needs to make them. `speed`: items a second as its task
 * counts them, 0 while it is being started (calls wait).
 */
export type ServedModelFacts = { key: ModelKey; manifest: ModelManifest; profile: EngineProfile; speed: number };

/**
 * The models in service at the engine that leads, whole, as it tells every other whenever that changes. `chosen`: tasks
 * for which a model is chosen, be it in service or not. `starting`: those whose model soon will be. `failed`: those whose
 * model cannot be run.
 */
export type InService = { models: Partial<Record<ModelTask, ServedModelFacts>>; chosen: ModelTask[]; starting: ModelTask[]; failed: ModelTask[] };

export const nothingInService: InService = { models: {}, chosen: [], starting: [], failed: [] };
