import type { BenchEvent, BenchRequest } from '#core/bench/bench-protocol.ts';
import type { StaticModelFiles } from '#core/embed/static-embedder.ts';
import type { BenchContext, Benchmark } from './benchmark.ts';
import { runBenchmark } from './run-benchmark.ts';

export type SessionOptions = {
  benchmarks: readonly Benchmark[];
  readStaticModel: () => Promise<StaticModelFiles>;
  emit: (event: BenchEvent) => void;
};

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
      emit({ kind: 'list', benchmarks: benchmarks.map(({ name, group, unit = 'ms' }) => ({ name, group, unit })) });
    } else if (request.kind === 'stop') this.#isStopped = true;
    else if (this.#isRunning) emit({ kind: 'busy' });
    else await this.#run(request.names);
  }

  async #run(names: readonly string[] | undefined): Promise<void> {
    const { benchmarks, emit } = this.#options;
    const chosen = benchmarks.filter(({ name }) => names?.includes(name) ?? true);
    const shared = new Map<string, Promise<unknown>>();
    this.#isRunning = true;
    this.#isStopped = false;
    for (const [done, benchmark] of chosen.entries()) {
      if (this.#isStopped) break;
      const report = (step: string): void => emit({ kind: 'progress', name: benchmark.name, step, done, total: chosen.length });
      await this.#runOne(benchmark, this.#createContext(shared, report));
    }
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

  #createContext(shared: Map<string, Promise<unknown>>, report: (step: string) => void): BenchContext {
    const share = <Value>(key: string, create: () => Promise<Value>): Promise<Value> => {
      const made = (shared.get(key) as Promise<Value> | undefined) ?? create();
      shared.set(key, made);
      return made;
    };
    return { report, share, readStaticModel: () => share('static-model', this.#options.readStaticModel) };
  }
}
