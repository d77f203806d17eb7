import type { AppConfig, ChatCompletionChunk, ChatCompletionRequestStreaming, Completion, CompletionCreateParamsStreaming } from '@mlc-ai/web-llm';
import type { WebLlmEngine } from '../web-llm-engine.ts';

/** What a test has the engine do. */
export type EngineScript = {
  reply?: string;
  /** Pauses between two tokens. */
  tokenMs?: number;
  /** The token after which nothing comes any more. */
  hangAt?: number;
  reload?: (engine: ScriptedWebLlmEngine) => Promise<void>;
  count?: (prompt: string) => number;
};

type Request = ChatCompletionRequestStreaming | CompletionCreateParamsStreaming;

/**
 * An engine that speaks web-llm 0.2.86's own types and has its habits: one lock, a flag of interruption that every request
 * resets when its turn comes, `finish_reason` in a chunk without text, usage in one without choices, and bare strings thrown
 * by a load that is called off.
 */
export class ScriptedWebLlmEngine implements WebLlmEngine {
  readonly script: EngineScript;
  readonly appConfig: AppConfig;
  readonly requests: Request[] = [];
  /** Most requests that were with the engine at a time. */
  mostOutstanding = 0;
  isLoaded = false;
  tokensMade = 0;
  #outstanding = 0;
  #isInterrupted = false;
  #lock: Promise<void> = Promise.resolve();
  #cancelReload: ((reason: unknown) => void) | undefined;

  constructor(appConfig: AppConfig, script: EngineScript = {}) {
    this.appConfig = appConfig;
    this.script = script;
  }

  readonly chat = { completions: { create: async (request: ChatCompletionRequestStreaming): Promise<AsyncIterable<ChatCompletionChunk>> => {
    this.#assertLoaded('ChatCompletionRequest');
    if (request.messages.at(-1)?.role !== 'user') throw Object.assign(new Error('Last message should be from either `user` or `tool`.'), { name: 'MessageOrderError' });
    return this.#stream(request, (choices, usage) => ({ id: 'x', model: 'm', created: 1, object: 'chat.completion.chunk', choices: choices.map(({ text, finish }) => ({ index: 0, delta: finish === null ? { content: text, role: 'assistant' as const } : {}, finish_reason: finish })), ...(usage && { usage }) }));
  } } };

  readonly completions = { create: async (request: CompletionCreateParamsStreaming): Promise<AsyncIterable<Completion>> => {
    this.#assertLoaded('CompletionCreateParams');
    return this.#stream(request, (choices, usage) => ({ id: 'x', model: 'm', created: 1, object: 'text_completion', choices: choices.map(({ text, finish }) => ({ index: 0, text, finish_reason: finish })), ...(usage && { usage }) }));
  } };

  async reload(): Promise<void> {
    await this.unload();
    const called = new Promise<never>((_, reject) => (this.#cancelReload = reject));
    await Promise.race([this.script.reload?.(this) ?? Promise.resolve(), called]);
    this.isLoaded = true;
  }

  async unload(): Promise<void> {
    this.isLoaded = false;
    // eslint-disable-next-line typescript/prefer-promise-reject-errors
    this.#cancelReload?.('Engine.unload() is called.');
    this.#cancelReload = undefined;
  }

  interruptGenerate(): void {
    this.#isInterrupted = true;
  }

  #assertLoaded(request: string): void {
    if (!this.isLoaded) throw Object.assign(new Error(`Model not loaded before trying to complete ${request}. Please ensure you have called MLCEngine.reload(model) to load the model before initiating APIs`), { name: 'ModelNotLoadedError' });
  }

  async *#stream<Chunk>(request: Request, toChunk: (choices: { text: string; finish: 'stop' | 'length' | 'abort' | null }[], usage?: Usage) => Chunk): AsyncGenerator<Chunk, void, undefined> {
    this.requests.push(request);
    this.#outstanding += 1;
    this.mostOutstanding = Math.max(this.mostOutstanding, this.#outstanding);
    const before = this.#lock;
    let release: () => void = () => undefined;
    this.#lock = new Promise((resolve) => (release = resolve));
    await before;
    try {
      this.#isInterrupted = false;
      const { reply = 'one two three four five six seven eight nine ten eleven twelve thirteen fourteen', tokenMs = 0, hangAt } = this.script;
      const whole = reply.match(/\s*\S+/gu) ?? [];
      let tokens = 0;
      let finish: 'stop' | 'length' | 'abort' = 'stop';
      for (const token of whole) {
        if (tokens === hangAt) await new Promise<never>(() => undefined);
        await new Promise((resolve) => setTimeout(resolve, tokenMs));
        if (this.#isInterrupted) finish = 'abort';
        else if (tokens >= (request.max_tokens ?? Infinity)) finish = 'length';
        if (finish !== 'stop') break;
        tokens += 1;
        this.tokensMade += 1;
        yield toChunk([{ text: token, finish: null }]);
      }
      yield toChunk([{ text: '', finish }]);
      if (request.stream_options?.include_usage === true) yield toChunk([], { prompt_tokens: 0, completion_tokens: tokens, total_tokens: tokens, extra: { e2e_latency_s: 1, prefill_tokens_per_s: 1, decode_tokens_per_s: 1, time_to_first_token_s: 1, time_per_output_token_s: 1 } });
    } finally {
      this.#outstanding -= 1;
      release();
    }
  }
}

type Usage = NonNullable<ChatCompletionChunk['usage']>;
