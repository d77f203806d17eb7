import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** A real web-llm model for the test that needs one: where the development server has its files, and their sizes. */
export type WebLlmAtHand = { address: string; folder: string; files: { path: string; bytes: number }[] };

/**
 * The folder that `ALCOVE_WEBLLM_MODEL` names: a model's files as its publisher has them (`mlc-chat-config.json`,
 * `tensor-cache.json`, `params_shard_*.bin`, `tokenizer.json`) and beside them the compiled library (`*.wasm`).
 */
export function webLlmAtHand(): WebLlmAtHand | null {
  const named = process.env['ALCOVE_WEBLLM_MODEL'];
  if (!named) return null;
  const folder = resolve(named);
  const files = readdirSync(folder).map((path) => ({ path, bytes: statSync(join(folder, path)).size }));
  return { address: `/@fs${folder}/`, folder, files };
}
