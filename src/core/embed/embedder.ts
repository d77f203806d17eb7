import type { Profile } from '../segment/profile.ts';

/**
 * Turns texts into unit vectors of `profile.dims` float32 values each, row-major in one array. A text without a known
 * token gives zeros, or what a neural model makes of nothing. Prefixes of the profile are applied inside. Errors: `aborted`, `engine-gone`, `internal`.
 */
export type Embedder = {
  readonly profile: Profile;
  /** BCP 47 primary languages whose meaning the model knows; absent: all. Cosines of other languages tell little. */
  readonly languages?: readonly string[];
  /** Where it runs, as people are told: `webgpu` or `wasm`. Absent for a table in memory. */
  readonly device?: string;
  embedPassages(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array>;
  embedQuery(text: string, signal?: AbortSignal): Promise<Float32Array>;
  /**
   * Vectors of single words, at once. Only of embedders for which a word is a look-up in a table, so that the words of
   * whole passages may be compared while an answer is made.
   */
  embedWords?(words: readonly string[]): Float32Array;
  /**
   * Number of tokens the profile's tokenizer makes of a text, without special tokens; an estimate where that tokenizer needs
   * a neural runtime. Synchronous: the chunker calls it often.
   */
  countTokens(text: string): number;
};
