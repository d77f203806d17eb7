import type { WireError } from '../errors/app-error.ts';
import type { EngineProfile } from '../device/engine-profile.ts';
import type { ModelDtype, ModelEngine, ModelKey, ModelTask, ModelTrust } from './model-manifest.ts';

/**
 * `available`: known, not here. `paused`: some bytes are here. `checking`: bytes are being verified. `installed`: all
 * files are here and verified, nothing runs. `starting`: being loaded and tested. `ready`: in service. `failed`: `error`
 * says why; files that are here stay.
 */
export type ModelPhase = 'available' | 'downloading' | 'paused' | 'checking' | 'installed' | 'starting' | 'ready' | 'failed';

/** What one manifest entry is on this device, as the page shows it. */
export type ModelState = {
  key: ModelKey;
  id: string;
  title: string;
  task: ModelTask;
  engine: ModelEngine;
  licence: { name: string; url?: string; mustAccept?: true };
  languages?: string[];
  parameters: number;
  trust?: ModelTrust;
  /** The dtype that would be used here; absent where this device cannot run the model. */
  dtype?: ModelDtype;
  /** To be downloaded in all, for this device; undefined until the hub was asked. */
  downloadBytes?: number;
  /** On disk now, whole or in part. */
  storedBytes: number;
  memoryBytes: number;
  phase: ModelPhase;
  /** Present while `downloading` or `paused`. */
  progress?: { loadedBytes: number; totalBytes: number; bytesPerSecond?: number; secondsLeft?: number };
  /** Where its files come from: this server, the hub, or files the person gave. */
  source?: 'same-origin' | 'hub' | 'files';
  /** The person chose it for its task. */
  isChosen: boolean;
  /** Present when `ready`: how it runs and what was measured here at the last start. */
  running?: { profile: EngineProfile; speed: { value: number; unit: 'passages/s' | 'tokens/s' | 'pairs/s' }; loadMs: number };
  /** For a chosen embedder: passages with its vectors of all; search by it begins when they are equal. */
  indexed?: { done: number; total: number };
  /** What was tried on this device and given up, last first. */
  attempts?: { profile: EngineProfile; reason: string }[];
  error?: WireError;
};
