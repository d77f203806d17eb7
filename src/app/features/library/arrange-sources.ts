import type { Source } from '#core/engine/engine-api.ts';

export const sortOrders = ['newest', 'oldest', 'title', 'type', 'size'] as const;
export type SortOrder = (typeof sortOrders)[number];

/** The sources whose title, path, type or tags hold every word of `filter`, failures first, then as `order` says. */
export function arrangeSources(sources: readonly Source[], order: SortOrder, filter: string, locale = 'en'): Source[] {
  const words = fold(filter).split(/\s+/).filter(Boolean);
  const collator = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  const compare = comparisons(collator)[order];
  return sources
    .filter((source) => matches(source, words))
    .sort((a, b) => rank(a) - rank(b) || compare(a, b) || collator.compare(a.title, b.title) || (a.id < b.id ? -1 : 1));
}

type Compare = (a: Source, b: Source) => number;

function comparisons(collator: Intl.Collator): Record<SortOrder, Compare> {
  return {
    newest: (a, b) => b.addedAt.localeCompare(a.addedAt),
    oldest: (a, b) => a.addedAt.localeCompare(b.addedAt),
    title: (a, b) => collator.compare(a.title, b.title),
    type: (a, b) => (a.type ?? '').localeCompare(b.type ?? ''),
    size: (a, b) => b.bytes - a.bytes,
  };
}

function matches(source: Source, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = fold([source.title, source.path, source.type ?? '', ...source.tags].join(' '));
  return words.every((word) => text.includes(word));
}

/** Failures first; all else keeps its place while it is worked on. */
function rank(source: Source): number {
  return source.state === 'failed' ? 0 : 1;
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
