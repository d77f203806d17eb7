import type { WireError } from '#core/errors/app-error.ts';
import type { ChatMessage, TextEnd, TextRequest } from '#core/generate/text-model.ts';
import type { ModelStart } from '../model-service.ts';

/** What is asked of a loaded model and may be asked again: it changes nothing, so an answer that was lost is asked for anew. */
export type ModelCalls = {
  embed: { args: [texts: readonly string[], kind: 'query' | 'passage']; result: Float32Array };
  score: { args: [query: string, passages: readonly string[]]; result: Float32Array };
  countTokens: { args: [request: { messages: ChatMessage[]; prefix?: string }]; result: number };
};

export type ModelMethod = keyof ModelCalls;

/**
 * What a supervisor sends. Every request has an id of its own; `cancel` names it. A text is pulled: the worker sends as
 * many pieces as it was given leave for, `window` at the start and `pieces` with every `pull`.
 */
export type ToModelWorker =
  | { kind: 'load'; id: number; start: ModelStart }
  | { kind: 'verify' | 'measure'; id: number }
  | { kind: 'call'; id: number; method: ModelMethod; args: unknown[] }
  | { kind: 'generate'; id: number; request: TextRequest; window: number }
  | { kind: 'pull'; id: number; pieces: number }
  | { kind: 'cancel'; id: number };

/**
 * What a model worker sends. `hello`: it runs, and from now on holds the Web Lock `lock` (where there are locks) until it
 * dies. Every request ends in exactly one `result`, `end` or `failed`. After `lost` or `fatal` nothing it says counts.
 */
export type FromModelWorker =
  | { kind: 'hello'; lock?: string }
  | { kind: 'result'; id: number; value: unknown }
  | { kind: 'piece'; id: number; text: string }
  | { kind: 'end'; id: number; end: TextEnd }
  | { kind: 'failed'; id: number; error: WireError }
  | { kind: 'lost'; reason: string }
  | { kind: 'fatal'; error: WireError };
