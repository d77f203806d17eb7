import { AppError } from '#core/errors/app-error.ts';
import { formatLocale } from '../../ui/format.ts';

/** What the description beside the bundled model says of it. */
export type ModelFacts = { id: string; dims: number; vocabulary: number; weightBytes: number; languages: string; licence: string };

const address = '/models/alcove/static-en-v1/config.json';
const bitsOfDtype: Record<string, number> = { int4: 4, int8: 8, float16: 16, float32: 32 };
const scaleBytes = 4;

/** Reads the bundled model's own description. Errors: `not-found`, `invalid-input`. */
export async function readModelFacts(load: typeof fetch = fetch): Promise<ModelFacts> {
  const response = await load(address);
  if (!response.ok) throw new AppError('not-found', `${address} answered ${response.status}`);
  return parseModelFacts(await response.json());
}

/** Errors: `invalid-input` where a figure is missing. */
export function parseModelFacts(data: unknown): ModelFacts {
  const { id, rows, dims, dtype, languages, licence } = (data ?? {}) as Record<string, unknown>;
  const bits = bitsOfDtype[String(dtype)];
  if (typeof id !== 'string' || typeof rows !== 'number' || typeof dims !== 'number' || bits === undefined) {
    throw new AppError('invalid-input', 'the description of the model is incomplete');
  }
  const names = new Intl.DisplayNames(formatLocale(), { type: 'language' });
  const tags = Array.isArray(languages) ? languages.filter((tag) => typeof tag === 'string') : [];
  return {
    id,
    dims,
    vocabulary: rows,
    weightBytes: (rows * dims * bits) / 8 + rows * scaleBytes,
    languages: tags.map((tag) => names.of(tag) ?? tag).join(', '),
    licence: typeof licence === 'string' ? licence.replace(/\s*\(.*\)$/, '') : '',
  };
}
