import type { AppError } from '#core/errors/app-error.ts';
import type { TextEnd, TextRequest } from '#core/generate/text-model.ts';
import { RequestTurns } from './request-turns.ts';

export type TextRequestParts = {
  /** Writes one request's text; never called for two at a time. */
  run: (request: TextRequest, signal: AbortSignal) => AsyncGenerator<string, TextEnd, undefined>;
  /** The named error of whatever the engine throws. */
  toError: (thrown: unknown) => AppError;
};

/** What text services over other people's engines share: requests one at a time, and errors by name. */
export function serveTextRequests({ run, toError }: TextRequestParts) {
  const turns = new RequestTurns();

  async function* generate(request: TextRequest, signal: AbortSignal): AsyncGenerator<string, TextEnd, undefined> {
    const endTurn = await turns.enter(signal);
    try {
      if (endTurn === undefined) return { reason: 'stopped', promptTokens: 0, tokens: 0, firstTokenMs: 0, tokensPerSecond: 0 };
      return yield* run(request, signal);
    } catch (thrown) {
      throw toError(thrown);
    } finally {
      endTurn?.();
    }
  }

  /** The whole text to one message, for checks. */
  async function complete(prompt: string, maxTokens: number): Promise<string> {
    let text = '';
    for await (const delta of generate({ messages: [{ role: 'user', content: prompt }], maxTokens }, new AbortController().signal)) text += delta;
    return text;
  }

  /** The same method, rejecting with named errors only. */
  const named = <Args extends unknown[], Value>(method: (...args: Args) => Promise<Value>) =>
    (...args: Args): Promise<Value> => method(...args).catch((thrown: unknown) => Promise.reject(toError(thrown)));

  return { generate, complete, named };
}
