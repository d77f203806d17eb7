import { AppError } from '#core/errors/app-error.ts';
import type { Canary } from '#core/segment/profile.ts';

type EmbedOne = (text: string) => Promise<Float32Array>;

const related = ['A cat sleeps on the sofa.', 'The cat is asleep on the couch.'] as const;
const unrelated = 'Quarterly revenue rose by four percent after the merger.';
const normTolerance = 1e-3;

/** The lowest cosine between canaries' vectors and what the model gives for their texts now; -1 for numbers that are none. */
export async function lowestCosine(canaries: readonly Canary[], embedOne: EmbedOne): Promise<number> {
  let lowest = 1;
  for (const { text, vector } of canaries) lowest = Math.min(lowest, cosine(await embedOne(text), vector));
  return lowest;
}

/**
 * For models of which no vectors were published: unit vectors of finite numbers, and two sentences that say the same
 * closer to each other than to a third. Errors: `model/wrong-numbers`.
 */
export async function assertSaneVectors(embedOne: EmbedOne): Promise<void> {
  const first = await embedOne(related[0]);
  const second = await embedOne(related[1]);
  const third = await embedOne(unrelated);
  const isUnit = [first, second, third].every((vector) => Math.abs(Math.hypot(...vector) - 1) < normTolerance);
  if (!isUnit) throw new AppError('model/wrong-numbers', 'vectors are not of unit length');
  const near = cosine(first, second);
  const far = Math.max(cosine(first, third), cosine(second, third));
  if (near <= far) throw new AppError('model/wrong-numbers', `sentences that say the same are at ${near}, others at ${far}`);
}

function cosine(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return -1;
  let product = 0;
  let squares = 0;
  let otherSquares = 0;
  for (let d = 0; d < expected.length; d++) {
    const [a, b] = [actual[d]!, expected[d]!];
    product += a * b;
    squares += a * a;
    otherSquares += b * b;
  }
  const value = product / Math.sqrt(squares * otherSquares);
  return Number.isFinite(value) ? value : -1;
}
