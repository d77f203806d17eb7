import { fromWireError } from '#core/errors/app-error.ts';
import type { EngineProfile } from '#core/device/engine-profile.ts';
import type { ModelKey } from '#core/models/model-manifest.ts';
import type { FromModelWorker, ModelCalls, ModelMethod, ToModelWorker } from '../supervisor/model-worker-protocol.ts';

type Request<Message> = Message extends { id: number } ? Omit<Message, 'id'> : never;

/** A plain client of a model worker, without what a supervisor does when something fails. */
export class ModelWorkerClient {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  #lastId = 0;

  constructor(worker: Worker) {
    this.#worker = worker;
    worker.addEventListener('message', ({ data }: MessageEvent<FromModelWorker>) => this.#receive(data));
    worker.addEventListener('error', ({ message }) => this.#failAll(new Error(message)));
  }

  load(id: string, profile: EngineProfile): Promise<unknown> {
    const start = { key: `${id}@${'0'.repeat(40)}` as ModelKey, profile, baseUrl: `${location.origin}/` };
    return this.#request({ kind: 'load', start });
  }

  verify(): Promise<number | undefined> {
    return this.#request({ kind: 'verify' }) as Promise<number | undefined>;
  }

  measure(): Promise<number> {
    return this.#request({ kind: 'measure' }) as Promise<number>;
  }

  call<Method extends ModelMethod>(method: Method, ...args: ModelCalls[Method]['args']): Promise<ModelCalls[Method]['result']> {
    return this.#request({ kind: 'call', method, args }) as Promise<ModelCalls[Method]['result']>;
  }

  end(): void {
    this.#worker.terminate();
  }

  #request(message: Request<ToModelWorker>): Promise<unknown> {
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#worker.postMessage({ ...message, id }, []);
    });
  }

  #receive(message: FromModelWorker): void {
    if (message.kind === 'fatal') return this.#failAll(fromWireError(message.error));
    if (message.kind === 'result') this.#waiting.get(message.id)?.resolve(message.value);
    if (message.kind === 'failed') this.#waiting.get(message.id)?.reject(fromWireError(message.error));
  }

  #failAll(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
