import { expect, it } from 'vitest';
import type { Source } from '#core/engine/engine-api.ts';
import type { CorpusId, DocumentId } from '#core/ids.ts';
import { tellApart } from './tell-apart.ts';

const source = (id: string, title: string, path: string): Source => ({
  id: id as DocumentId, collection: 'c' as CorpusId, title, path, bytes: 3, addedAt: '2026-05-03T10:00:00Z', state: 'ready', tags: [], hasOriginal: true,
});

it('names the file of sources whose title says something else, or that have the same title, and its folder where the file is called the same', () => {
  const named = tellApart([
    source('1', 'Lease', 'lease-2023.pdf'),
    source('2', 'Lease', 'a/lease.pdf'),
    source('3', 'Lease', 'b/lease.pdf'),
    source('4', 'Pump', 'Pump.pdf'),
    source('5', 'Minutes of May', 'minutes-05.docx'),
    source('6', 'notes.txt', 'notes.txt'),
  ]);
  expect([...named]).toEqual([['1', 'lease-2023.pdf'], ['2', 'a/lease.pdf'], ['3', 'b/lease.pdf'], ['5', 'minutes-05.docx']]);
});
