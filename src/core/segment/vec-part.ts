import { AppError } from '../errors/app-error.ts';
import type { ProfileId } from '../ids.ts';
import { maxDims, paddedDimsOf, quantizeVectors } from '../vectors/quantize-vectors.ts';
import type { VectorRows } from '../vectors/vector-index.ts';

/** An opened `vec` part. Its planes are views of the bytes it was opened from. */
export type VecPart = VectorRows & { profile: ProfileId };

// Header, little-endian: magic "AVEC", u16 version, u16 header bytes, u32 dims, u32 paddedDims, u32 rows, 12 zero bytes,
// 32 bytes profile id. Then scales (float32, zeros up to a multiple of 16 bytes), high plane, low plane.
const magic = 0x43455641;
const version = 1;
const headerBytes = 64;
const profileOffset = 32;

const scaleBytesOf = (rows: number): number => Math.ceil((rows * 4) / 16) * 16;
const partBytesOf = (rows: number, paddedDims: number): number => headerBytes + scaleBytesOf(rows) + 2 * rows * paddedDims;

function corrupt(message: string): AppError {
  return new AppError('segment/corrupt', `vec part: ${message}`);
}

function writeHeader(bytes: Uint8Array, dims: number, rows: number, profile: ProfileId): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  view.setUint32(0, magic, true);
  view.setUint16(4, version, true);
  view.setUint16(6, headerBytes, true);
  view.setUint32(8, dims, true);
  view.setUint32(12, paddedDimsOf(dims), true);
  view.setUint32(16, rows, true);
  if (!/^[0-9a-f]{64}$/.test(profile)) throw new AppError('invalid-input', 'a profile id is 64 lowercase hex digits');
  for (let i = 0; i < 32; i++) bytes[profileOffset + i] = Number.parseInt(profile.slice(2 * i, 2 * i + 2), 16);
}

/** Views of scales and planes. Scales that do not lie on a multiple of four bytes are copied. */
function viewsOf(bytes: Uint8Array, dims: number, rows: number): VectorRows {
  const planeBytes = rows * paddedDimsOf(dims);
  const scalesStart = bytes.byteOffset + headerBytes;
  const scales =
    scalesStart % 4 === 0
      ? new Float32Array(bytes.buffer, scalesStart, rows)
      : new Float32Array(bytes.slice(headerBytes, headerBytes + rows * 4).buffer);
  const highStart = scalesStart + scaleBytesOf(rows);
  const high = new Int8Array(bytes.buffer, highStart, planeBytes);
  const low = new Int8Array(bytes.buffer, highStart + planeBytes, planeBytes);
  return { dims, rows, high, low, scales };
}

function createPart(dims: number, rows: number, profile: ProfileId): { bytes: Uint8Array<ArrayBuffer>; views: VectorRows } {
  const bytes = new Uint8Array(partBytesOf(rows, paddedDimsOf(dims)));
  writeHeader(bytes, dims, rows, profile);
  return { bytes, views: viewsOf(bytes, dims, rows) };
}

/**
 * The `vec` part of row-major float32 vectors; each is normalised and quantised as `quantizeVectors` says. Equal input
 * gives equal bytes. Errors: `vectors/invalid`, `invalid-input` for a profile id that is none.
 */
export function encodeVecPart(vectors: Float32Array, dims: number, profile: ProfileId): Uint8Array<ArrayBuffer> {
  const rows = quantizeVectors(vectors, dims);
  const { bytes, views } = createPart(dims, rows.rows, profile);
  views.scales.set(rows.scales);
  views.high.set(rows.high);
  views.low.set(rows.low);
  return bytes;
}

/**
 * Opens a `vec` part without copying its planes. Errors: `segment/corrupt` when the bytes are not such a part, or not one
 * of `expected`; `version-not-supported` for a newer version.
 */
export function openVecPart(bytes: Uint8Array, expected: { profile?: ProfileId; rows?: number } = {}): VecPart {
  if (bytes.length < headerBytes) throw corrupt('too short');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== magic) throw corrupt('wrong magic');
  if (view.getUint16(4, true) !== version) throw new AppError('version-not-supported', 'vec part: unknown version');
  const dims = view.getUint32(8, true);
  const paddedDims = view.getUint32(12, true);
  const rows = view.getUint32(16, true);
  if (view.getUint16(6, true) !== headerBytes || dims < 1 || dims > maxDims || paddedDims !== paddedDimsOf(dims))
    throw corrupt('impossible header');
  if (bytes.length !== partBytesOf(rows, paddedDims)) throw corrupt('wrong length');
  const hex = Array.from(bytes.subarray(profileOffset, headerBytes), (byte) => byte.toString(16).padStart(2, '0'));
  const profile = hex.join('') as ProfileId;
  if (expected.profile !== undefined && expected.profile !== profile) throw corrupt('another profile');
  if (expected.rows !== undefined && expected.rows !== rows) throw corrupt(`${rows} rows, expected ${expected.rows}`);
  const views = viewsOf(bytes, dims, rows);
  // Written so that NaN fails too.
  if (!views.scales.every((scale) => scale >= 0 && scale <= 1)) throw corrupt('a scale is not a number in 0..1');
  return { ...views, profile };
}

/**
 * One part of the rows `keepRows[i]` of each part `i`, in that order, bytes copied and never quantised anew. Errors:
 * `invalid-input` when the parts have several profiles, or there is none to take the profile from.
 */
export function mergeVecParts(parts: readonly VecPart[], keepRows: readonly ArrayLike<number>[]): Uint8Array<ArrayBuffer> {
  const [first] = parts;
  if (first === undefined || keepRows.length !== parts.length) throw new AppError('invalid-input', 'vec parts: none to merge');
  if (parts.some((part) => part.profile !== first.profile || part.dims !== first.dims))
    throw new AppError('invalid-input', 'vec parts of different profiles cannot be merged');
  const total = keepRows.reduce((sum, rows) => sum + rows.length, 0);
  const { bytes, views } = createPart(first.dims, total, first.profile);
  const paddedDims = paddedDimsOf(first.dims);
  let target = 0;
  for (const [i, part] of parts.entries()) {
    for (const row of Array.from(keepRows[i]!)) {
      if (!(row >= 0 && row < part.rows)) throw new AppError('invalid-input', `vec part has no row ${row}`);
      const start = row * paddedDims;
      views.scales[target] = part.scales[row]!;
      views.high.set(part.high.subarray(start, start + paddedDims), target * paddedDims);
      views.low.set(part.low.subarray(start, start + paddedDims), target * paddedDims);
      target++;
    }
  }
  return bytes;
}
