import type { Sha256 } from '../../ids.ts';
import type { ModelFile, ModelManifest } from '../model-manifest.ts';
import { minilmCanaries } from './minilm-canaries.ts';

const file = (path: string, bytes: number, sha256: string): ModelFile => ({ path, bytes, sha256: sha256 as Sha256 });
const apache: ModelManifest['licence'] = { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' };

/** Our own conversion of sentence-transformers/all-MiniLM-L6-v2: other bytes than the hub's export of the same id. */
const minilm: ModelManifest = {
  id: 'Xenova/all-MiniLM-L6-v2',
  commit: 'cc8659d95869fdb31fa2efc976de282ed05081d0',
  title: 'MiniLM L6',
  task: 'embed',
  engine: 'transformers',
  licence: apache,
  languages: ['en'],
  parameters: 22_713_216,
  files: [
    file('LICENSE', 11_358, 'cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30'),
    file('NOTICE', 935, '4115c043f913805b31aa0d32b4e53fe09c9475a2c14f99cfa4c48240ab2553c6'),
    file('config.json', 612, '953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41'),
    file('onnx/model_fp16.onnx', 45_208_229, '47683a0cfd7c31f90596b4d6a37eb1bb0e379b7b19e1782cc95c23a09767ca08'),
    file('onnx/model_quantized.onnx', 22_871_095, '917186151937f6a2a22ad0fe429d4c29e8c5164faecbe2bdcee55921714f914a'),
    file('special_tokens_map.json', 125, 'd2207e01f191626729e08582912c9bf23876883924839b2bbee97489f804e00e'),
    file('tokenizer.json', 466_081, '5fd1c882abbd30517dced455a2c9768945ec726b96727927e4959348d9de550b'),
    file('tokenizer_config.json', 379, '60c9dae52bae5d775f5eec520d82f79e7a99f31f5490dc8690451281d2f8bacf'),
    file('vocab.txt', 231_508, '07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3'),
  ],
  variants: [
    { dtype: 'q8', devices: ['wasm'], files: ['onnx/model_quantized.onnx'], memoryBytes: 110e6 },
    { dtype: 'fp16', devices: ['webgpu', 'wasm'], files: ['onnx/model_fp16.onnx'], memoryBytes: 180e6 },
  ],
  embed: { pooling: 'mean', queryPrefix: '', passagePrefix: '', dims: 384, maxTokens: 256, keywordWeight: 0.7, keywordWeightElsewhere: 0.9, meaningScale: { zero: 0, one: 1 }, canaries: minilmCanaries },
};

/** Our own export with mixed int8 (down_proj kept at 4 bits), fast on WASM without the loss of quantising everything. */
const smolLm: ModelManifest = {
  id: 'HuggingFaceTB/SmolLM2-135M-Instruct',
  commit: '765e24795e204cdb2147ced7a18c64a506c977f8',
  title: 'SmolLM2 135M',
  task: 'generate',
  engine: 'transformers',
  licence: apache,
  languages: ['en'],
  parameters: 134_515_008,
  files: [
    file('LICENSE', 11_358, 'cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30'),
    file('NOTICE', 607, '917e7d0425a7d7c09fab0dc3ab08ce46ea47174be9e8c917b1c4f8d2030eb46c'),
    file('config.json', 676, 'fc6b960acbc155beb2e0ce4b8c2ccc15fee24029ccb5026b514c4de83c24489f'),
    file('generation_config.json', 95, 'a67db841695b8322a95a593473c351626275a08f62e6a2c0a6424e414f3defa3'),
    file('onnx/model_quantized.onnx', 127_264_735, '87f01320373cf20740de07926e2b4a2a1a47e88bdf6d57b9965957abc0a3126f'),
    file('special_tokens_map.json', 198, 'bbd00bf09a276ddc457306eedbae95c79f1aaf2a4e661d0b11ca59ebe01a53dc'),
    file('tokenizer.json', 1_367_681, '39f7f16e827ead4abb6c1fb6d845ac380803ae32b6a32053de528fd3ad512bf1'),
    file('tokenizer_config.json', 3_763, '59ce41dad96fdf0595cfbd43aa0b61c88f54d1e6228bb109b7592fe8585ff8b8'),
  ],
  // The file, and what is unfolded from it when the session is made: 106 MB of down_proj and 113 MB of the head.
  variants: [{ dtype: 'q8', devices: ['wasm'], files: ['onnx/model_quantized.onnx'], memoryBytes: 480e6 }],
  generate: {
    contextTokens: 8_192,
    promptForm: 'given-citation',
    trust: 'toy',
    canaries: [{ prompt: 'What is the capital of France?', text: 'The capital of France is Paris.' }],
  },
};

/** Models whose files we made: they are had from a server that serves them, or imported. */
export const ownExports: readonly ModelManifest[] = [minilm, smolLm];
