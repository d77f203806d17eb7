import type { GenerateSideReply, GenerateSideRequest, TextSpeed } from './generate-side.ts';

/** A side of a comparison of writers, one request at a time. */
export class GenerateSideClient {
  readonly #worker = new Worker(new URL('./generate-side.ts', import.meta.url), { type: 'module' });

  async load(request: Omit<Extract<GenerateSideRequest, { kind: 'load' }>, 'kind'>): Promise<void> {
    await this.#ask({ kind: 'load', ...request });
  }

  write(prompt: string, maxTokens: number): Promise<TextSpeed> {
    return this.#ask({ kind: 'write', prompt, maxTokens });
  }

  end(): void {
    this.#worker.terminate();
  }

  #ask(request: GenerateSideRequest): Promise<TextSpeed> {
    return new Promise((resolve, reject) => {
      this.#worker.addEventListener('message', ({ data }: MessageEvent<GenerateSideReply>) => (data.kind === 'done' ? resolve(data.speed) : reject(new Error(data.message))), { once: true });
      this.#worker.addEventListener('error', ({ message }) => reject(new Error(message)), { once: true });
      this.#worker.postMessage(request);
    });
  }
}
