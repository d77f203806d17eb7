import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { externOrtConditions, ortAssets } from './scripts/build/ort-assets.ts';
import { runtimeVersionDefines } from './scripts/build/runtime-versions.ts';
import { chromiumFlags, findChromium, softwareGpuFlags } from './scripts/find-chromium.mjs';
import { startTestHubCommand } from './scripts/test-hub/browser-command.ts';
import { webLlmAtHand } from './scripts/web-llm-at-hand.ts';

const chromium = findChromium();
// Real models, where they are at hand, are read by browser tests through the development server.
const sharedModels = join(resolve(process.env['ALCOVE_SHARED'] ?? '../shared'), 'models');
const sharedModelsPath = existsSync(sharedModels) ? `/@fs${sharedModels}/` : '';
// With a real web-llm model the GPU must be real too.
const webLlm = webLlmAtHand();
const gpuFlags = webLlm ? ['--enable-unsafe-webgpu'] : softwareGpuFlags;
const launch = (args: string[]) => playwright({ launchOptions: { ...(chromium && { executablePath: chromium }), args } });
const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };

export default defineConfig({
  plugins: [ortAssets()],
  define: { ...runtimeVersionDefines, 'import.meta.env.ALCOVE_SHARED_MODELS': JSON.stringify(sharedModelsPath), 'import.meta.env.ALCOVE_WEBLLM_AT_HAND': JSON.stringify(webLlm ?? '') },
  resolve: { conditions: externOrtConditions },
  server: { headers, fs: { allow: ['.', sharedModels, ...(webLlm ? [webLlm.folder] : [])] } },
  worker: { format: 'es' },
  // Found only when a worker asks for it, it would reload the page in the middle of a test.
  optimizeDeps: { include: ['@huggingface/transformers', '@huggingface/tokenizers', '@mlc-ai/web-llm'] },
  test: {
    reporters: ['default'],
    projects: [
      {
        extends: true,
        test: {
          name: 'node',
          environment: 'node',
          include: ['{src,worker,server,bench,scripts}/**/*.test.{ts,tsx}'],
          exclude: ['**/*.browser.test.ts', '**/*.webgpu.test.ts', 'node_modules/**'],
          setupFiles: ['scripts/property-seed.ts'],
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'browser',
          include: ['{src,worker,bench}/**/*.browser.test.{ts,tsx}'],
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            commands: { startTestHub: startTestHubCommand },
            provider: launch(chromiumFlags),
            instances: [
              { browser: 'chromium' },
              { browser: 'chromium', name: 'browser (webgpu)', include: ['worker/**/*.webgpu.test.ts'], provider: launch([...chromiumFlags, ...gpuFlags]) },
            ],
          },
        },
      },
    ],
  },
});
