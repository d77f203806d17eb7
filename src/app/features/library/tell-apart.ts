import type { Source } from '#core/engine/engine-api.ts';
import type { DocumentId } from '#core/ids.ts';

/** For each source whose title another one has too: its file name, or its whole path where that is the same as well. */
export function tellApart(sources: readonly Source[]): Map<DocumentId, string> {
  const names = new Map<DocumentId, string>();
  for (const alike of groupBy(sources, ({ title }) => title)) {
    if (alike.length === 1) continue;
    for (const sameName of groupBy(alike, fileName)) {
      for (const source of sameName) names.set(source.id, sameName.length > 1 ? source.path : fileName(source));
    }
  }
  return names;
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
