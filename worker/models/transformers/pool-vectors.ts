import type { Profile } from '#core/segment/profile.ts';

/** Hidden states of one run, row-major: row, token, dimension. */
export type HiddenStates = { values: Float32Array; tokens: number; dims: number };

/**
 * The unit vector of one row of a run: the mean over its own tokens, special tokens included (Reimers and Gurevych,
 * Sentence-BERT, 2019), or its first token. Padding after `length` tokens counts for nothing. Written to `into` at `offset`.
 */
export function poolRow(
  { values, tokens, dims }: HiddenStates, { row, length, pooling }: { row: number; length: number; pooling: Profile['pooling'] },
  into: Float32Array, offset: number,
): void {
  const counted = pooling === 'cls' ? 1 : length;
  const start = row * tokens * dims;
  const sum = new Float64Array(dims);
  for (let token = 0; token < counted; token++) {
    const at = start + token * dims;
    for (let d = 0; d < dims; d++) sum[d]! += values[at + d]!;
  }
  let squares = 0;
  for (const value of sum) squares += value * value;
  const scale = squares > 0 ? 1 / Math.sqrt(squares) : 0;
  for (let d = 0; d < dims; d++) into[offset + d] = sum[d]! * scale;
}
