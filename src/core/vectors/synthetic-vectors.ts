import { createRandom } from './seeded-random.ts';

/** About normal, mean 0, deviation 1, as the sum of three uniform numbers. */
function createNoise(seed: number): () => number {
  const random = createRandom(seed);
  return () => 2 * (random() + random() + random() - 1.5);
}

function normalise(vectors: Float32Array, dims: number): Float32Array {
  for (let start = 0; start < vectors.length; start += dims) {
    const row = vectors.subarray(start, start + dims);
    const norm = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    for (let d = 0; d < dims; d++) row[d]! /= norm;
  }
  return vectors;
}

/** `rows` unit vectors in random directions, row-major. Their neighbours are nearly equidistant: the hard case. */
export function randomUnitVectors(rows: number, dims: number, seed: number): Float32Array {
  const noise = createNoise(seed);
  return normalise(Float32Array.from({ length: rows * dims }, noise), dims);
}

/**
 * Unit vectors shaped like embeddings of texts: clusters of Zipf-like size around topics, strength of the axes falling by
 * a power law, a small common mean, some noise in every direction.
 */
export function clusteredUnitVectors(rows: number, dims: number, seed: number): Float32Array {
  const noise = createNoise(seed);
  const random = createRandom(seed + 1);
  const clusters = 400;
  const centres = Float32Array.from({ length: clusters * dims }, (_, i) => noise() * ((i % dims) + 1) ** -0.5 * 3);
  const vectors = new Float32Array(rows * dims);
  for (let row = 0; row < rows; row++) {
    const cluster = Math.floor(clusters * random() ** 2);
    for (let d = 0; d < dims; d++) {
      const axis = ((d * 7 + cluster * 13) % dims) + 1;
      vectors[row * dims + d] = 0.05 + centres[cluster * dims + d]! + noise() * (1.5 * axis ** -0.45 + 0.12);
    }
  }
  return normalise(vectors, dims);
}
