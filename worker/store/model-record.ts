import type { ModelKey, ModelTask } from '#core/models/model-manifest.ts';

/** Which model a person chose for a task; a task without a row has none. */
export type ModelChoiceRecord = { task: ModelTask; model: ModelKey };

/** A download that goes on after a restart: neither paused nor over. */
export type ModelDownloadRecord = { model: ModelKey };

/** What a model did on this device, under a name of device, browser, model and library version. `verdict` is the supervisor's own data. */
export type ModelVerdictRecord = { key: string; verdict: unknown };
