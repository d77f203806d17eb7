import { describe, expect, it } from 'vitest';
import type { Source } from '#core/engine/engine-api.ts';
import type { CorpusId, DocumentId } from '#core/ids.ts';
import { arrangeSources } from './arrange-sources.ts';
import { coverageWords, progressShare, statusWords } from './source-words.ts';

let count = 0;
function source(title: string, more: Partial<Source> = {}): Source {
  count += 1;
  return { id: `s${count}` as DocumentId, collection: 'c' as CorpusId, title, path: title, bytes: 100, addedAt: `2026-05-0${count % 9}`, state: 'ready', tags: [], hasOriginal: true, ...more };
}
const titles = (sources: Source[]) => sources.map(({ title }) => title);

describe('the list of sources', () => {
  it('has failures first, whatever the order, and keeps what is being read in its place', () => {
    const list = [source('A'), source('B', { state: 'reading' }), source('C', { state: 'failed' })];
    expect(titles(arrangeSources(list, 'title', ''))).toEqual(['C', 'A', 'B']);
  });

  it('sorts titles as a person counts', () => {
    expect(titles(arrangeSources([source('Part 10'), source('part 2'), source('Émile')], 'title', ''))).toEqual(['Émile', 'part 2', 'Part 10']);
  });

  it('finds every word of the filter in title, path, type or tags, without minding accents', () => {
    const list = [source('Überblick', { tags: ['lease'] }), source('Other', { path: 'overview/lease.pdf' })];
    expect(titles(arrangeSources(list, 'title', 'uberblick LEASE'))).toEqual(['Überblick']);
    expect(titles(arrangeSources(list, 'title', 'lease'))).toEqual(['Other', 'Überblick']);
  });

  it('gives the status of each source in words', () => {
    expect(statusWords(source('A', { state: 'reading', type: 'pdf', progress: { done: 31, total: 120 } }))).toBe('reading page 31 of 120');
    expect(statusWords(source('A', { state: 'searchable-by-keyword', progress: { done: 43, total: 100 } }))).toBe('searchable by keyword · meaning 43 %');
    expect(coverageWords(source('A', { coverage: { pages: 120, unreadPages: [3, 9] } }))).toBe('118 of 120 pages have text; 2 are scans and were not read');
    expect(coverageWords(source('A', { coverage: { pages: 2, unreadPages: [] } }))).toBeUndefined();
    expect(progressShare(source('A', { state: 'ready', progress: { done: 1, total: 2 } }))).toBeUndefined();
  });
});
