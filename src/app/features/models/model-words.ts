import type { ModelsState } from '#core/engine/engine-api.ts';
import type { ModelState } from '#core/models/model-state.ts';
import { t, type MessageKey } from '../../messages/t.ts';
import { formatBytes, formatDuration, formatLocale } from '../../ui/format.ts';
import { placeOfProfile } from './device-words.ts';

type Device = ModelsState['device'];

/** Whether a model can be had and run here. Before the device was probed nothing is known against it. */
export function isRunnable({ dtype }: Pick<ModelState, 'dtype'>, device: Device): boolean {
  return dtype !== undefined || device === undefined;
}

/** Whether a model can be had and run here, and this server lets it be asked for where it lies. */
export function canBeInstalled(model: Pick<ModelState, 'dtype' | 'source'>, { device, canAskHub }: ModelsState): boolean {
  return isRunnable(model, device) && (model.source !== 'hub' || canAskHub);
}

/** How a model stands, in a word or two. */
export function stateWords(model: ModelState, device: Device): string {
  if (model.phase === 'available' && !isRunnable(model, device)) return t('models.state-not-here');
  if (model.phase === 'ready') {
    const state = model.running ? t('models.state-running-on', { place: placeOfProfile(model.running.profile) }) : t('models.state-running');
    return model.isChosen ? t(isIndexed(model) ? 'models.state-in-use' : 'models.state-chosen', { state }) : state;
  }
  const state = t(`models.state-${model.phase}`);
  return model.isChosen && model.phase === 'installed' ? t('models.state-chosen', { state }) : state;
}

/** Whether search by a model's vectors has begun: all passages have one. */
export function isIndexed({ indexed }: Pick<ModelState, 'indexed'>): boolean {
  return indexed === undefined || indexed.done >= indexed.total;
}

/** What a model does, and for those that write, what can be trusted of it. */
export function aboutWords({ task, trust, languages }: ModelState): string {
  if (task === 'generate') return t(`models.trust-${trust ?? 'small'}`);
  if (task === 'rerank') return t('models.about-rerank');
  return t(languages === undefined || languages.length > 1 ? 'models.about-embed-many' : 'models.about-embed');
}

/** Why this device cannot run a model. */
export function notHereWords({ engine }: Pick<ModelState, 'engine'>, device: Device): string {
  return t('models.not-here', { reason: t(notHereKey(engine, device)) });
}

function notHereKey(engine: ModelState['engine'], device: Device): MessageKey {
  if (engine === 'browser') return 'models.needs-browser-model';
  if (!device?.gpu) return 'models.needs-webgpu';
  if (device.gpu.isFallback) return 'models.needs-real-gpu';
  return device.gpu.f16 ? 'models.needs-other' : 'models.needs-f16';
}

const sourceKeys = { 'same-origin': 'models.from-same-origin', hub: 'models.from-hub', files: 'models.from-files' } as const;

/** Where a model's files come from, with a full stop. */
export function sourceWords({ source }: Pick<ModelState, 'source'>): string {
  return source === undefined ? '' : t(sourceKeys[source]);
}

const speedKeys = { 'passages/s': 'models.speed-passages', 'tokens/s': 'models.speed-tokens', 'pairs/s': 'models.speed-pairs' } as const;

/** "61 passages/s", as measured at the last start. */
export function speedWords({ running }: Pick<ModelState, 'running'>): string {
  if (!running) return t('models.not-measured');
  const { value, unit } = running.speed;
  return t(speedKeys[unit], { figure: new Intl.NumberFormat(formatLocale(), { maximumFractionDigits: value < 10 ? 1 : 0 }).format(value) });
}

/** "English", "English, German", "many" */
export function languageWords(languages: readonly string[] | undefined): string {
  if (languages === undefined) return t('models.languages-many');
  const names = new Intl.DisplayNames(formatLocale(), { type: 'language' });
  return new Intl.ListFormat(formatLocale(), { type: 'unit' }).format(languages.map((tag) => names.of(tag) ?? tag));
}

/** "135 million", "1.7 billion" */
export function parameterWords(parameters: number): string {
  return new Intl.NumberFormat(formatLocale(), { notation: 'compact', compactDisplay: 'long', maximumSignificantDigits: parameters >= 1e9 ? 2 : 3 }).format(parameters);
}

/** "31 of 127 MB", the first in the unit of the second, so that the text keeps its width. */
export function loadedWords(loadedBytes: number, totalBytes: number): string {
  const total = formatBytes(totalBytes);
  const unit = { B: 1, KB: 1e3, MB: 1e6, GB: 1e9, TB: 1e12 }[total.split(' ').at(-1) ?? 'B'] ?? 1;
  const digits = unit >= 1e6 && totalBytes / unit < 100 ? 1 : 0;
  const loaded = new Intl.NumberFormat(formatLocale(), { minimumFractionDigits: digits, maximumFractionDigits: digits }).format(loadedBytes / unit);
  return t('models.progress-of', { loaded, total });
}

/** "4.2 MB/s · 20 s left"; empty while nothing is known. */
export function rateWords({ bytesPerSecond, secondsLeft }: NonNullable<ModelState['progress']>): string {
  const rate = bytesPerSecond === undefined ? undefined : t('models.rate', { size: formatBytes(bytesPerSecond) });
  const left = secondsLeft === undefined ? undefined : t('models.left', { time: formatDuration(Math.max(1, Math.round(secondsLeft)) * 1000) });
  return [rate, left].filter((part) => part !== undefined).join(' · ');
}
