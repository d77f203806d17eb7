import { createRandom } from '#core/vectors/seeded-random.ts';

/**
 * The value below which the share `p` (0 to 1) of the values lies, interpolated between neighbours (type 7 of Hyndman and
 * Fan, "Sample Quantiles in Statistical Packages", 1996). NaN for no values.
 */
export function quantile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * p;
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? Number.NaN;
  return below + (above - below) * (place - Math.floor(place));
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/**
 * The percentile bootstrap interval (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993) that holds a
 * statistic with the given confidence: the statistic of `resamples` random samples drawn with replacement. The same values
 * and seed give the same interval.
 */
export function bootstrapInterval(
  values: readonly number[], statistic: (values: readonly number[]) => number,
  { confidence = 0.95, resamples = 1000, seed = 1 } = {},
): [low: number, high: number] {
  const random = createRandom(seed);
  const statistics = Array.from({ length: resamples }, () =>
    statistic(values.map(() => values[Math.floor(random() * values.length)]!)),
  );
  const tail = (1 - confidence) / 2;
  return [quantile(statistics, tail), quantile(statistics, 1 - tail)];
}
