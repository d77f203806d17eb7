import type { EngineProfile } from '#core/device/engine-profile.ts';
import { AppError } from '#core/errors/app-error.ts';
import type { ModelManifest } from '#core/models/model-manifest.ts';
import type { ModelStart } from '../model-service.ts';
import { acceptNumbers } from './accept-numbers.ts';
import type { Clock } from './clock.ts';
import { loadLimitMs, type SupervisorLimits } from './supervisor-limits.ts';
import type { WorkerSession } from './worker-session.ts';

/** A session that was loaded, compared with golden numbers and timed. `speed`: passages, pairs or tokens a second. */
export type Running = { session: WorkerSession; profile: EngineProfile; speed: number; loadMs: number; worst?: number };

export type SessionStart = { start: ModelStart; manifest: ModelManifest; limits: SupervisorLimits; clock: Clock; knownSpeed?: number | undefined };

/** Brings a new session into service. `knownSpeed` spares the timing. Rejects with why this profile cannot be used; the caller ends the session. */
export async function startSession(session: WorkerSession, { start, manifest, limits, clock, knownSpeed }: SessionStart): Promise<Running> {
  const { profile } = start;
  const begun = clock.now();
  await session.request({ kind: 'load', start }, loadLimitMs(limits, manifest, profile));
  const loadMs = clock.now() - begun;
  const worst = (await session.request({ kind: 'verify' }, limits.verifyMs)) as number | undefined;
  acceptNumbers(manifest.task, profile.dtype, worst);
  const speed = knownSpeed ?? ((await session.request({ kind: 'measure' }, limits.measureMs)) as number);
  if (!(speed > 0) || !Number.isFinite(speed)) throw new AppError('model/failed', `the model's speed was measured as ${speed}`);
  return { session, profile, speed, loadMs, ...(worst !== undefined && { worst }) };
}
