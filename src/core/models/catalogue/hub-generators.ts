import type { ModelManifest, ModelTrust, PromptForm } from '../model-manifest.ts';

const llamaLicence: ModelManifest['licence'] = { name: 'Llama 3.2 Community License', url: 'https://www.llama.com/llama3_2/license/', mustAccept: true };
const apache: ModelManifest['licence'] = { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' };

type Family = {
  name: string;
  title: string;
  /** Begin of the compiled library's name; absent: `name`. */
  library?: string;
  parameters: number;
  trust: ModelTrust;
  promptForm?: PromptForm;
  licence?: ModelManifest['licence'];
  languages?: string[];
  /** Graphics memory at a context of 4,096 tokens, by web-llm's own list. */
  memoryMb: { q4f16_1: number; q4f32_1: number };
};

/**
 * By size: below half a billion parameters a model rephrases and errs often; from there to 1.7 billion it errs at times. None
 * here is called `able`: no measurement of ours supports it.
 */
const families: Family[] = [
  { name: 'SmolLM2-360M-Instruct', title: 'SmolLM2 360M', parameters: 361_821_120, trust: 'toy', promptForm: 'given-citation', languages: ['en'], memoryMb: { q4f16_1: 376.06, q4f32_1: 579.61 } },
  { name: 'Qwen2.5-0.5B-Instruct', title: 'Qwen2.5 0.5B', library: 'Qwen2-0.5B-Instruct', parameters: 494_032_768, trust: 'small', memoryMb: { q4f16_1: 944.62, q4f32_1: 1060.2 } },
  { name: 'Qwen3-0.6B', title: 'Qwen3 0.6B', parameters: 596_049_920, trust: 'small', memoryMb: { q4f16_1: 1403.34, q4f32_1: 1924.98 } },
  { name: 'Llama-3.2-1B-Instruct', title: 'Llama 3.2 1B', parameters: 1_235_814_400, trust: 'small', licence: llamaLicence, languages: ['en', 'de', 'fr', 'it', 'pt', 'hi', 'es', 'th'], memoryMb: { q4f16_1: 879.04, q4f32_1: 1128.82 } },
  { name: 'Qwen2.5-1.5B-Instruct', title: 'Qwen2.5 1.5B', library: 'Qwen2-1.5B-Instruct', parameters: 1_543_714_304, trust: 'small', memoryMb: { q4f16_1: 1629.75, q4f32_1: 1888.97 } },
  { name: 'Qwen3-1.7B', title: 'Qwen3 1.7B', parameters: 1_720_574_976, trust: 'small', memoryMb: { q4f16_1: 2036.66, q4f32_1: 2635.44 } },
];

function webLlmEntry(family: Family, dtype: 'q4f16_1' | 'q4f32_1'): ModelManifest {
  const modelId = `${family.name}-${dtype}-MLC`;
  return {
    id: `mlc-ai/${modelId}`,
    commit: 'main',
    title: family.title,
    task: 'generate',
    engine: 'web-llm',
    licence: family.licence ?? apache,
    ...(family.languages && { languages: family.languages }),
    parameters: family.parameters,
    files: [],
    isUnresolved: true,
    variants: [{ dtype, devices: ['webgpu'], files: [], memoryBytes: Math.round(family.memoryMb[dtype] * 1e6) }],
    generate: {
      contextTokens: 4_096,
      promptForm: family.promptForm ?? 'chat-rules',
      trust: family.trust,
      canaries: [],
      library: { path: `${family.library ?? family.name}-${dtype}_cs1k-webgpu.wasm`, modelId },
    },
  };
}

/**
 * The hub's exports for transformers.js. Its `q8` quantises every product of these models, which cost our copy of the
 * smaller a third of its certainty (perplexity 51 against 35): the mixed export of our own is better where a server has it.
 */
function transformersEntry(name: string, title: string, parameters: number): ModelManifest {
  const runtimeBytes = 60e6;
  return {
    id: `HuggingFaceTB/${name}`,
    commit: 'main',
    title: `${title} (hub)`,
    task: 'generate',
    engine: 'transformers',
    licence: apache,
    languages: ['en'],
    parameters,
    files: [],
    isUnresolved: true,
    variants: [
      { dtype: 'q8', devices: ['wasm'], files: ['onnx/model_quantized.onnx'], memoryBytes: runtimeBytes + 2 * parameters },
      { dtype: 'q4f16', devices: ['webgpu'], files: ['onnx/model_q4f16.onnx'], memoryBytes: runtimeBytes + 2 * parameters },
      { dtype: 'q4', devices: ['webgpu', 'wasm'], files: ['onnx/model_q4.onnx'], memoryBytes: runtimeBytes + 3 * parameters },
    ],
    generate: { contextTokens: 8_192, promptForm: 'given-citation', trust: 'toy', canaries: [] },
  };
}

/** Generators of the hub: for web-llm on WebGPU (with 16-bit floats, and without), and for transformers.js. */
export const hubGenerators: readonly ModelManifest[] = [
  ...families.flatMap((family) => [webLlmEntry(family, 'q4f16_1'), webLlmEntry(family, 'q4f32_1')]),
  transformersEntry('SmolLM2-135M-Instruct', 'SmolLM2 135M', 134_515_008),
  transformersEntry('SmolLM2-360M-Instruct', 'SmolLM2 360M', 361_821_120),
];
