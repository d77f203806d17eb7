import { expect, it } from 'vitest';
import type { Source } from '#core/engine/engine-api.ts';
import type { CorpusId, DocumentId } from '#core/ids.ts';
import { statusWords } from './source-words.ts';

const reading = (path: string): Source => ({
  id: 'd' as DocumentId, collection: 'c' as CorpusId, title: 'T', path, bytes: 3, addedAt: '2026-05-03T10:00:00Z', state: 'reading', progress: { done: 31, total: 120 }, tags: [], hasOriginal: true,
});

it('says at which page reading is, also before the type of the file is known', () => {
  expect(statusWords(reading('report.PDF'))).toBe('reading page 31 of 120');
  expect(statusWords(reading('notes.md'))).toBe('reading, 25 %');
});
