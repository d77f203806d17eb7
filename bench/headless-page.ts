import type { BenchEvent, BenchRequest } from '#core/bench/bench-protocol.ts';

declare global {
  interface Window {
    /** Given by the script that drives this page. */
    onBenchEvent(event: BenchEvent): Promise<void>;
    sendBenchRequest(request: BenchRequest): void;
  }
}

const worker = new Worker(new URL('./bench-worker.ts', import.meta.url), { type: 'module' });
worker.addEventListener('message', ({ data }: MessageEvent<BenchEvent>) => void window.onBenchEvent(data));
worker.addEventListener('error', ({ message }) => {
  void window.onBenchEvent({ kind: 'failed', name: 'bench worker', message });
  void window.onBenchEvent({ kind: 'done', stopped: true });
});
window.sendBenchRequest = (request) => worker.postMessage(request, []);
