import type { DeviceProbe, EngineProfile } from '#core/device/engine-profile.ts';
import type { ModelsState } from '#core/engine/engine-api.ts';
import type { ModelState } from '#core/models/model-state.ts';
import { t } from '../../messages/t.ts';
import { formatBytes } from '../../ui/format.ts';

/** English words of one token, on average, as people count speed. */
const wordsPerToken = 0.75;

/** "8 cores, no WebGPU" */
export function hardwareWords({ cores, gpu }: Pick<DeviceProbe, 'cores' | 'gpu'>): string {
  return `${t('models.cores', { count: cores })}, ${gpuWords(gpu)}`;
}

function gpuWords(gpu: DeviceProbe['gpu']): string {
  if (!gpu) return t('models.no-webgpu');
  if (gpu.isFallback) return t('models.webgpu-fallback');
  return t(gpu.f16 ? 'models.webgpu-f16' : 'models.webgpu');
}

/** "on the processor, 2 threads" */
export function placeOfProfile({ device, threads }: Pick<EngineProfile, 'device' | 'threads'>): string {
  if (device === 'browser') return t('models.on-browser');
  return device === 'webgpu' ? t('models.on-gpu') : t('models.on-cpu', { count: threads });
}

/** A device as answers and searches name it: `wasm` and `webgpu` in words, anything else as it is. */
export function deviceNameWords(device: string): string {
  if (device === 'webgpu') return t('models.on-gpu');
  return device === 'wasm' ? t('models.on-cpu-plain') : device;
}

/** What this device does now and what it takes for more, in one plain line. */
export function deviceVerdict({ device, models }: ModelsState): string {
  if (!device) return t('models.device-probing');
  const now = t('models.verdict-now');
  return t('models.verdict', { hardware: hardwareWords(device), now: writingVerdict(models.filter(({ task }) => task === 'generate'), now) });
}

function writingVerdict(writers: readonly ModelState[], now: string): string {
  const chosen = writers.find(({ isChosen }) => isChosen);
  if (chosen?.phase === 'ready' && chosen.running) return t('models.verdict-writes', { now, title: chosen.title, count: wordsASecond(chosen) ?? 0 });
  if (chosen?.phase === 'starting' || chosen?.phase === 'installed') return t('models.verdict-starting', { now, title: chosen.title });
  if (chosen?.phase === 'failed') return t('models.verdict-failed', { now, title: chosen.title });
  const here = writers.find(({ phase }) => phase === 'installed' || phase === 'ready');
  if (here) return t('models.verdict-installed', { now, title: here.title });
  const coming = writers.find(({ phase }) => phase === 'downloading' || phase === 'checking');
  if (coming) return t('models.verdict-downloading', { now, title: coming.title });
  return neededVerdict(writers, now);
}

/** The smallest model that would write here. */
function neededVerdict(writers: readonly ModelState[], now: string): string {
  const runnable = writers.filter(({ dtype }) => dtype !== undefined);
  if (runnable.length === 0) return t('models.verdict-none', { now });
  const sized = runnable.filter(({ downloadBytes }) => downloadBytes !== undefined).sort((a, b) => (a.downloadBytes ?? 0) - (b.downloadBytes ?? 0));
  const smallest = sized[0];
  if (!smallest) return t('models.verdict-some', { now });
  const size = formatBytes(smallest.downloadBytes ?? 0);
  const count = wordsASecond(smallest);
  return count === undefined ? t('models.verdict-needs', { now, size }) : t('models.verdict-needs-measured', { now, size, count });
}

/** As measured here; undefined where it was not. */
function wordsASecond({ running }: ModelState): number | undefined {
  if (running?.speed.unit !== 'tokens/s') return undefined;
  const words = running.speed.value * wordsPerToken;
  return words < 10 ? Math.max(0.1, Math.round(words * 10) / 10) : Math.round(words);
}
