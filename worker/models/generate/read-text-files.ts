import { AppError } from '#core/errors/app-error.ts';
import type { ModelFiles } from '../model-files.ts';

/** A JSON file of a model. Errors: `model/missing`, `model/corrupt`. */
export async function readJsonFile(files: ModelFiles, path: string): Promise<Record<string, unknown>> {
  const blob = await files.read(path);
  if (blob === undefined) throw new AppError('model/missing', `${files.manifest.id} has no ${path}`, { detail: { path } });
  const value = await parse(await blob.text(), path);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new AppError('model/corrupt', `${path} is no JSON object`, { detail: { path } });
  return value as Record<string, unknown>;
}

async function parse(text: string, path: string): Promise<unknown> {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('model/corrupt', `${path} is no JSON`, { cause, detail: { path } });
  }
}
