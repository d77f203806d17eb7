import { AppError } from '../errors/app-error.ts';

/** Refuses a manifest, naming the field: `where` is its path, as `models[2].files[0].path`. */
export function refuse(where: string, why: string): never {
  throw new AppError('model/invalid', `${where} ${why}`, { detail: { field: where } });
}

/** A plain object's fields, of which nothing is known yet. */
export function objectAt(value: unknown, where: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(where, 'must be an object');
  return value as Record<string, unknown>;
}

export function listAt<T>(value: unknown, where: string, most: number, read: (item: unknown, where: string) => T): T[] {
  if (!Array.isArray(value)) refuse(where, 'must be a list');
  if (value.length > most) refuse(where, `must not hold more than ${most} items`);
  return value.map((item, index) => read(item, `${where}[${index}]`));
}

/** Text of at most `most` UTF-16 units without control characters other than tab and line ends. */
export function textAt(value: unknown, where: string, most: number): string {
  if (typeof value !== 'string') refuse(where, 'must be text');
  if (value.length > most) refuse(where, `must not be longer than ${most} characters`);
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/u.test(value)) refuse(where, 'must not hold control characters');
  return value;
}

export function matchAt(value: unknown, where: string, pattern: RegExp, what: string): string {
  const text = textAt(value, where, 300);
  if (!pattern.test(text)) refuse(where, `must be ${what}`);
  return text;
}

/** A finite number within bounds; minus zero becomes zero, as in JSON. */
export function numberAt(value: unknown, where: string, least: number, most: number): number {
  if (typeof value !== 'number' || !Number.isFinite(value)) refuse(where, 'must be a number');
  if (value < least || value > most) refuse(where, `must lie between ${least} and ${most}`);
  return value + 0;
}

export function integerAt(value: unknown, where: string, least: number, most: number): number {
  const number = numberAt(value, where, least, most);
  if (!Number.isInteger(number)) refuse(where, 'must be a whole number');
  return number;
}

export function oneOf<const T extends string>(value: unknown, where: string, allowed: readonly T[]): T {
  const found = allowed.find((item) => item === value);
  if (found === undefined) refuse(where, `must be one of ${allowed.join(', ')}`);
  return found;
}
