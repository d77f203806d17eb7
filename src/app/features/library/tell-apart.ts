import type { Source } from '#core/engine/engine-api.ts';
import type { DocumentId } from '#core/ids.ts';

/**
 * What a person knows a source by besides its title: its file name where the title says something else or another has
 * it too, and its whole path where the file name does not tell it apart either.
 */
export function tellApart(sources: readonly Source[]): Map<DocumentId, string> {
  const names = new Map<DocumentId, string>();
  for (const alike of groupBy(sources, ({ title }) => title)) {
    if (alike.every(isNamedByTitle) && alike.length === 1) continue;
    for (const sameName of groupBy(alike, fileName)) {
      for (const source of sameName) names.set(source.id, sameName.length > 1 ? source.path : fileName(source));
    }
  }
  return names;
}

function isNamedByTitle(source: Source): boolean {
  const name = fileName(source);
  return source.title === name || source.title === name.replace(/\.[^.]*$/u, '');
}

function fileName({ path }: Source): string {
  return path.split('/').at(-1) ?? path;
}

function groupBy(sources: readonly Source[], key: (source: Source) => string): Source[][] {
  const groups = new Map<string, Source[]>();
  for (const source of sources) {
    const group = groups.get(key(source));
    if (group) group.push(source);
    else groups.set(key(source), [source]);
  }
  return [...groups.values()];
}
