import type { KernelKind } from './vector-kernel.ts';

/** A query as the kernel reads it: value d is about `step` times the stored whole number (less 64 where it is biased). */
export type KernelQuery = { bytes: Uint8Array; step: number };

const relaxedSteps = 63;

// The portable kernel multiplies by int16, so the query may be as fine as the int32 sum of a whole row allows.
function portableStepsOf(paddedDims: number): number {
  return Math.min(32_767, Math.floor((2 ** 31 - 1) / (128 * paddedDims)));
}

/**
 * Quantises a query of length one, padded with zeros: int16 values for the portable kernel; bytes in 1..127, biased by 64,
 * for the relaxed one, whose second operand is 7 bits wide on some processors.
 */
export function quantizeQuery(kind: KernelKind, unit: Float32Array, paddedDims: number): KernelQuery {
  const largest = unit.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const steps = kind === 'relaxed' ? relaxedSteps : portableStepsOf(paddedDims);
  const factor = steps / largest;
  if (kind === 'relaxed') {
    const bytes = new Uint8Array(paddedDims).fill(64);
    for (const [d, value] of unit.entries()) bytes[d] = Math.round(value * factor) + 64;
    return { bytes, step: largest / steps };
  }
  const values = new Int16Array(paddedDims);
  for (const [d, value] of unit.entries()) values[d] = Math.round(value * factor);
  return { bytes: new Uint8Array(values.buffer), step: largest / steps };
}
