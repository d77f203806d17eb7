import { AppError } from '#core/errors/app-error.ts';
import type { Tensor } from '@huggingface/transformers';
import type { Batch } from './plan-batches.ts';
import type { TransformersSetUp } from './set-up-transformers.ts';
import { type Encode, frameOf, type TokenFrame, type TokenRow } from './token-frame.ts';

/** A model that reads whole texts, with its tokenizer. */
export type TextEncoder = {
  frame: TokenFrame;
  /** Ids of a text without special tokens, of its first `maxTokens` tokens at least. */
  tokenize(text: string, maxTokens: number): number[];
  /**
   * One run. `rows` are the rows of its texts; the first of the named outputs that the model has goes to `use`, as float32,
   * in memory that is given back afterwards.
   */
  run(rows: readonly TokenRow[], shape: Pick<Batch, 'rows' | 'tokens'>, outputs: readonly string[], use: UseOutput): Promise<void>;
};

export type UseOutput = (values: Float32Array, dims: readonly number[]) => void;

type Inputs = Record<'input_ids' | 'attention_mask' | 'token_type_ids', Tensor>;
type CallModel = (inputs: Inputs) => Promise<Record<string, Tensor>>;

/** No language writes so much to a token: beyond that a text cannot matter, and tokenising it all would take unbounded time. */
const charactersPerToken = 64;

/** Loads a tokenizer and a model without a language head; `head: 'score'` is a cross-encoder. */
export async function loadEncoder({ library, id, options }: TransformersSetUp, { head }: { head: 'none' | 'score' }): Promise<TextEncoder> {
  const { AutoModel, AutoModelForSequenceClassification, AutoTokenizer } = library;
  const tokenizer = await AutoTokenizer.from_pretrained(id, options);
  const model = await (head === 'none' ? AutoModel : AutoModelForSequenceClassification).from_pretrained(id, options);
  const call = model as unknown as CallModel;
  const encode: Encode = (text, { pair, isBare = false }) =>
    tokenizer(text, { ...(pair !== undefined && { text_pair: pair }), add_special_tokens: !isBare, return_tensor: false }).input_ids;
  const paddingId = (tokenizer.pad_token_id as number | undefined) ?? 0;
  return {
    frame: frameOf(encode),
    tokenize: (text, maxTokens) => (text === '' ? [] : encode(text.slice(0, maxTokens * charactersPerToken), { isBare: true })),
    async run(rows, shape, outputs, use) {
      const inputs = toInputs(rows, shape, paddingId, library.Tensor);
      const results = await call(inputs);
      const output = outputs.map((name) => results[name]).find((tensor) => tensor !== undefined);
      if (output === undefined) throw new AppError('model/invalid', `the model gives none of ${outputs.join(', ')}`);
      use(toFloats(output), output.dims);
      for (const tensor of [...Object.values(inputs), ...Object.values(results)]) tensor.dispose();
    },
  };
}

/** Filler rows repeat the first, so that no row is without a token to attend to. */
function toInputs(rows: readonly TokenRow[], { rows: count, tokens }: Pick<Batch, 'rows' | 'tokens'>, paddingId: number, TensorClass: typeof Tensor): Inputs {
  const ids = new BigInt64Array(count * tokens).fill(BigInt(paddingId));
  const mask = new BigInt64Array(count * tokens);
  const types = new BigInt64Array(count * tokens);
  for (let row = 0; row < count; row++) {
    const { ids: own, typeIds } = rows[row] ?? rows[0]!;
    for (const [i, id] of own.entries()) {
      ids[row * tokens + i] = BigInt(id);
      mask[row * tokens + i] = 1n;
      types[row * tokens + i] = BigInt(typeIds[i]!);
    }
  }
  const tensor = (data: BigInt64Array): Tensor => new TensorClass('int64', data, [count, tokens]);
  return { input_ids: tensor(ids), attention_mask: tensor(mask), token_type_ids: tensor(types) };
}

function toFloats(tensor: Tensor): Float32Array {
  return (tensor.type === 'float32' ? tensor : tensor.to('float32')).data as Float32Array;
}
