/**
 * Scores how well passages answer a query, by a model that reads both together. Scores are raw logits: comparable within
 * one call only. Errors: `aborted`, `engine-gone`, `model/failed`.
 */
export type Reranker = {
  readonly model: string;
  /** One score a passage, in their order; texts beyond the model's limit are cut. */
  score(query: string, passages: readonly string[], signal?: AbortSignal): Promise<Float32Array>;
  /** Pairs a second on this device, measured at the last start. */
  readonly pairsPerSecond: number;
};
