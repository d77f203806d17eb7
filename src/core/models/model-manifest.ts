import type { Sha256 } from '../ids.ts';
import type { Canary, Profile } from '../segment/profile.ts';

/** `embed`: search by meaning; `rerank`: puts found passages in a better order; `generate`: written answers. */
export type ModelTask = 'embed' | 'rerank' | 'generate';

/** What runs a model: transformers.js (ONNX Runtime Web), web-llm, or the browser itself. */
export type ModelEngine = 'transformers' | 'web-llm' | 'browser';

export type ModelDtype = 'fp32' | 'fp16' | 'q8' | 'q4' | 'q4f16' | 'q4f16_1' | 'q4f32_1';

/** `<org>/<name>@<commit>`: one manifest entry. Two entries may share org and name (another export of the same model). */
export type ModelKey = string & { readonly modelKey: unique symbol };

/** A file as it must be: its path below the model's folder, size and SHA-256. */
export type ModelFile = { path: string; bytes: number; sha256: Sha256 };

/**
 * One way to run a model: on these devices, with these files besides the ones every variant needs. `memoryBytes`: what it
 * takes when loaded, measured or as its publisher says.
 */
export type ModelVariant = {
  dtype: ModelDtype;
  devices: ('webgpu' | 'wasm')[];
  /** Paths of files only this variant needs. */
  files: string[];
  memoryBytes: number;
};

/** How vectors are made and what they mean; with files and dtype it makes a `Profile`. */
export type EmbedFacts = Pick<Profile, 'pooling' | 'queryPrefix' | 'passagePrefix' | 'dims' | 'maxTokens' | 'keywordWeight' | 'keywordWeightElsewhere' | 'meaningScale'> & {
  /** Texts with the vectors the unquantised model gives; none where nobody published any: numbers are then checked for sanity only. */
  canaries: Canary[];
};

/** Pairs with the raw logit the unquantised model gives. */
export type RerankFacts = { maxTokens: number; canaries: { query: string; passage: string; logit: number }[] };

/**
 * How a question is put to a generator. `chat-rules`: a system message with rules, passages as data, the model cites by
 * itself. `given-citation`: passage, short rule, question, and the answer begun with "According to [n],": the form for
 * models too small to cite or to refuse of their own accord, which are asked only where the evidence is strong.
 */
export type PromptForm = 'chat-rules' | 'given-citation';

/** What a model of this size can be trusted with, as the user is told: `toy` rephrases and errs often; `small` errs at times; `able` mostly holds to the passages. */
export type ModelTrust = 'toy' | 'small' | 'able';

export type GenerateFacts = {
  contextTokens: number;
  promptForm: PromptForm;
  trust: ModelTrust;
  /**
   * What a user asks, put in the model's own chat form with nothing before it, with the greedy answer that every right
   * device gives; none where nobody published any.
   */
  canaries: { prompt: string; text: string }[];
  /** web-llm only: address of the compiled library below `/mlc/<web-llm version>/`, and its id in web-llm's own list. */
  library?: { path: string; modelId: string };
};

/**
 * All that is known of a model before it is there. Data only: nothing in it is ever run, and every byte of `files` is
 * verified before anything reads it.
 */
export type ModelManifest = {
  /** `<org>/<name>`. */
  id: string;
  /** The hub's commit, or for an export of our own the content revision of its files (`contentRevision`). */
  commit: string;
  title: string;
  task: ModelTask;
  engine: ModelEngine;
  /** SPDX id or the licence's own name, and where its text stands. */
  licence: { name: string; url?: string; mustAccept?: true };
  /** BCP 47 primary languages; absent: many. */
  languages?: string[];
  /** Size in parameters, for the words about trust. */
  parameters: number;
  /**
   * Every file of every variant. Empty for the browser's own model, and together with `isUnresolved` for an entry of the hub whose sizes and hashes are
   * taken from the hub itself when it is installed (`resolveFromHub`).
   */
  files: ModelFile[];
  isUnresolved?: true;
  variants: ModelVariant[];
  embed?: EmbedFacts;
  rerank?: RerankFacts;
  generate?: GenerateFacts;
};

/** The name of a manifest entry. */
export function modelKey({ id, commit }: Pick<ModelManifest, 'id' | 'commit'>): ModelKey {
  return `${id}@${commit}` as ModelKey;
}
