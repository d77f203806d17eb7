import type { BenchEvent, BenchRequest } from '#core/bench/bench-protocol.ts';
import type { StaticModelFiles } from '#core/embed/static-embedder.ts';
import type { BenchContext, Benchmark } from './benchmark.ts';
import { runBenchmark } from './run-benchmark.ts';

export type SessionOptions = {
  benchmarks: readonly Benchmark[];
  readStaticModel: () => Promise<StaticModelFiles>;
  emit: (event: BenchEvent) => void;
};

/** What benchmarks of a run share, by key. */
type SharedValues = Map<string, { value: Promise<unknown>; dispose: () => Promise<void> }>;

/** Answers the requests of the bench protocol; one run at a time. Events go to `emit`. */
export class BenchSession {
  readonly #options: SessionOptions;
  #isRunning = false;
  #isStopped = false;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** Resolves when the request is done with, a `run` when all its benchmarks are over. Never rejects. */
  async handle(request: BenchRequest): Promise<void> {
    const { benchmarks, emit } = this.#options;
    if (request.kind === 'list') {
      const present = await this.#present(benchmarks);
      emit({ kind: 'list', benchmarks: present.map(({ name, group, unit = 'ms' }) => ({ name, group, unit })) });
    } else if (request.kind === 'stop') this.#isStopped = true;
    else if (this.#isRunning) emit({ kind: 'busy' });
    else await this.#run(request.names);
  }

  /** Those that can run here; says of the others what they lack. */
  async #present(benchmarks: readonly Benchmark[]): Promise<Benchmark[]> {
    const reasons = await Promise.all(benchmarks.map(async (benchmark) => benchmark.missing?.()));
    for (const [at, reason] of reasons.entries()) {
      if (reason !== undefined) this.#options.emit({ kind: 'skipped', name: benchmarks[at]!.name, reason });
    }
    return benchmarks.filter((_, at) => reasons[at] === undefined);
  }

  async #run(names: readonly string[] | undefined): Promise<void> {
    const { benchmarks, emit } = this.#options;
    const shared: SharedValues = new Map();
    this.#isRunning = true;
    this.#isStopped = false;
    const chosen = await this.#present(benchmarks.filter(({ name }) => names?.includes(name) ?? true));
    for (const [done, benchmark] of chosen.entries()) {
      if (this.#isStopped) break;
      const report = (step: string): void => emit({ kind: 'progress', name: benchmark.name, step, done, total: chosen.length });
      await this.#runOne(benchmark, this.#createContext(shared, report));
    }
    await disposeAll(shared);
    this.#isRunning = false;
    emit({ kind: 'done', stopped: this.#isStopped });
  }

  async #runOne(benchmark: Benchmark, context: BenchContext): Promise<void> {
    const { emit } = this.#options;
    context.report('running');
    try {
      const row = await runBenchmark(benchmark, { context, isStopped: () => this.#isStopped });
      if (row !== undefined) emit({ kind: 'row', row });
    } catch (error) {
      emit({ kind: 'failed', name: benchmark.name, message: error instanceof Error ? error.message : String(error) });
    }
  }

  #createContext(shared: SharedValues, report: (step: string) => void): BenchContext {
    const share: BenchContext['share'] = async (key, create, dispose) => {
      let entry = shared.get(key);
      if (entry === undefined) {
        const value = create();
        entry = { value, dispose: async () => dispose?.(await value) };
        shared.set(key, entry);
      }
      return (await entry.value) as Awaited<ReturnType<typeof create>>;
    };
    return { report, share, readStaticModel: () => share('static-model', this.#options.readStaticModel) };
  }
}

/** Gives up everything that was made; what could not be made or given up is passed over, since its benchmark said so. */
async function disposeAll(shared: SharedValues): Promise<void> {
  await Promise.allSettled(Array.from(shared.values(), ({ dispose }) => dispose()));
}
