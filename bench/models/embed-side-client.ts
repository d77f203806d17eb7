import type { EmbedSideReply, EmbedSideRequest } from './embed-side.ts';

/** A side of a comparison, one request at a time. */
export class EmbedSideClient {
  readonly #worker = new Worker(new URL('./embed-side.ts', import.meta.url), { type: 'module' });

  async load(request: Omit<Extract<EmbedSideRequest, { kind: 'load' }>, 'kind'>): Promise<void> {
    await this.#ask({ kind: 'load', ...request });
  }

  /** Milliseconds for all texts. */
  embed(texts: string[], perRun = 1): Promise<number> {
    return this.#ask({ kind: 'embed', texts, perRun });
  }

  end(): void {
    this.#worker.terminate();
  }

  #ask(request: EmbedSideRequest): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#worker.addEventListener('message', ({ data }: MessageEvent<EmbedSideReply>) => (data.kind === 'done' ? resolve(data.ms) : reject(new Error(data.message))), { once: true });
      this.#worker.addEventListener('error', ({ message }) => reject(new Error(message)), { once: true });
      this.#worker.postMessage(request);
    });
  }
}
