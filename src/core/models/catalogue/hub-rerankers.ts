import type { ModelManifest } from '../model-manifest.ts';

/** The smallest of the cross-encoders that are about equal. No golden scores of it are published. */
export const hubRerankers: readonly ModelManifest[] = [
  {
    id: 'Xenova/ms-marco-MiniLM-L-6-v2',
    commit: 'main',
    title: 'MS MARCO MiniLM L6',
    task: 'rerank',
    engine: 'transformers',
    licence: { name: 'Apache-2.0', url: 'https://huggingface.co/Xenova/ms-marco-MiniLM-L-6-v2' },
    languages: ['en'],
    parameters: 22_713_601,
    files: [],
    isUnresolved: true,
    variants: [
      { dtype: 'q8', devices: ['wasm'], files: ['onnx/model_quantized.onnx'], memoryBytes: 110e6 },
      { dtype: 'fp16', devices: ['webgpu', 'wasm'], files: ['onnx/model_fp16.onnx'], memoryBytes: 180e6 },
      { dtype: 'fp32', devices: ['webgpu', 'wasm'], files: ['onnx/model.onnx'], memoryBytes: 270e6 },
    ],
    rerank: { maxTokens: 512, canaries: [] },
  },
];
