import type { EngineProfile } from '#core/device/engine-profile.ts';
import type { ChatMessage, TextEnd, TextRequest } from '#core/generate/text-model.ts';
import type { ModelKey } from '#core/models/model-manifest.ts';

/** What a model worker is told to run. `baseUrl` is the app's address; runtime files lie below it (`ort/`, `mlc/`). */
export type ModelStart = { key: ModelKey; profile: EngineProfile; baseUrl: string };

/**
 * One model in a worker of its own, as that worker's `main` implements it and the supervisor calls it. A service that
 * threw once is not called again: its realm is given up. `load` resolves when the first inference can be made; `verify`
 * compares golden numbers and gives the worst (a cosine, or 1 for equal texts; `undefined` where there are none to
 * compare and the results were only seen to be sane); `measure` gives this device's speed after a warm-up. Every method
 * may reject with an `AppError`; `onLost` is called at most once, when the GPU device is gone.
 */
export type ModelService = {
  load(start: ModelStart, onLost: (reason: string) => void): Promise<void>;
  verify(): Promise<number | undefined>;
  measure(): Promise<number>;
  /** Unit vectors, row-major, in the order of the texts; prefixes are applied inside. */
  embed?(texts: readonly string[], kind: 'query' | 'passage', signal: AbortSignal): Promise<Float32Array>;
  /** Raw logits. */
  score?(query: string, passages: readonly string[], signal: AbortSignal): Promise<Float32Array>;
  countTokens?(request: { messages: ChatMessage[]; prefix?: string }): Promise<number>;
  generate?(request: TextRequest, signal: AbortSignal): AsyncGenerator<string, TextEnd, undefined>;
};
