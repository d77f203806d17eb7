import { expose, transferHandlers, type Endpoint } from 'comlink';
import type { EngineApi } from '#core/engine/engine-api.ts';
import { createErrorTransfer } from '#core/engine/error-transfer.ts';
import { sourceTextTransfer } from '#core/engine/source-text-transfer.ts';

transferHandlers.set('throw', createErrorTransfer(transferHandlers.get('throw')!));
transferHandlers.set('source-text', sourceTextTransfer);

/**
 * Answers calls of `EngineApi` on a port while the engine is still being made: a call waits for it, and rejects with what
 * its making threw.
 */
export function exposeEngine(engine: Promise<EngineApi>, endpoint?: Endpoint): void {
  engine.catch(() => undefined);
  const waiting = new Proxy(
    {},
    {
      get: (_, method) =>
        typeof method !== 'string' || method === 'then'
          ? undefined
          : async (...args: unknown[]) => {
              const made = await engine;
              return (made[method as keyof EngineApi] as (...args: unknown[]) => Promise<unknown>)(...args);
            },
    },
  );
  expose(waiting, endpoint);
}
