import type { EmbedFacts, ModelManifest, ModelVariant } from '../model-manifest.ts';

/** Files and memory of the usual dtypes of a hub export with so many parameters; memory is reckoned, not measured. */
function variants(parameters: number): ModelVariant[] {
  const runtimeBytes = 60e6;
  return [
    { dtype: 'q8', devices: ['wasm'], files: ['onnx/model_quantized.onnx'], memoryBytes: runtimeBytes + 2 * parameters },
    { dtype: 'fp16', devices: ['webgpu', 'wasm'], files: ['onnx/model_fp16.onnx'], memoryBytes: runtimeBytes + 4 * parameters },
    { dtype: 'fp32', devices: ['webgpu', 'wasm'], files: ['onnx/model.onnx'], memoryBytes: runtimeBytes + 8 * parameters },
  ];
}

/** No golden vectors of these are published: their numbers are checked for sanity only. */
function embedder(id: string, title: string, parameters: number, facts: Partial<EmbedFacts>, languages?: string[]): ModelManifest {
  return {
    id,
    commit: 'main',
    title,
    task: 'embed',
    engine: 'transformers',
    licence: { name: 'Apache-2.0', url: `https://huggingface.co/${id}` },
    ...(languages && { languages }),
    parameters,
    files: [],
    isUnresolved: true,
    variants: variants(parameters),
    embed: { pooling: 'cls', queryPrefix: '', passagePrefix: '', dims: 384, maxTokens: 512, keywordWeight: 0.7, canaries: [], ...facts },
  };
}

const arcticQuery = 'Represent this sentence for searching relevant passages: ';

/** Embedders of the hub, by their own exports. */
export const hubEmbedders: readonly ModelManifest[] = [
  embedder('Snowflake/snowflake-arctic-embed-xs', 'Arctic Embed XS', 22_565_376, { queryPrefix: arcticQuery }, ['en']),
  embedder('Snowflake/snowflake-arctic-embed-s', 'Arctic Embed S', 33_212_160, { queryPrefix: arcticQuery }, ['en']),
  embedder('onnx-community/granite-embedding-97m-multilingual-r2-ONNX', 'Granite Embedding 97M', 97_000_000, {}),
  embedder('Xenova/all-MiniLM-L6-v2', 'MiniLM L6 (hub)', 22_713_216, { pooling: 'mean', maxTokens: 256, keywordWeightElsewhere: 0.9, meaningScale: { zero: 0, one: 1 } }, ['en']),
];
