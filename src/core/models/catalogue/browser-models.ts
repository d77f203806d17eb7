import type { ModelManifest } from '../model-manifest.ts';

/**
 * The language model that some browsers bring along. Which it is, and how large, the browser does not say; figures are those
 * of the models in use (three to four thousand million parameters, more than 4 GB of graphics memory).
 */
export const browserModels: readonly ModelManifest[] = [
  {
    id: 'browser/language-model',
    commit: 'built-in',
    title: 'The browser’s own model',
    task: 'generate',
    engine: 'browser',
    licence: { name: 'Terms of the browser’s maker' },
    languages: ['en'],
    parameters: 3_250_000_000,
    files: [],
    variants: [{ dtype: 'q4', devices: ['webgpu'], files: [], memoryBytes: 4e9 }],
    generate: { contextTokens: 4_096, promptForm: 'chat-rules', trust: 'small', canaries: [] },
  },
];
