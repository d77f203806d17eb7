import type { Sha256 } from '#core/ids.ts';
import type { ModelManifest } from '#core/models/model-manifest.ts';
import { webLlmVersion } from '#core/models/web-llm-library.ts';
import type { ModelFiles } from '../../model-files.ts';

type AtHand = { address: string; files: { path: string; bytes: number }[] };

/** The model that the person who runs the tests has at hand; `null` where there is none. */
export const webLlmAtHand: AtHand | null = import.meta.env['ALCOVE_WEBLLM_AT_HAND'] || null;

const form = { system_template: '{system_message}', system_message: '', roles: { user: 'user', assistant: 'assistant' }, seps: ['\n'], role_content_sep: ': ', role_empty_sep: ':', stop_str: [], stop_token_ids: [2] };

/** A model of web-llm whose library is no library: all of web-llm's own look-ups up to the start of the library can be seen with it. */
export async function brokenWebLlmModel(): Promise<ModelFiles> {
  const tokenizer = await (await fetch('/fixtures/models/alcove-test/tiny-random-llama/tokenizer.json')).blob();
  const config = { conv_template: form, tokenizer_files: ['tokenizer.json'], context_window_size: 512, vocab_size: 300 };
  return filesOf({ 'mlc-chat-config.json': new Blob([JSON.stringify(config)]), 'tokenizer.json': tokenizer, 'library.wasm': new Blob(['no library']) });
}

/** The files of the model at hand, read from the development server. */
export function openWebLlmAtHand({ address, files }: AtHand): ModelFiles {
  const read = async (path: string): Promise<Blob> => (await fetch(address + path)).blob();
  return describe(files, async (path) => (files.some((file) => file.path === path) ? read(path) : undefined));
}

function filesOf(blobs: Record<string, Blob>): ModelFiles {
  return describe(Object.entries(blobs).map(([path, { size }]) => ({ path, bytes: size })), async (path) => blobs[path]);
}

/** The library lies beside the other files here and below `mlc/` in a store. */
function describe(files: AtHand['files'], read: ModelFiles['read']): ModelFiles {
  const library = files.find(({ path }) => path.endsWith('.wasm'))?.path ?? 'library.wasm';
  const stored = `mlc/${webLlmVersion}/${library}`;
  const manifest: ModelManifest = {
    id: 'test/web-llm-model', commit: '0'.repeat(40), title: 'web-llm', task: 'generate', engine: 'web-llm', licence: { name: '?' }, parameters: 1,
    files: files.map(({ path, bytes }) => ({ path: path === library ? stored : path, bytes, sha256: '' as Sha256 })),
    variants: [{ dtype: library.includes('f16') ? 'q4f16_1' : 'q4f32_1', devices: ['webgpu'], files: [], memoryBytes: 1 }],
    generate: { contextTokens: 2048, promptForm: 'chat-rules', trust: 'small', canaries: [], library: { path: library, modelId: 'test-model' } },
  };
  return { manifest, read: (path) => read(path === stored ? library : path) };
}
