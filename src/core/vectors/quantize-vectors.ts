import { AppError } from '../errors/app-error.ts';
import type { VectorRows } from './vector-index.ts';

/** Largest dimension of a vector that is accepted anywhere. */
export const maxDims = 4096;

/** Rows are padded with zeros to a multiple of this many values, the width of a SIMD register. */
export function paddedDimsOf(dims: number): number {
  return Math.ceil(dims / 16) * 16;
}

/** Errors: `vectors/invalid` unless `dims` is a whole number from 1 to `maxDims`. */
export function assertDims(dims: number): void {
  if (Number.isInteger(dims) && dims >= 1 && dims <= maxDims) return;
  throw new AppError('vectors/invalid', `dimension ${dims} is not supported`, { detail: { dims } });
}

/** Largest absolute value and Euclidean norm of one row. Errors: `vectors/invalid` for NaN and infinity. */
function measureRow(vectors: Float32Array, offset: number, dims: number): { largest: number; norm: number } {
  let largest = 0;
  let squares = 0;
  for (let d = 0; d < dims; d++) {
    const value = vectors[offset + d]!;
    largest = Math.max(largest, Math.abs(value));
    squares += value * value;
  }
  if (!Number.isFinite(squares)) throw new AppError('vectors/invalid', 'a vector holds NaN or an infinite value');
  return { largest, norm: Math.sqrt(squares) };
}

const clampToInt8 = (value: number): number => Math.max(-127, Math.min(127, Math.round(value)));

/**
 * Row-major float32 vectors, each normalised to length one, as two int8 planes with one scale a row:
 * value = scale * (high + low / 254), scale = largest absolute value / 127, both planes in -127..127, so the error of a
 * value is at most scale / 508. A zero vector has scale 0. Errors: `vectors/invalid`.
 */
export function quantizeVectors(vectors: Float32Array, dims: number): VectorRows {
  assertDims(dims);
  const rows = vectors.length / dims;
  if (!Number.isInteger(rows)) throw new AppError('vectors/invalid', `${vectors.length} values are no rows of ${dims}`);
  const paddedDims = paddedDimsOf(dims);
  const high = new Int8Array(rows * paddedDims);
  const low = new Int8Array(rows * paddedDims);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const { largest, norm } = measureRow(vectors, row * dims, dims);
    if (norm === 0) continue;
    scales[row] = largest / norm / 127;
    const factor = 1 / (norm * scales[row]!);
    for (let d = 0; d < dims; d++) {
      const steps = vectors[row * dims + d]! * factor;
      const whole = clampToInt8(steps);
      high[row * paddedDims + d] = whole;
      low[row * paddedDims + d] = clampToInt8((steps - whole) * 254);
    }
  }
  return { dims, rows, high, low, scales };
}

/** The float32 values of one row. */
export function dequantizeRow(rows: VectorRows, row: number): Float32Array {
  const start = row * paddedDimsOf(rows.dims);
  const scale = rows.scales[row]!;
  return Float32Array.from({ length: rows.dims }, (_, d) => scale * (rows.high[start + d]! + rows.low[start + d]! / 254));
}
