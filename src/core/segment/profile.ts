import type { Sha256 } from '../ids.ts';

/** A text and the vector that the profile's model must give for it, as unit float32 values. */
export type Canary = { text: string; vector: number[] };

/** What a vector means. Vectors of different profiles are never compared; the id is the hash of all fields but `canaries`. */
export type Profile = {
  model: string;
  commit: string;
  dtype: string;
  pooling: 'mean' | 'cls' | 'weighted-mean';
  queryPrefix: string;
  passagePrefix: string;
  tokenizer: Sha256;
  chunker: string;
  dims: number;
  maxTokens: number;
  /** Weight of the keyword score in the fusion rule. */
  keywordWeight: number;
  canaries: Canary[];
};
