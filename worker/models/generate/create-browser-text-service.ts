import { AppError } from '#core/errors/app-error.ts';
import { createStopCutter } from '#core/generate/cut-at-stop.ts';
import type { TextEnd, TextRequest } from '#core/generate/text-model.ts';
import type { ModelService, ModelStart } from '../model-service.ts';
import { toModelError } from '../supervisor/to-model-error.ts';
import type { BuiltInPrompt, BuiltInSession, BuiltInModel } from './built-in-model.ts';
import { checkGreedyText } from './check-greedy-text.ts';
import { measureDecoding } from './measure-decoding.ts';
import { serveTextRequests } from './serve-text-requests.ts';
import { TextTimer } from './text-timer.ts';

type Loaded = { api: BuiltInModel; contextTokens: number };

/** Characters a token where the browser does not count them: its pieces are not tokens. */
const charactersPerToken = 4;
/** Of the texts that the model writes, as far as the browser offers them. */
const languages = { expectedInputs: [{ type: 'text' as const, languages: ['en'] }], expectedOutputs: [{ type: 'text' as const, languages: ['en'] }] };

/**
 * Text generation by the browser's own language model (`LanguageModel`, the Prompt API). Every request has a session of
 * its own, so that none sees what another said; the model itself is the browser's, who alone holds and updates it. Where it is not there yet this
 * does not fetch it: that takes gigabytes and a person's wish, so it is `model/missing`.
 */
export function createBrowserTextService(api: BuiltInModel | undefined): ModelService {
  let loaded: Loaded | undefined;
  const current = (): Loaded => {
    if (loaded === undefined) throw new AppError('invalid-input', 'no model was loaded');
    return loaded;
  };

  async function load(_start: ModelStart): Promise<void> {
    if (api === undefined) throw new AppError('model/unsupported', 'this browser has no language model');
    const availability = await api.availability(languages);
    if (availability === 'unavailable') throw new AppError('model/unsupported', 'the browser’s language model does not run on this device');
    if (availability !== 'available') throw new AppError('model/missing', `the browser’s language model is ${availability}`);
    const session = await api.create(languages);
    loaded = { api, contextTokens: quotaOf(session) };
    session.destroy();
  }

  const { generate, complete, named } = serveTextRequests({ run: (request, signal) => runRequest(current(), request, signal), toError: toBrowserError });
  return {
    load: named(load),
    verify: named(async () => checkGreedyText([], async (text) => text.length, complete)),
    measure: named(async () => measureDecoding(generate)),
    countTokens: named(async (request: Pick<TextRequest, 'messages' | 'prefix'>) => withSession(current().api, request, undefined, (session, prompt) => measure(session, prompt))),
    generate,
  };
}

async function* runRequest({ api, contextTokens }: Loaded, request: TextRequest, signal: AbortSignal): AsyncGenerator<string, TextEnd, undefined> {
  const timer = new TextTimer();
  const abort = new AbortController();
  const onAbort = (): void => abort.abort();
  signal.addEventListener('abort', onAbort, { once: true });
  const { session, prompt } = await openSession(api, request, request.temperature);
  let promptTokens = 0;
  const end = (reason: TextEnd['reason']): TextEnd => ({ reason, promptTokens, ...timer.figures() });
  try {
    promptTokens = await measure(session, prompt);
    if (promptTokens >= contextTokens || request.maxTokens < 1) throw new AppError('invalid-input', `a prompt of ${promptTokens} tokens does not fit ${contextTokens}`);
    const cutter = createStopCutter(request.stop ?? []);
    let left = Math.min(request.maxTokens, contextTokens - promptTokens) * charactersPerToken;
    for await (const piece of readStream(session.promptStreaming(prompt, { signal: abort.signal }))) {
      if (signal.aborted) return end('stopped');
      timer.count(Math.max(1, Math.round(piece.length / charactersPerToken)));
      const text = cutter.push(piece).slice(0, left);
      left -= text.length;
      if (text !== '') yield text;
      if (cutter.isStopped) return end('end');
      if (left <= 0) return end('length');
    }
    const rest = signal.aborted ? '' : cutter.end();
    if (rest !== '') yield rest;
    return end(signal.aborted ? 'stopped' : 'end');
  } catch (thrown) {
    if (signal.aborted) return end('stopped');
    throw thrown;
  } finally {
    signal.removeEventListener('abort', onAbort);
    abort.abort();
    session.destroy();
  }
}

/** Older Chromium has no `Symbol.asyncIterator` on streams. The reader is given back, which cancels a stream not read to its end. */
async function* readStream(stream: ReadableStream<string>): AsyncGenerator<string, void, undefined> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

async function withSession<Value>(api: BuiltInModel, request: Pick<TextRequest, 'messages' | 'prefix'>, temperature: number | undefined, use: (session: BuiltInSession, prompt: BuiltInPrompt[]) => Promise<Value>): Promise<Value> {
  const { session, prompt } = await openSession(api, request, temperature);
  try {
    return await use(session, prompt);
  } finally {
    session.destroy();
  }
}

/** A session that knows all messages but the last, and the last as what is to be answered, begun where it has a beginning. */
async function openSession(api: BuiltInModel, { messages, prefix }: Pick<TextRequest, 'messages' | 'prefix'>, temperature: number | undefined): Promise<{ session: BuiltInSession; prompt: BuiltInPrompt[] }> {
  const initialPrompts = messages.slice(0, -1);
  const last = messages.slice(-1);
  const sampling = temperature === undefined ? {} : { temperature, topK: temperature === 0 ? 1 : 40 };
  const session = await api.create({ ...languages, ...sampling, ...(initialPrompts.length > 0 && { initialPrompts }) });
  return { session, prompt: prefix === undefined ? last : [...last, { role: 'assistant', content: prefix, prefix: true }] };
}

/** Tokens of what the session knows and of the prompt; by characters where the browser does not say. */
async function measure(session: BuiltInSession, prompt: BuiltInPrompt[]): Promise<number> {
  const own = session.contextUsage ?? session.inputUsage ?? 0;
  const counted = await (session.measureContextUsage?.(prompt) ?? session.measureInputUsage?.(prompt));
  return own + (counted ?? Math.ceil(prompt.reduce((sum, { content }) => sum + content.length, 0) / charactersPerToken));
}

function quotaOf(session: BuiltInSession): number {
  return session.contextWindow ?? session.inputQuota ?? 4096;
}

function toBrowserError(thrown: unknown): AppError {
  const name = (thrown as { name?: unknown } | null)?.name;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (name === 'QuotaExceededError') return new AppError('invalid-input', message, { cause: thrown });
  if (name === 'NotSupportedError') return new AppError('model/unsupported', message, { cause: thrown });
  if (name === 'InvalidStateError') return new AppError('engine-gone', message, { cause: thrown });
  return toModelError(thrown);
}
