import type { ModelKey } from '#core/models/model-manifest.ts';
import type { ModelFiles } from '../model-files.ts';
import type { ModelService, ModelStart } from '../model-service.ts';

/** The service for the engine that a start names. Each engine's code is loaded only when it is asked for. */
export async function writerService({ profile: { engine } }: ModelStart, openFiles: (key: ModelKey) => Promise<ModelFiles>): Promise<ModelService> {
  if (engine === 'web-llm') {
    const [{ createWebLlmService }, { webLlmRealm }] = await Promise.all([import('./create-web-llm-service.ts'), import('./web-llm-realm.ts')]);
    return createWebLlmService({ ...webLlmRealm, openFiles });
  }
  if (engine === 'browser') {
    const [{ createBrowserTextService }, { findBuiltInModel }] = await Promise.all([import('./create-browser-text-service.ts'), import('./built-in-model.ts')]);
    return createBrowserTextService(findBuiltInModel());
  }
  const { createTransformersTextService } = await import('./create-transformers-text-service.ts');
  return createTransformersTextService({ openFiles });
}
