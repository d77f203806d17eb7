import { sha256OfText } from '../segment/sha256.ts';

const notOfTheModel = new Set(['alcove-model.json', 'SHA256SUMS', 'golden.json']);

/**
 * Whether a file in a model's folder is part of the model. Hidden files, the description beside it and what is there for
 * checking it are not; its licence and notices are.
 */
export function isModelFile(path: string): boolean {
  return !notOfTheModel.has(path) && !path.split('/').some((name) => name === '' || name.startsWith('.'));
}

/**
 * What stands for the commit of a model that has none of the hub: 40 hex characters (as long as a git commit), the same
 * for the same files wherever and in whatever order they are listed. Taken over every file for which `isModelFile` holds.
 */
export async function contentRevision(files: readonly { path: string; sha256: string }[]): Promise<string> {
  const lines = files.map(({ path, sha256 }) => `${JSON.stringify(path)} ${sha256}\n`);
  return (await sha256OfText(lines.sort().join(''))).slice(0, 40);
}
