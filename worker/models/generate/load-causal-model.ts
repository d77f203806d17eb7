import type { ChatMessage, TextRequest } from '#core/generate/text-model.ts';
import type { PreTrainedModel, PreTrainedTokenizer, Tensor, TextStreamer } from '@huggingface/transformers';
import type { TransformersLibrary, TransformersSetUp } from '../transformers/set-up-transformers.ts';

/** A decoder with its tokenizer. */
export type CausalModel = {
  readonly contextTokens: number;
  /** Ids of the chat in the model's own form, the answer begun with `prefix`. */
  encode(request: Pick<TextRequest, 'messages' | 'prefix'>): number[];
  encodeText(text: string): number[];
  decode(ids: number[]): string;
  isEnd(id: number): boolean;
  /** Decodes until `onToken` gives false, the model ends or `maxNewTokens` are there. Resolves after its cache is disposed of. */
  run(ids: readonly number[], options: RunOptions): Promise<void>;
};

export type RunOptions = Pick<TextRequest, 'temperature'> & {
  maxNewTokens: number;
  onToken(id: number): void;
  /** Looked at after every token. */
  isStopped(): boolean;
  /** Awaited between two tokens. */
  pause(): Promise<void>;
};

type Forward = (inputs: Record<string, unknown>) => Promise<unknown>;

/** Loads tokenizer and model. `contextTokens` of the manifest is cut at what the model's own configuration allows. */
export async function loadCausalModel({ library, id, options }: TransformersSetUp, contextTokens: number): Promise<CausalModel> {
  const { AutoModelForCausalLM, AutoTokenizer } = library;
  const tokenizer = await AutoTokenizer.from_pretrained(id, options);
  const model = await AutoModelForCausalLM.from_pretrained(id, options);
  const specials = specialTokens(tokenizer);
  const ends = endTokens(model, tokenizer);
  const pauses = pauseBetweenTokens(model);
  const encodeText = (text: string): number[] => tokenizer.encode(text, { add_special_tokens: false });
  return {
    contextTokens: Math.min(contextTokens, maxPositions(model) ?? contextTokens),
    encodeText,
    encode: ({ messages, prefix = '' }) => encodeText(chatText(tokenizer, messages.map((message) => withoutSpecials(message, specials))) + prefix),
    decode: (ids) => tokenizer.decode(ids, { skip_special_tokens: true, clean_up_tokenization_spaces: false }),
    isEnd: (token) => ends.has(token),
    async run(ids, run) {
      pauses.pause = run.pause;
      await model.generate({ ...toInputs(library, ids), ...toSettings(run), streamer: createStreamer(library, run), stopping_criteria: createStop(library, run) });
    },
  };
}

function chatText(tokenizer: PreTrainedTokenizer, messages: ChatMessage[]): string {
  // `enable_thinking` is read by the forms of models that can do without their thoughts aloud (Qwen3), and by no other.
  const form = { tokenize: false, add_generation_prompt: true, enable_thinking: false } as const;
  return tokenizer.apply_chat_template(messages, form);
}

/** Tokens of the chat's form cannot be written by what a message says: they get a space within. */
function withoutSpecials(message: ChatMessage, specials: readonly string[]): ChatMessage {
  const content = specials.reduce((text, special) => text.replaceAll(special, `${special.slice(0, 1)} ${special.slice(1)}`), message.content);
  return { ...message, content };
}

function specialTokens(tokenizer: PreTrainedTokenizer): string[] {
  return [...new Set(tokenizer.all_special_tokens.filter((token) => token.trim().length > 1))];
}

function endTokens(model: PreTrainedModel, tokenizer: PreTrainedTokenizer): Set<number> {
  const configured = (model.generation_config as { eos_token_id?: number | number[] | null } | null)?.eos_token_id;
  const own = tokenizer.eos_token_id as number | undefined;
  return new Set([configured ?? own ?? []].flat());
}

function maxPositions(model: PreTrainedModel): number | undefined {
  const positions = (model.config as unknown as { max_position_embeddings?: unknown }).max_position_embeddings;
  return typeof positions === 'number' ? positions : undefined;
}

/**
 * Lets the realm breathe after every forward pass. On WASM nothing between two tokens of `generate` leaves the microtask queue, so that
 * a message to stop would not be seen before the end; its loop has no other place to wait in.
 */
function pauseBetweenTokens(model: PreTrainedModel): { pause: () => Promise<void> } {
  const hook = { pause: (): Promise<void> => Promise.resolve() };
  const forward = (model.forward as Forward).bind(model);
  const paused: Forward = async (inputs) => {
    const outputs = await forward(inputs);
    await hook.pause();
    return outputs;
  };
  Object.assign(model, { forward: paused });
  return hook;
}

function toInputs({ Tensor }: TransformersLibrary, ids: readonly number[]): { inputs: Tensor; attention_mask: Tensor } {
  const dims = [1, ids.length];
  return { inputs: new Tensor('int64', BigInt64Array.from(ids, BigInt), dims), attention_mask: new Tensor('int64', new BigInt64Array(ids.length).fill(1n), dims) };
}

/** The library samples among the likeliest `top_k` and knows no `top_p` (its 4.3.1 leaves it out), so `topP` has no effect here. */
function toSettings({ maxNewTokens, temperature = 0 }: RunOptions): Record<string, unknown> {
  return temperature <= 0 ? { max_new_tokens: maxNewTokens, do_sample: false } : { max_new_tokens: maxNewTokens, do_sample: true, temperature };
}

/** Gives tokens on as they are: the library's own streamer decodes all of a line again at each. Its type is asked for by name. */
function createStreamer({ BaseStreamer }: TransformersLibrary, { onToken }: RunOptions): TextStreamer {
  let isPrompt = true;
  const streamer = Object.assign(new BaseStreamer(), {
    put(values: (bigint | number)[][]) {
      if (!isPrompt) for (const id of values[0] ?? []) onToken(Number(id));
      isPrompt = false;
    },
    end: () => undefined,
  });
  return streamer as unknown as TextStreamer;
}

function createStop({ InterruptableStoppingCriteria }: TransformersLibrary, { isStopped }: RunOptions): InstanceType<TransformersLibrary['InterruptableStoppingCriteria']> {
  const criteria = new InterruptableStoppingCriteria();
  Object.defineProperty(criteria, 'interrupted', { get: isStopped });
  return criteria;
}
