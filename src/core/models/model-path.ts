import { matchAt, refuse } from './checked-json.ts';
import type { ModelKey } from './model-manifest.ts';

const name = /^[A-Za-z0-9][A-Za-z0-9._-]{0,95}$/u;
const pathCharacters = /^[A-Za-z0-9._+@=,() -]+(?:\/[A-Za-z0-9._+@=,() -]+)*$/u;

/** A path below a model's folder that is a plain relative path on every file system and in every URL. */
export function checkModelPath(value: unknown, where: string): string {
  const path = matchAt(value, where, pathCharacters, 'a plain relative path');
  const isTricky = (part: string) => /^\.*$/u.test(part) || part.startsWith(' ') || /[ .]$/u.test(part);
  if (path.split('/').some(isTricky)) refuse(where, 'must be a plain relative path');
  return path;
}

/** `<org>/<name>`. */
export function checkModelId(value: unknown, where: string): string {
  const id = matchAt(value, where, /^[^/]+\/[^/]+$/u, 'an organisation and a name');
  if (!id.split('/').every((part) => name.test(part) && !part.endsWith('.') && !part.includes('..'))) refuse(where, 'must be an organisation and a name');
  return id;
}

/** A commit (40 hex characters), or the name of a branch. */
export function checkRevision(value: unknown, where: string): string {
  return matchAt(value, where, /^[A-Za-z0-9](?:[A-Za-z0-9_-]|\.(?!\.|$)){0,63}$/u, 'a commit');
}

/** Id and commit of a key. Errors: `model/invalid`. */
export function readModelKey(key: ModelKey): { id: string; commit: string } {
  const at = key.lastIndexOf('@');
  return { id: checkModelId(key.slice(0, Math.max(0, at)), 'key'), commit: checkRevision(key.slice(at + 1), 'key') };
}
