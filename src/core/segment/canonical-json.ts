import { AppError } from '../errors/app-error.ts';

/**
 * The one JSON text of a plain value: RFC 8785 (keys in UTF-16 order, no white space, ECMAScript numbers), so that equal
 * values have equal hashes everywhere. Properties that are `undefined` are left out; a lone surrogate is written as its
 * `\udxxx` escape, where RFC 8785 would refuse it. Errors: `invalid-input` for anything JSON cannot hold.
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (isPlainObject(value)) return writeObject(value);
  throw new AppError('invalid-input', `JSON cannot hold this ${typeof value}`);
}

function writeObject(value: Record<string, unknown>): string {
  const keys = Object.keys(value).filter((key) => value[key] !== undefined);
  return `{${keys.sort().map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key])}`).join(',')}}`;
}

function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
