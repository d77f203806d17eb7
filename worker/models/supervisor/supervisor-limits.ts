import type { TextRequest } from '#core/generate/text-model.ts';
import type { EngineProfile } from '#core/device/engine-profile.ts';
import type { ModelManifest } from '#core/models/model-manifest.ts';
import type { ModelCalls, ModelMethod } from './model-worker-protocol.ts';

/** How long a model worker may say nothing before it counts as hanging. Wide: a busy machine is slow, and a restart costs seconds. */
export type SupervisorLimits = {
  loadMs: number;
  loadMsPerMb: number;
  verifyMs: number;
  measureMs: number;
  /** For any call, before what its items take. */
  callMs: number;
  /** A text or pair may take this many times as long as was measured. */
  slack: number;
  firstTokenMs: number;
  /** More, for every thousand characters of a prompt. */
  firstTokenMsPerK: number;
  tokenMs: number;
  /** From a stop to the end of a worker that does not heed it. */
  hardStopMs: number;
  /** A limit that was passed is looked at again after this long: a machine that slept wakes to timers first, then to messages. */
  graceMs: number;
};

export const defaultLimits: SupervisorLimits = {
  loadMs: 30_000,
  loadMsPerMb: 200,
  verifyMs: 60_000,
  measureMs: 60_000,
  callMs: 10_000,
  slack: 20,
  firstTokenMs: 30_000,
  firstTokenMsPerK: 25_000,
  tokenMs: 20_000,
  hardStopMs: 2_000,
  graceMs: 500,
};

/** For loading a profile: grows with the bytes that must be read and copied. */
export function loadLimitMs({ loadMs, loadMsPerMb }: SupervisorLimits, { files, variants }: ModelManifest, { dtype }: EngineProfile): number {
  const ofOthers = new Set(variants.filter((variant) => variant.dtype !== dtype).flatMap((variant) => variant.files));
  const bytes = files.filter(({ path }) => !ofOthers.has(path)).reduce((sum, file) => sum + file.bytes, 0);
  return loadMs + (loadMsPerMb * bytes) / 1e6;
}

/** For a call: grows with its texts, by the speed measured (items a second). */
export function callLimitMs<Method extends ModelMethod>({ callMs, slack }: SupervisorLimits, method: Method, args: ModelCalls[Method]['args'], speed: number): number {
  const items = [...args].reduce<number>((sum, arg) => sum + (Array.isArray(arg) ? arg.length : 0), 1);
  const itemMs = method === 'countTokens' ? 0 : Math.min(10_000, Math.max(200, (slack * 1000) / Math.max(speed, 1e-3)));
  return callMs + items * itemMs;
}

/** Until the first token: grows with the prompt. */
export function promptLimitMs({ firstTokenMs, firstTokenMsPerK }: SupervisorLimits, { messages, prefix = '' }: TextRequest): number {
  const characters = messages.reduce((sum, { content }) => sum + content.length, prefix.length);
  return firstTokenMs + (firstTokenMsPerK * characters) / 1000;
}
