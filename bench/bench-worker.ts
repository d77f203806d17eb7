import type { BenchRequest } from '#core/bench/bench-protocol.ts';
import { allowOwnScripts } from '#core/security/allow-own-scripts.ts';
import { BenchSession } from './bench-session.ts';
import { benchmarks } from './benchmarks.ts';
import { readStaticModel } from './read-static-model.ts';

allowOwnScripts(self);

const base = new URL(import.meta.env.BASE_URL, location.origin).href;
const session = new BenchSession({ benchmarks, readStaticModel: () => readStaticModel(base), emit: (event) => postMessage(event) });

addEventListener('message', ({ data }: MessageEvent<BenchRequest>) => void session.handle(data));
