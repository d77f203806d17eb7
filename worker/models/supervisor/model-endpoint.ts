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
};

/** The realm of a dedicated worker. Lets it start threads from our own scripts, which it may do once in a realm. */
export function openSelfEndpoint(): ModelEndpoint {
  const scope = self as unknown as DedicatedWorkerGlobalScope;
  allowOwnScripts(scope);
  return {
    post: (message, transfer) => scope.postMessage(message, transfer),
    listen: (onMessage) => {
      scope.onmessage = ({ data }: MessageEvent<ToModelWorker>) => onMessage(data);
    },
    onUncaught: (report) => {
      scope.addEventListener('error', (event) => report(event.error ?? event.message));
      scope.addEventListener('unhandledrejection', (event) => report(event.reason));
    },
    holdLock: () =>
      new Promise((resolve) => {
        const { name, navigator } = scope;
        if (name === '' || !('locks' in navigator)) return resolve(undefined);
        const held = navigator.locks.request(name, () => {
          resolve(name);
          return new Promise<never>(() => undefined);
        });
        held.catch(() => resolve(undefined));
      }),
  };
}
