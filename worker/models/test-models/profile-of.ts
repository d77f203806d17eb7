import type { EngineProfile } from '#core/device/engine-profile.ts';

/** A profile for tests: WASM, one thread, no buckets, unless told otherwise. */
export function profileOf(parts: Partial<EngineProfile> = {}): EngineProfile {
  return { engine: 'transformers', device: 'wasm', dtype: 'fp32', ortBuild: 'plain', threads: 1, batch: 8, buckets: [], ...parts };
}

/** Stands for the bundled model's tokenizer. */
export function countWords(text: string): number {
  return text.split(/\s+/).filter((word) => word !== '').length;
}
