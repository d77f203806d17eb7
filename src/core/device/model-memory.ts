import type { DeviceProbe, EngineProfile } from './engine-profile.ts';

const gib = 2 ** 30;
/** What a browser reports at most in older versions: "this much or more". */
const reportedCapGb = 8;
/** Of the device's memory, for one model: the rest is the system's, the browser's and the documents'. */
const share = 0.3;
/** WASM addresses 4 GiB, and the model's bytes lie in it twice while it is loaded. */
const wasmCapBytes = 2.5 * gib;

/** The bytes one model may take here; infinite where nothing is known that speaks against it. */
export function availableModelBytes({ memoryGb }: Pick<DeviceProbe, 'memoryGb'>, device: EngineProfile['device']): number {
  const ofDevice = memoryGb === undefined || memoryGb >= reportedCapGb ? Number.POSITIVE_INFINITY : memoryGb * gib * share;
  return device === 'wasm' ? Math.min(ofDevice, wasmCapBytes) : ofDevice;
}
