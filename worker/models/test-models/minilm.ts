import type { Canary } from '#core/segment/profile.ts';
import type { ModelDescription } from './folder-model-files.ts';

/** Golden vectors as they lie beside the test models. */
export type GoldenVectors = { texts: (Canary & { ids: number[] })[] };

/** What is to be known of all-MiniLM-L6-v2 to run it, with its golden vectors as canaries. */
export function describeMiniLm({ texts }: GoldenVectors): ModelDescription {
  return {
    id: 'Xenova/all-MiniLM-L6-v2', title: 'MiniLM', task: 'embed', engine: 'transformers', parameters: 22_700_000,
    licence: { name: 'Apache-2.0' }, languages: ['en'],
    variants: [
      { dtype: 'q8', devices: ['wasm'], files: ['onnx/model_quantized.onnx'], memoryBytes: 80_000_000 },
      { dtype: 'fp16', devices: ['webgpu', 'wasm'], files: ['onnx/model_fp16.onnx'], memoryBytes: 150_000_000 },
    ],
    embed: {
      pooling: 'mean', queryPrefix: '', passagePrefix: '', dims: 384, maxTokens: 256, keywordWeight: 0.5,
      canaries: texts.map(({ text, vector }) => ({ text, vector })),
    },
  };
}
