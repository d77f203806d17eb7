import { AppError } from '#core/errors/app-error.ts';
import { createStopCutter } from '#core/generate/cut-at-stop.ts';
import type { ChatMessage, TextEnd, TextRequest } from '#core/generate/text-model.ts';
import type { GenerateFacts, ModelKey } from '#core/models/model-manifest.ts';
import { yieldToMessages } from '../../yield-to-messages.ts';
import type { ModelFiles } from '../model-files.ts';
import type { ModelService, ModelStart } from '../model-service.ts';
import { setUpTransformers } from '../transformers/set-up-transformers.ts';
import { toTransformersError } from '../transformers/to-transformers-error.ts';
import { checkGreedyText } from './check-greedy-text.ts';
import { createIncrementalDetokenizer } from './incremental-detokenizer.ts';
import { loadCausalModel, type CausalModel } from './load-causal-model.ts';
import { measureDecoding } from './measure-decoding.ts';
import { serveTextRequests } from './serve-text-requests.ts';
import { TextChannel } from './text-channel.ts';
import { TextTimer } from './text-timer.ts';

type Prompt = Pick<TextRequest, 'messages' | 'prefix'>;
type Loaded = { model: CausalModel; facts: GenerateFacts };

/** Pieces that decoding may be ahead of a slow consumer. */
const piecesAhead = 32;
/** Longest time between two looks for messages; a token takes about as long. */
const breathMs = 50;
/** Tokens of the prompt that the first token's text is decoded with. */
const contextTokens = 4;
/** No language writes so much to a token: longer texts are over any limit, and counting them would take unbounded time. */
const charactersPerToken = 64;

/**
 * Text generation by transformers.js. Tokens become text as they come, each decoded once; between two of them messages are
 * let in every 50 ms, so that a request to stop is seen at once (not while a prompt is read: that cannot be interrupted). A
 * prompt that leaves no room in the context is `invalid-input` before it reaches the graph, which it would break for good.
 */
export function createTransformersTextService({ openFiles }: { openFiles: (key: ModelKey) => Promise<ModelFiles> }): ModelService {
  let loaded: Loaded | undefined;

  const current = (): Loaded => {
    if (loaded === undefined) throw new AppError('invalid-input', 'no model was loaded');
    return loaded;
  };

  async function load(start: ModelStart, onLost: (reason: string) => void): Promise<void> {
    const files = await openFiles(start.key);
    const facts = files.manifest.generate;
    if (facts === undefined) throw new AppError('model/invalid', `${start.key} does not say how it writes`);
    const setUp = await setUpTransformers({ ...start, files });
    loaded = { model: await loadCausalModel(setUp, facts.contextTokens), facts };
    setUp.watchDevice(onLost);
  }

  const { generate, complete, named } = serveTextRequests({ run: (request, signal) => runRequest(current().model, request, signal), toError: toTransformersError });
  const countText = async (text: string): Promise<number> => current().model.encodeText(text).length;
  return {
    load: named(load),
    verify: named(async () => checkGreedyText(current().facts.canaries, countText, complete)),
    measure: named(async () => measureDecoding(generate)),
    countTokens: named(async (prompt: { messages: ChatMessage[]; prefix?: string }) => countTokens(current().model, prompt)),
    generate,
  };
}

function countTokens(model: CausalModel, prompt: Prompt): number {
  const characters = charactersOf(prompt);
  return characters > model.contextTokens * charactersPerToken ? Math.ceil(characters / charactersPerToken) : model.encode(prompt).length;
}

function charactersOf({ messages, prefix = '' }: Prompt): number {
  return messages.reduce((sum, { content }) => sum + content.length, prefix.length);
}

/** One request from prompt to end, decoding ahead of its consumer by a little. */
async function* runRequest(model: CausalModel, request: TextRequest, signal: AbortSignal): AsyncGenerator<string, TextEnd, undefined> {
  const timer = new TextTimer();
  const { ids, maxNewTokens } = admit(model, request);
  const channel = new TextChannel(piecesAhead);
  const cutter = createStopCutter(request.stop ?? []);
  const text = createIncrementalDetokenizer((some) => model.decode(some), ids.slice(-contextTokens));
  const state = { isEnded: false, isLeft: false, breathedMs: 0 };
  const wake = (): void => channel.close();
  signal.addEventListener('abort', wake, { once: true });
  const isStopped = (): boolean => signal.aborted || state.isLeft || cutter.isStopped;
  const run = model.run(ids, {
    ...request,
    maxNewTokens,
    isStopped,
    onToken(id) {
      state.isEnded = model.isEnd(id);
      if (state.isEnded) return;
      timer.count();
      channel.push(cutter.push(text.push(id)));
    },
    async pause() {
      if (performance.now() - state.breathedMs > breathMs) {
        await yieldToMessages();
        state.breathedMs = performance.now();
      }
      if (!isStopped()) await channel.room();
    },
  });
  const ended = run.then(
    () => {
      channel.push(cutter.push(text.end()) + cutter.end());
      channel.close();
    },
    (thrown: unknown) => channel.close({ thrown }),
  );
  try {
    for (let piece = await channel.take(); piece !== undefined; piece = await channel.take()) yield piece;
    await run;
    const reason = signal.aborted ? 'stopped' : state.isEnded || cutter.isStopped ? 'end' : 'length';
    return { reason, promptTokens: ids.length, ...timer.figures() };
  } finally {
    state.isLeft = true;
    signal.removeEventListener('abort', wake);
    channel.close();
    await ended;
  }
}

/** The prompt's tokens and the room there is behind them. Errors: `invalid-input`. */
function admit(model: CausalModel, request: TextRequest): { ids: number[]; maxNewTokens: number } {
  const limit = model.contextTokens;
  const isTooLong = charactersOf(request) > limit * charactersPerToken;
  const ids = isTooLong ? [] : model.encode(request);
  const room = limit - ids.length;
  if (isTooLong || ids.length === 0 || room < 1 || request.maxTokens < 1) {
    throw new AppError('invalid-input', `a prompt of ${isTooLong ? 'far too many' : ids.length} tokens and ${request.maxTokens} new ones do not fit ${limit}`, { detail: { contextTokens: limit } });
  }
  return { ids, maxNewTokens: Math.min(request.maxTokens, room) };
}
