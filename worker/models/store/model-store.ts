import type { WireError } from '#core/errors/app-error.ts';
import type { ModelDtype, ModelKey, ModelManifest } from '#core/models/model-manifest.ts';
import type { TransferProgress } from '#core/models/transfer-meter.ts';
import type { ModelFiles } from '../model-files.ts';
import type { FileOrigin } from './model-record.ts';
import type { StoredModel } from './stored-models.ts';

/** What becomes of a model's files. `paused` and `failed` keep what is there; `available`: nothing is there any more. */
export type ModelStoreEvent =
  | { key: ModelKey; phase: 'downloading' | 'checking'; progress: TransferProgress; origin?: FileOrigin }
  | { key: ModelKey; phase: 'paused' | 'installed' | 'available' }
  | { key: ModelKey; phase: 'failed'; error: WireError };

/** Work on a model that has begun. `done` rejects with `aborted` when it is paused or cancelled; it may be left unheard. */
export type ModelWork = { done: Promise<ModelManifest> };

/** Files as a person gave them; `path` as far as it is known (a folder's files have theirs). */
export type GivenFile = { path: string; file: Blob };

/**
 * Fetches, verifies, keeps and removes models' files. A model is known by its catalogue entry's key, also when that entry
 * names a branch of the hub: which commit was fetched stands in the stored manifest. All work on a model goes on where an
 * earlier run, ended anyhow, left it.
 */
export type ModelStore = {
  list(): Promise<StoredModel[]>;
  /**
   * Begins to fetch what running the model with `dtypes` needs, besides what is there; resolves when it has begun. Errors,
   * before anything is written: `quota-exceeded` with `neededBytes` and `freeBytes`, `conflict` (another tab is at it),
   * and for entries to be resolved at the hub `offline`, `model/missing`, `model/invalid`. `done` rejects with `offline`,
   * `model/missing`, `model/corrupt`, `quota-exceeded`, `storage-unavailable`.
   */
  begin(entry: ModelManifest, dtypes: readonly ModelDtype[]): Promise<ModelWork>;
  /** Resolves when the bytes lie still. */
  pause(key: ModelKey): Promise<void>;
  /** Ends a download and deletes what it brought; a model that was whole before stays as it was. */
  cancel(key: ModelKey): Promise<void>;
  remove(key: ModelKey): Promise<void>;
  /** Reads every byte again, throws away what is wrong and fetches it and what is missing. Errors: `not-found`. */
  repair(key: ModelKey): Promise<ModelWork>;
  /**
   * Takes over what the catalogue says now of models stored by an earlier version of it: golden numbers, limits, weights. To
   * be called once at the start, before anything is opened. Files are not touched.
   */
  adopt(known: readonly ModelManifest[]): Promise<void>;
  /** Errors: `model/missing`. */
  open(key: ModelKey): Promise<ModelFiles>;
  /**
   * Takes models out of files, a folder's files or zip archives, found by the hashes of `known` entries or described by an
   * `alcove-model.json`. Errors: `model/invalid` (no model in them; the message says what was expected or is missing),
   * `model/corrupt` (a file of a known model has other bytes), `quota-exceeded`.
   */
  importFiles(files: readonly GivenFile[], known: readonly ModelManifest[]): Promise<ModelManifest[]>;
};
