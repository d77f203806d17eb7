import type { AppConfig } from '@mlc-ai/web-llm';
import { AppError } from '#core/errors/app-error.ts';
import { createStopCutter } from '#core/generate/cut-at-stop.ts';
import type { TextEnd, TextRequest } from '#core/generate/text-model.ts';
import type { GenerateFacts, ModelKey, ModelManifest } from '#core/models/model-manifest.ts';
import { libraryPath } from '#core/models/web-llm-library.ts';
import type { ModelFiles } from '../model-files.ts';
import type { ModelService, ModelStart } from '../model-service.ts';
import { checkGreedyText } from './check-greedy-text.ts';
import { measureDecoding } from './measure-decoding.ts';
import { escapeForForm } from './render-conversation.ts';
import { serveTextRequests } from './serve-text-requests.ts';
import { TextTimer } from './text-timer.ts';
import { toWebLlmError } from './to-web-llm-error.ts';
import { withinLimit } from './within-limit.ts';
import type { CreateWebLlmEngine, WebLlmEngine } from './web-llm-engine.ts';
import { readWebLlmPrompts, type WebLlmPrompts } from './web-llm-prompts.ts';

/** What of its realm the service needs. */
export type WebLlmRealm = {
  createEngine: CreateWebLlmEngine;
  /** Lets web-llm find the model's files, and no others, in what it takes for its caches. */
  installCaches(files: ModelFiles, urlOf: (path: string) => string): void;
  /** Whether the GPU that web-llm takes has 16-bit floats. */
  hasShaderF16(): Promise<boolean>;
  /** Calls back when a GPU device made from now on is lost: web-llm itself only writes a line in its log. */
  watchDevices(onLost: (reason: string) => void): void;
};

export type WebLlmOptions = WebLlmRealm & {
  openFiles: (key: ModelKey) => Promise<ModelFiles>;
  /** Longest silence while a prompt is read, and between two tokens. */
  limits?: { promptMs: number; tokenMs: number };
};

type Loaded = { engine: WebLlmEngine; prompts: WebLlmPrompts; facts: GenerateFacts; lost: Promise<never> };
/** A piece of text, or how the text ended. */
type Chunk = { text: string; finish?: string | null; usage?: { prompt_tokens: number; completion_tokens: number } };

const defaultLimits = { promptMs: 120_000, tokenMs: 20_000 };
/** No such host (RFC 2606): web-llm wants whole addresses, and would fetch those of `localhost` anew each time. */
const host = 'https://models.invalid/';
const charactersPerToken = 64;

/**
 * Text generation by web-llm: a plain `MLCEngine` in this worker, over the model's stored files and nothing else. At most
 * one request is with the engine, because what interrupts one that waits is lost; a lost device or a silence ends the
 * request with an error instead of never.
 */
export function createWebLlmService({ openFiles, createEngine, installCaches, hasShaderF16, watchDevices, limits = defaultLimits }: WebLlmOptions): ModelService {
  let loaded: Loaded | undefined;
  const current = (): Loaded => {
    if (loaded === undefined) throw new AppError('invalid-input', 'no model was loaded');
    return loaded;
  };

  async function load({ key, profile }: ModelStart, onLost: (reason: string) => void): Promise<void> {
    const files = await openFiles(key);
    const { manifest } = files;
    const { generate: facts } = manifest;
    const path = libraryPath(manifest);
    if (facts?.library === undefined || path === undefined) throw new AppError('model/invalid', `${key} names no compiled library`);
    const needsF16 = /f16/u.test(profile.dtype);
    // Many of web-llm's own records do not say so, and fail in the first shader instead.
    if (needsF16 && !(await hasShaderF16())) throw new AppError('model/unsupported', 'this GPU has no 16-bit floats (shader-f16)');
    const prompts = await readWebLlmPrompts(files);
    installCaches(files, (file) => addressOf(manifest, file));
    let reject: (error: AppError) => void = () => undefined;
    const lost = new Promise<never>((_, rejectLost) => (reject = rejectLost));
    lost.catch(() => undefined);
    watchDevices((reason) => {
      reject(new AppError('device-lost', reason));
      onLost(reason);
    });
    const engine = await createEngine(appConfigOf(manifest, facts, { modelId: facts.library.modelId, path, needsF16 }));
    await Promise.race([engine.reload(facts.library.modelId), lost]);
    loaded = { engine, prompts, facts, lost };
  }

  const { generate, complete, named } = serveTextRequests({ run: (request, signal) => runRequest(current(), request, { signal, limits }), toError: toWebLlmError });
  return {
    load: named(load),
    verify: named(async () => checkGreedyText(current().facts.canaries, async (text) => current().prompts.countText(text), complete)),
    measure: named(async () => measureDecoding(generate)),
    countTokens: named(async (request: Pick<TextRequest, 'messages' | 'prefix'>) => countTokens(current(), request)),
    generate,
  };
}

function addressOf({ id, commit }: ModelManifest, path: string): string {
  return path.startsWith('mlc/') ? host + path : `${host}${id}/resolve/${encodeURIComponent(commit)}/${path}`;
}

function appConfigOf(manifest: ModelManifest, { contextTokens }: GenerateFacts, { modelId, path, needsF16 }: { modelId: string; path: string; needsF16: boolean }): AppConfig {
  const record = { model: addressOf(manifest, ''), model_id: modelId, model_lib: addressOf(manifest, path), overrides: { context_window_size: contextTokens } };
  return { cacheBackend: 'cache', model_list: [{ ...record, ...(needsF16 && { required_features: ['shader-f16'] }) }] };
}

function countTokens({ prompts, facts }: Loaded, request: Pick<TextRequest, 'messages' | 'prefix'>): number {
  const characters = request.messages.reduce((sum, { content }) => sum + content.length, (request.prefix ?? '').length);
  // No language writes so much to a token, and counting texts far over any limit would take unbounded time.
  return characters > facts.contextTokens * charactersPerToken ? Math.ceil(characters / charactersPerToken) : prompts.count(request);
}

async function* runRequest(model: Loaded, request: TextRequest, { signal, limits }: { signal: AbortSignal; limits: { promptMs: number; tokenMs: number } }): AsyncGenerator<string, TextEnd, undefined> {
  const { engine, facts, lost } = model;
  const promptTokens = countTokens(model, request);
  if (promptTokens >= facts.contextTokens || request.maxTokens < 1) {
    throw new AppError('invalid-input', `a prompt of ${promptTokens} tokens and ${request.maxTokens} new ones do not fit ${facts.contextTokens}`);
  }
  const timer = new TextTimer();
  const cutter = createStopCutter(request.stop ?? []);
  const interrupt = (): void => void engine.interruptGenerate();
  signal.addEventListener('abort', interrupt, { once: true });
  const chunks = (await withinLimit(open(model, request), limits.promptMs, lost))[Symbol.asyncIterator]();
  const state: { finish: string | undefined; usage: Chunk['usage']; isBroken: boolean } = { finish: undefined, usage: undefined, isBroken: false };
  try {
    while (!signal.aborted && !cutter.isStopped) {
      const limitMs = timer.tokens === 0 ? limits.promptMs : limits.tokenMs;
      const step = await withinLimit(chunks.next(), limitMs, lost).catch((thrown: unknown) => {
        state.isBroken = true;
        throw thrown;
      });
      if (step.done === true) break;
      const { text, finish, usage } = step.value;
      if (text !== '') timer.count();
      state.finish = finish ?? state.finish;
      state.usage = usage ?? state.usage;
      const shown = signal.aborted ? '' : cutter.push(text);
      if (shown !== '') yield shown;
    }
    const rest = signal.aborted ? '' : cutter.end();
    if (rest !== '') yield rest;
  } finally {
    signal.removeEventListener('abort', interrupt);
    // One that hangs would never return either.
    if (!state.isBroken) await withinLimit(Promise.resolve(chunks.return?.()), limits.tokenMs, lost).catch(() => undefined);
  }
  const reason = signal.aborted ? 'stopped' : state.finish === 'length' ? 'length' : 'end';
  const { prompt_tokens: prompt = promptTokens, completion_tokens: tokens = timer.tokens } = state.usage ?? {};
  return { reason, ...timer.figures(), promptTokens: Math.max(prompt, promptTokens), tokens };
}

/**
 * The request as web-llm has it: a chat, or with a beginning of the answer the whole prompt as text. Stop strings are not
 * given on: the engine sends their beginnings before it knows them.
 */
async function open({ engine, prompts, facts }: Loaded, request: TextRequest): Promise<AsyncIterable<Chunk>> {
  const { maxTokens, temperature = 0, topP } = request;
  const room = facts.contextTokens - prompts.count(request);
  const settings = { stream: true as const, stream_options: { include_usage: true }, max_tokens: Math.min(maxTokens, room), temperature, ...(topP !== undefined && { top_p: topP }) };
  if (request.prefix !== undefined) {
    return toChunks(await engine.completions.create({ ...settings, prompt: prompts.render(request) }), ({ text }) => text);
  }
  const messages = escapeForForm(prompts.form, request.messages);
  return toChunks(await engine.chat.completions.create({ ...settings, messages, extra_body: { enable_thinking: false } }), ({ delta }) => delta.content ?? '');
}

type Streamed<Choice> = { choices: Choice[]; usage?: { prompt_tokens: number; completion_tokens: number } | null };

async function* toChunks<Choice extends { finish_reason: string | null }>(stream: AsyncIterable<Streamed<Choice>>, textOf: (choice: Choice) => string): AsyncGenerator<Chunk, void, undefined> {
  for await (const { choices, usage } of stream) {
    const [choice] = choices;
    yield { text: choice === undefined ? '' : textOf(choice), finish: choice?.finish_reason ?? null, ...(usage !== null && usage !== undefined && { usage }) };
  }
}
