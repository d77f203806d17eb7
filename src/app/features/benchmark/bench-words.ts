import type { BenchGoal, BenchRow } from '#core/bench/bench-protocol.ts';
import { t, type MessageKey } from '../../messages/t.ts';
import { formatLocale } from '../../ui/format.ts';

const groupKeys = new Map<string, MessageKey>([
  ['ingest', 'bench.group-ingest'], ['memory', 'bench.group-memory'], ['query', 'bench.group-query'], ['reopen', 'bench.group-reopen'], ['vectors', 'bench.group-vectors'],
]);

/** A group of benchmarks in plain words. */
export function groupWords(group: string): string {
  const key = groupKeys.get(group);
  return key === undefined ? group : t(key);
}

const unitKeys = new Map<string, MessageKey>([
  ['ms', 'bench.unit-ms'], ['bytes', 'bench.unit-bytes'], ['passages/s', 'bench.unit-passages'], ['MB/s', 'bench.unit-megabytes'], ['ratio', 'bench.unit-ratio'], ['share', 'bench.unit-share'],
]);

/** A figure with its unit: "21.4 ms", "99.8 %". Four significant digits. */
export function figureWords(value: number, unit: string): string {
  const shown = unit === 'share' ? value * 100 : value;
  const figure = new Intl.NumberFormat(formatLocale(), { maximumSignificantDigits: 4 }).format(shown);
  const key = unitKeys.get(unit);
  return key === undefined ? `${figure} ${unit}` : t(key, { figure });
}

/** What a row is meant to reach: "median at least 1,000 passages a second". */
export function goalWords({ of, atMost, atLeast }: BenchGoal, unit: string): string {
  const name = t(of === 'median' ? 'bench.of-median' : 'bench.of-p95');
  if (atMost !== undefined) return t('bench.goal-at-most', { of: name, limit: figureWords(atMost, unit) });
  return t('bench.goal-at-least', { of: name, limit: figureWords(atLeast ?? 0, unit) });
}

/** "met" or "missed"; nothing where there is no goal. */
export function metWords({ goal }: BenchRow): string | undefined {
  return goal && t(goal.met ? 'bench.met' : 'bench.missed');
}
