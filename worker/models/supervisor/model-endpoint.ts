import { allowOwnScripts } from '#core/security/allow-own-scripts.ts';
import type { FromModelWorker, ToModelWorker } from './model-worker-protocol.ts';

/** The worker's end of the line to its supervisor. */
export type ModelEndpoint = {
  post(message: FromModelWorker, transfer: Transferable[]): void;
  listen(onMessage: (message: ToModelWorker) => void): void;
  /** Calls back with whatever nobody caught in this realm. */
  onUncaught(report: (thrown: unknown) => void): void;
  /** Takes the lock that shows that this realm lives; resolves to its name once held, to `undefined` where there are no locks. */
  holdLock(): Promise<string | undefined>;
  wait(delayMs: number): Promise<void>;
};

/** What this needs of a dedicated worker's global. */
type WorkerScope = Parameters<typeof allowOwnScripts>[0] & {
  name: string;
  navigator: { locks?: LockManager };
  postMessage(message: FromModelWorker, transfer: Transferable[]): void;
  onmessage: (event: { data: ToModelWorker }) => void;
  addEventListener(type: 'error' | 'unhandledrejection', listener: (event: { error?: unknown; message?: string; reason?: unknown }) => void): void;
};

/** The realm of a dedicated worker. Lets it start threads from our own scripts, which it may do once in a realm. */
export function openSelfEndpoint(): ModelEndpoint {
  const scope = self as unknown as WorkerScope;
  allowOwnScripts(scope);
  return {
    post: (message, transfer) => scope.postMessage(message, transfer),
    listen: (onMessage) => {
      scope.onmessage = ({ data }) => onMessage(data);
    },
    onUncaught: (report) => {
      scope.addEventListener('error', ({ error, message }) => report(error ?? message));
      scope.addEventListener('unhandledrejection', ({ reason }) => report(reason));
    },
    holdLock: () =>
      new Promise((resolve) => {
        const { name, navigator: { locks } } = scope;
        if (name === '' || locks === undefined) return resolve(undefined);
        const held = locks.request(name, () => {
          resolve(name);
          return new Promise<never>(() => undefined);
        });
        held.catch(() => resolve(undefined));
      }),
    wait: (delayMs) => new Promise((resolve) => setTimeout(resolve, delayMs)),
  };
}
