import type { TextEnd, TextRequest } from '#core/generate/text-model.ts';
import type { ModelService } from '../../model-service.ts';
import { serveModelWorker } from '../serve-model-worker.ts';

const never = (): Promise<never> => new Promise(() => undefined);

const loop = (): void => {
  for (let n = 0; ; n = (n + 1) % 7);
};

/** Faults by the text that brings them about, in a real worker: endless loops, silent deaths, what nobody caught. */
const faults: Record<string, () => Promise<void> | void> = {
  loop,
  close: () => {
    self.close();
    return never();
  },
  throw: () => {
    setTimeout(() => {
      throw new Error('nobody caught this');
    });
    return never();
  },
  reject: () => {
    void Promise.reject(new Error('nobody caught this'));
    return never();
  },
  busy: () => {
    for (const until = performance.now() + 1_500; performance.now() < until; );
  },
};

async function* generate({ messages }: TextRequest, signal: AbortSignal): AsyncGenerator<string, TextEnd, undefined> {
  const deafness = Number(messages[0]?.content ?? 0);
  let tokens = 0;
  for (; !signal.aborted; tokens++) {
    yield `${tokens} `;
    // As a prompt that is being read: nothing is heard meanwhile.
    for (const until = performance.now() + deafness; performance.now() < until; );
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  return { reason: 'stopped', promptTokens: 1, tokens, firstTokenMs: 1, tokensPerSecond: 200 };
}

const service: ModelService = {
  load: async ({ profile }) => {
    if (profile.dtype === 'q4') loop();
  },
  verify: async () => 1,
  measure: async () => 100,
  embed: async (texts) => {
    for (const text of texts) await faults[text]?.();
    return Float32Array.from(texts, (text) => text.length);
  },
  generate,
};

serveModelWorker(service);
