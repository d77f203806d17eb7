import { AppError } from '../errors/app-error.ts';
import type { DevicePlan } from './device-plan.ts';

/** The named error of a plan without profiles: for want of memory where that is all that is wanting somewhere, else because the device cannot. */
export function refusalError({ refused }: DevicePlan): AppError {
  const memory = refused.find((refusal) => refusal.reason === 'memory');
  if (memory?.reason === 'memory') {
    const { neededBytes, availableBytes } = memory;
    return new AppError('model/out-of-memory', 'the model needs more memory than this device can give it', { detail: { neededBytes, availableBytes } });
  }
  const reasons = [...new Set(refused.map(({ device, reason }) => `${device} ${reason}`))].join(', ');
  return new AppError('model/unsupported', `this device cannot run the model: ${reasons}`, { detail: { reason: refused[0]?.reason ?? 'no-gpu' } });
}
