import { expect, it } from 'vitest';
import type { Source } from '#core/engine/engine-api.ts';
import type { CorpusId, DocumentId } from '#core/ids.ts';
import type { TurnView } from '../../model/turn-view.ts';
import { isUpToDate } from './is-up-to-date.ts';

const source = (id: string, change: Partial<Source> = {}): Source => ({
  id: id as DocumentId, collection: 'c' as CorpusId, title: id, path: id, bytes: 3, addedAt: '2026-05-03T10:00:00Z', state: 'ready', passages: 4, tags: [], hasOriginal: true, ...change,
});
const coverage = { documents: 2, passages: 8, passagesByMeaning: 8, sourcesPending: 0 };
const turn = (change: Partial<typeof coverage> = {}, state: TurnView['state'] = 'done') => ({
  state, askedAt: '2026-05-03T11:00:00Z',
  search: { passages: [], evidence: { value: 1, covered: 1, seen: 1, unseen: 0, cosine: 1 }, coverage: { ...coverage, ...change }, timings: [], cached: false },
});
const both = [source('a'), source('b')];

it('offers no asking again over the very same sources', () => {
  expect(isUpToDate(turn(), both)).toBe(true);
  expect(isUpToDate(turn({}, 'not-found'), [...both, source('c', { state: 'failed', passages: 0 })])).toBe(true);
});

it.each<[string, ReturnType<typeof turn>, Source[]]>([
  ['a source came', turn(), [...both, source('c')]],
  ['a source went', turn(), [source('a')]],
  ['a source took the place of another', turn(), [source('a'), source('c', { addedAt: '2026-05-03T12:00:00Z' })]],
  ['a source was read again', turn(), [source('a'), source('b', { passages: 5 })]],
  ['sources were still being read', turn({ sourcesPending: 1 }), both],
  ['some had no vector yet', turn({ passagesByMeaning: 3 }), both],
  ['it was stopped', turn({}, 'stopped'), both],
])('offers to ask again where %s', (_what, asked, now) => {
  expect(isUpToDate(asked, now)).toBe(false);
});
