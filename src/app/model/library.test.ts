import { describe, expect, it } from 'vitest';
import type { Source } from '#core/engine/engine-api.ts';
import type { CorpusId, DocumentId } from '#core/ids.ts';
import { createLibrary } from './library.ts';

const source = (id: string, change: Partial<Source> = {}): Source => ({
  id: id as DocumentId, collection: 'c' as CorpusId, title: id, path: `${id}.txt`, bytes: 3, addedAt: '2026-05-03T10:00:00Z', state: 'ready', passages: 4, tags: [], hasOriginal: true, ...change,
});

describe('the library of the page', () => {
  it('keeps the row of a source that was added again, as the engine gives it', () => {
    const library = createLibrary();
    const lease = source('lease');
    library.apply({ kind: 'sources', sources: [lease] });
    library.apply({ kind: 'sources', sources: [{ ...lease, duplicateOf: { id: lease.id, title: lease.title, addedAt: lease.addedAt } }] });
    expect([...library.sources.value.values()]).toEqual([lease]);
  });

  it('counts the passages of a collection as its sources are read', () => {
    const library = createLibrary();
    library.apply({ kind: 'collections', collections: [{ id: 'c' as CorpusId, name: 'C', sources: 1, passages: 0, createdAt: '' }] });
    library.apply({ kind: 'sources', sources: [source('lease', { state: 'reading', passages: 0 })] });
    library.apply({ kind: 'sources', sources: [source('lease'), source('pump', { passages: 7 }), source('other', { collection: 'd' as CorpusId })] });
    expect(library.collections.value).toMatchObject([{ sources: 2, passages: 11 }]);
    library.apply({ kind: 'removed', ids: ['pump' as DocumentId] });
    expect(library.collections.value).toMatchObject([{ sources: 1, passages: 4 }]);
  });
});
