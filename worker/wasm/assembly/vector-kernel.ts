// The vector kernel, compiled twice: with the relaxed dot product and without. It knows rows only as memory: the caller
// lays them out (src/core/vectors/wasm-vector-index.ts). A row is `bytes` int8 values, a multiple of 16, padded with zeros.

// The best rows so far: a binary heap whose root is the worst of them, scores and rows in two arrays.
let heapScores: usize = 0;
let heapRows: usize = 0;
let capacity: i32 = 0;
let count: i32 = 0;
// A row enters only above this: the root's score once the heap is full. NaN never enters, so a deleted row has scale NaN.
let threshold: f32 = -Infinity;

/** Starts a search for the best `rows` rows, kept at `heap`: that many float32 scores, then that many uint32 rows. */
export function begin(heap: usize, rows: i32): void {
  heapScores = heap;
  heapRows = heap + (<usize>rows << 2);
  capacity = rows;
  count = 0;
  threshold = -Infinity;
}

/** How many rows the heap holds, in no order. */
export function found(): i32 {
  return count;
}

@inline
function scoreAt(i: i32): f32 {
  return load<f32>(heapScores + (<usize>i << 2));
}

@inline
function rowAt(i: i32): u32 {
  return load<u32>(heapRows + (<usize>i << 2));
}

@inline
function put(i: i32, score: f32, row: u32): void {
  store<f32>(heapScores + (<usize>i << 2), score);
  store<u32>(heapRows + (<usize>i << 2), row);
}

/** Lower score is worse; of equal scores the higher row. */
@inline
function isWorse(score: f32, row: u32, otherScore: f32, otherRow: u32): bool {
  return score < otherScore || (score == otherScore && row > otherRow);
}

function siftUp(score: f32, row: u32): void {
  let at = count++;
  while (at > 0) {
    const parent = (at - 1) >> 1;
    if (!isWorse(score, row, scoreAt(parent), rowAt(parent))) break;
    put(at, scoreAt(parent), rowAt(parent));
    at = parent;
  }
  put(at, score, row);
}

function replaceRoot(score: f32, row: u32): void {
  let at = 0;
  while (true) {
    let child = 2 * at + 1;
    if (child >= count) break;
    if (child + 1 < count && isWorse(scoreAt(child + 1), rowAt(child + 1), scoreAt(child), rowAt(child))) child++;
    if (!isWorse(scoreAt(child), rowAt(child), score, row)) break;
    put(at, scoreAt(child), rowAt(child));
    at = child;
  }
  put(at, score, row);
}

function push(score: f32, row: u32): void {
  if (count < capacity) siftUp(score, row);
  else replaceRoot(score, row);
  if (count == capacity) threshold = scoreAt(0);
}

@inline
function sumOfLanes(lanes: v128): i32 {
  return (
    i32x4.extract_lane(lanes, 0) + i32x4.extract_lane(lanes, 1) + i32x4.extract_lane(lanes, 2) + i32x4.extract_lane(lanes, 3)
  );
}

/** 16 row bytes by 16 int16 query values. */
@inline
function portableStep(row: usize, query: usize): v128 {
  return i32x4.add(
    i32x4.dot_i16x8_s(v128.load_ext<i8>(row), v128.load(query)),
    i32x4.dot_i16x8_s(v128.load_ext<i8>(row, 8), v128.load(query, 16)),
  );
}

/** 16 row bytes by 16 query bytes in 1..127. Two products of 127 * 127 fit int16, so every engine gives this integer. */
@inline
function relaxedStep(row: usize, query: usize): v128 {
  return i32x4.dot_i16x8_s(v128.relaxed_dot<i16>(v128.load(row), v128.load(query)), i16x8.splat(1));
}

@inline
function step(row: usize, query: usize, offset: usize): v128 {
  if (ASC_FEATURE_RELAXED_SIMD) return relaxedStep(row + offset, query + offset);
  return portableStep(row + offset, query + (offset << 1));
}

// Four sums of their own, so that the additions of one 64-byte step do not wait for each other.
@inline
function dot(row: usize, query: usize, bytes: usize): i32 {
  let a = i32x4.splat(0);
  let b = i32x4.splat(0);
  let c = i32x4.splat(0);
  let d = i32x4.splat(0);
  let i: usize = 0;
  for (const end = bytes & ~63; i < end; i += 64) {
    a = i32x4.add(a, step(row, query, i));
    b = i32x4.add(b, step(row, query, i + 16));
    c = i32x4.add(c, step(row, query, i + 32));
    d = i32x4.add(d, step(row, query, i + 48));
  }
  for (; i < bytes; i += 16) a = i32x4.add(a, step(row, query, i));
  return sumOfLanes(i32x4.add(i32x4.add(a, b), i32x4.add(c, d)));
}

/** The lanes of `a` and of `b` summed: the first two values of the result. */
@inline
function sumOfTwo(a: v128, b: v128): v128 {
  const low = i32x4.add(i32x4.shuffle(a, b, 0, 4, 1, 5), i32x4.shuffle(a, b, 2, 6, 3, 7));
  return i32x4.add(low, i32x4.shuffle(low, low, 2, 3, 0, 1));
}

/** The dot products of a row and of the row after it, which share the loads of the query: the first two values. */
@inline
function dotOfTwo(row: usize, query: usize, bytes: usize): v128 {
  const next = row + bytes;
  let a = i32x4.splat(0);
  let b = i32x4.splat(0);
  let c = i32x4.splat(0);
  let d = i32x4.splat(0);
  let i: usize = 0;
  for (const end = bytes & ~63; i < end; i += 64) {
    a = i32x4.add(a, step(row, query, i));
    c = i32x4.add(c, step(next, query, i));
    b = i32x4.add(b, step(row, query, i + 16));
    d = i32x4.add(d, step(next, query, i + 16));
    a = i32x4.add(a, step(row, query, i + 32));
    c = i32x4.add(c, step(next, query, i + 32));
    b = i32x4.add(b, step(row, query, i + 48));
    d = i32x4.add(d, step(next, query, i + 48));
  }
  for (; i < bytes; i += 16) {
    a = i32x4.add(a, step(row, query, i));
    c = i32x4.add(c, step(next, query, i));
  }
  return sumOfTwo(i32x4.add(a, b), i32x4.add(c, d));
}

@inline
function isAllowed(allow: usize, row: u32): bool {
  return ((load<u8>(allow + (row >> 3)) >> (row & 7)) & 1) != 0;
}

@inline
function offer(product: i32, i: u32, scales: usize, sums: usize, firstRow: u32, allow: usize): void {
  if (ASC_FEATURE_RELAXED_SIMD) product -= load<i32>(sums + (<usize>i << 2)) << 6;
  const score = <f32>product * load<f32>(scales + (<usize>i << 2));
  if (score > threshold && (allow == 0 || isAllowed(allow, firstRow + i))) push(score, firstRow + i);
}

/**
 * Scans a block. `scales`: float32 a row; `sums`: int32 a row, the sum of its bytes, read by the relaxed kernel only, whose
 * query bytes are biased by 64. Portable query: int16 values. `allow`: bitmap by global row, 0 for none; `skip` tests it
 * before the dot product, which pays when few rows are allowed. Scores are dot product times scale.
 */
export function scan(
  high: usize, scales: usize, sums: usize, rows: u32, bytes: usize, firstRow: u32, query: usize, allow: usize, skip: bool,
): void {
  let i: u32 = 0;
  for (const end: u32 = skip ? 0 : rows & ~1; i < end; i += 2) {
    const products = dotOfTwo(high + <usize>i * bytes, query, bytes);
    offer(i32x4.extract_lane(products, 0), i, scales, sums, firstRow, allow);
    offer(i32x4.extract_lane(products, 1), i + 1, scales, sums, firstRow, allow);
  }
  for (; i < rows; i++) {
    if (skip && !isAllowed(allow, firstRow + i)) continue;
    offer(dot(high + <usize>i * bytes, query, bytes), i, scales, sums, firstRow, allow);
  }
}

/** Writes the sum of each row's bytes. */
export function sumRows(high: usize, rows: u32, bytes: usize, sums: usize): void {
  for (let i: u32 = 0; i < rows; i++) {
    let lanes = i32x4.splat(0);
    const row = high + <usize>i * bytes;
    for (let j: usize = 0; j < bytes; j += 8) {
      lanes = i32x4.add(lanes, i32x4.dot_i16x8_s(v128.load_ext<i8>(row + j), i16x8.splat(1)));
    }
    store<i32>(sums + (<usize>i << 2), sumOfLanes(lanes));
  }
}

@inline
function lowFloats(values: v128): v128 {
  return f32x4.convert_i32x4_s(i32x4.extend_low_i16x8_s(values));
}

@inline
function highFloats(values: v128): v128 {
  return f32x4.convert_i32x4_s(i32x4.extend_high_i16x8_s(values));
}

@inline
function sumOfFloats(lanes: v128): f32 {
  return (
    f32x4.extract_lane(lanes, 0) + f32x4.extract_lane(lanes, 1) + (f32x4.extract_lane(lanes, 2) + f32x4.extract_lane(lanes, 3))
  );
}

/** Dot product of a float32 query with the row's 16-bit values, high + low / 254, before its scale. */
export function rescore(high: usize, low: usize, bytes: usize, query: usize): f32 {
  let highA = f32x4.splat(0);
  let highB = f32x4.splat(0);
  let lowA = f32x4.splat(0);
  let lowB = f32x4.splat(0);
  for (let i: usize = 0; i < bytes; i += 8) {
    const q = query + (i << 2);
    const h = v128.load_ext<i8>(high + i);
    const l = v128.load_ext<i8>(low + i);
    highA = f32x4.add(highA, f32x4.mul(lowFloats(h), v128.load(q)));
    highB = f32x4.add(highB, f32x4.mul(highFloats(h), v128.load(q, 16)));
    lowA = f32x4.add(lowA, f32x4.mul(lowFloats(l), v128.load(q)));
    lowB = f32x4.add(lowB, f32x4.mul(highFloats(l), v128.load(q, 16)));
  }
  return sumOfFloats(f32x4.add(highA, highB)) + sumOfFloats(f32x4.add(lowA, lowB)) / 254;
}

/** The plain float32 scan that the benchmark compares with; `dims` is a multiple of 16. */
export function scanFloat32(vectors: usize, rows: u32, dims: usize, firstRow: u32, query: usize): void {
  const bytes = dims << 2;
  for (let i: u32 = 0; i < rows; i++) {
    let a = f32x4.splat(0);
    let b = f32x4.splat(0);
    let c = f32x4.splat(0);
    let d = f32x4.splat(0);
    const row = vectors + <usize>i * bytes;
    for (let j: usize = 0; j < bytes; j += 64) {
      a = f32x4.add(a, f32x4.mul(v128.load(row + j), v128.load(query + j)));
      b = f32x4.add(b, f32x4.mul(v128.load(row + j, 16), v128.load(query + j, 16)));
      c = f32x4.add(c, f32x4.mul(v128.load(row + j, 32), v128.load(query + j, 32)));
      d = f32x4.add(d, f32x4.mul(v128.load(row + j, 48), v128.load(query + j, 48)));
    }
    const score = sumOfFloats(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)));
    if (score > threshold) push(score, firstRow + i);
  }
}
