import type { Embedder } from './embedder.ts';

/** The lowest cosine between a canary's vector and what the embedder gives for its text now, and that canary's text. */
export type CanaryCheck = { minCosine: number; worstText: string | undefined };

function cosineAt(vectors: Float32Array, offset: number, expected: readonly number[]): number {
  let product = 0;
  let squaresOfActual = 0;
  let squaresOfExpected = 0;
  for (const [d, value] of expected.entries()) {
    const actual = vectors[offset + d]!;
    product += actual * value;
    squaresOfActual += actual * actual;
    squaresOfExpected += value * value;
  }
  if (squaresOfActual === 0 && squaresOfExpected === 0) return 1;
  const cosine = product / Math.sqrt(squaresOfActual * squaresOfExpected);
  return Number.isFinite(cosine) ? cosine : -1;
}

/**
 * Embeds the canaries of the embedder's profile, one text at a time, and compares. Two zero vectors agree; a zero vector
 * or a number that is not finite on one side only counts as -1. A profile without canaries gives 1.
 */
export async function checkCanaries(embedder: Embedder, signal?: AbortSignal): Promise<CanaryCheck> {
  const check: CanaryCheck = { minCosine: 1, worstText: undefined };
  for (const { text, vector } of embedder.profile.canaries) {
    const actual = await embedder.embedPassages([text], signal);
    const cosine = actual.length === vector.length ? cosineAt(actual, 0, vector) : -1;
    if (cosine >= check.minCosine) continue;
    check.minCosine = cosine;
    check.worstText = text;
  }
  return check;
}
