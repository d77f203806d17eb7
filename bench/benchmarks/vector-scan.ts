import { quantizeVectors } from '#core/vectors/quantize-vectors.ts';
import { clusteredUnitVectors } from '#core/vectors/synthetic-vectors.ts';
import type { VectorRows } from '#core/vectors/vector-index.ts';
import { loadVectorKernel, type KernelKind, type VectorKernel } from '#core/vectors/vector-kernel.ts';
import { WasmVectorIndex } from '#core/vectors/wasm-vector-index.ts';
import { defineBenchmark, type BenchContext, type Benchmark } from '../benchmark.ts';
import { median } from '../statistics.ts';

const k = 10;
const pageBytes = 65_536;
const queries = 64;

type Vectors = { values: Float32Array; queries: Float32Array[]; rows: VectorRows };
type Scan = (sample: number) => number;

/** Vectors shaped like embeddings; the last few serve as questions. */
function shareVectors(context: BenchContext, count: number, dims: number): Promise<Vectors> {
  return context.share(`vectors ${count} x ${dims}`, async () => {
    context.report(`Making ${count} vectors of ${dims} dimensions`);
    const all = clusteredUnitVectors(count + queries, dims, 11);
    const values = all.slice(0, count * dims);
    const list = Array.from({ length: queries }, (_, i) => all.slice((count + i) * dims, (count + i + 1) * dims));
    return { values, queries: list, rows: quantizeVectors(values, dims) };
  });
}

async function mustLoad(kind: KernelKind): Promise<VectorKernel> {
  const kernel = await loadVectorKernel(kind);
  if (kernel === undefined) throw new Error(`this engine does not run the ${kind} kernel`);
  return kernel;
}

function timed(work: () => void): number {
  const startedMs = performance.now();
  work();
  return performance.now() - startedMs;
}

/** Search through the index: quantising the question, int8 scan, 16-bit rescoring, sorting. Gives its milliseconds. */
async function openInt8Scan(context: BenchContext, kind: KernelKind, count: number, dims: number): Promise<Scan> {
  const vectors = await shareVectors(context, count, dims);
  const index = new WasmVectorIndex(await mustLoad(kind), dims);
  index.add(vectors.rows);
  return (sample) => timed(() => index.search(vectors.queries[sample % queries]!, k));
}

/** The plain SIMD scan of the same rows in float32, with the same heap. */
async function openFloat32Scan(context: BenchContext, count: number, dims: number): Promise<Scan> {
  const vectors = await shareVectors(context, count, dims);
  const exports = (await mustLoad('portable')).instantiate();
  const at = { heap: 1024, query: 2048, rows: 8192 };
  exports.memory.grow(Math.ceil((at.rows + vectors.values.byteLength) / pageBytes));
  new Float32Array(exports.memory.buffer, at.rows).set(vectors.values);
  return (sample) =>
    timed(() => {
      new Float32Array(exports.memory.buffer, at.query).set(vectors.queries[sample % queries]!);
      exports.begin(at.heap, k);
      exports.scanFloat32(at.rows, count, dims, 0, at.query);
    });
}

function int8Benchmark(kind: KernelKind, count: number, dims: number): Benchmark {
  return defineBenchmark<Scan>({
    name: `int8 scan, ${kind}, ${count.toLocaleString('en')} x ${dims}`,
    group: 'vectors',
    samples: 200,
    setup: (context) => openInt8Scan(context, kind, count, dims),
    run: (scan, sample) => scan(sample),
  });
}

const float32Benchmark = defineBenchmark<Scan>({
  name: 'float32 scan, 50,000 x 384',
  group: 'vectors',
  samples: 100,
  setup: (context) => openFloat32Scan(context, 50_000, 384),
  run: (scan, sample) => scan(sample),
});

/**
 * Both scans in one sample, so that whatever else the machine does weighs on both. The float32 rows drive the int8 rows out
 * of the processor's caches, so one int8 scan that does not count brings them back, as they are when scanned alone.
 */
function ratioBenchmark(kind: KernelKind, atMost: number): Benchmark {
  return defineBenchmark<{ int8: Scan; float32: Scan }>({
    name: `int8 scan, ${kind}, as a share of the float32 scan, 50,000 x 384`,
    group: 'vectors',
    unit: 'ratio',
    samples: 100,
    goal: { of: 'median', atMost },
    async setup(context) {
      return { int8: await openInt8Scan(context, kind, 50_000, 384), float32: await openFloat32Scan(context, 50_000, 384) };
    },
    run({ int8, float32 }, sample) {
      const float32Ms = float32(sample);
      int8(sample);
      return median([int8(sample + 1), int8(sample + 2), int8(sample + 3)]) / float32Ms;
    },
  });
}

// The kernels the goals were set from took 1.00 ms (portable) and 0.657 ms (relaxed) against 3.27 ms; 1.3 times is allowed.
export const vectorScanBenchmarks: readonly Benchmark[] = [
  float32Benchmark,
  int8Benchmark('portable', 50_000, 384),
  int8Benchmark('relaxed', 50_000, 384),
  ratioBenchmark('portable', 0.398),
  ratioBenchmark('relaxed', 0.261),
  ...(['portable', 'relaxed'] as const).flatMap((kind) => [
    int8Benchmark(kind, 10_000, 384),
    int8Benchmark(kind, 10_000, 256),
    int8Benchmark(kind, 100_000, 256),
  ]),
];
