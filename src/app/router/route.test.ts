import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConversationId, CorpusId, DocumentId } from '#core/ids.ts';
import { formatRoute, parseRoute, type Route } from './route.ts';

const parse = (address: string) => {
  const url = new URL(address, 'http://alcove.test');
  return parseRoute(url);
};

const id = fc.string({ minLength: 1, unit: 'grapheme' }).filter((text) => text !== '.' && text !== '..' && text.isWellFormed());
const routes: fc.Arbitrary<Route> = fc.oneof(
  fc.constantFrom<Route>({ page: 'home' }, { page: 'models' }, { page: 'bench' }, { page: 'settings' }, { page: 'team' }, { page: 'join' }),
  id.map((value): Route => ({ page: 'collection', collection: value as CorpusId })),
  id.map((value): Route => ({ page: 'chat', conversation: value as ConversationId })),
  fc.tuple(id, id, fc.option(fc.tuple(fc.nat(), fc.integer({ min: 1, max: 1000 })), { nil: undefined })).map(([collection, source, span]): Route => ({
    page: 'source',
    collection: collection as CorpusId,
    source: source as DocumentId,
    ...(span && { span: { start: span[0], end: span[0] + span[1] } }),
  })),
);

describe('the address of what is shown', () => {
  it('survives being written and read again', () => {
    fc.assert(fc.property(routes, (route) => { expect(parse(formatRoute(route))).toEqual(route); }));
  });

  it('keeps an address it does not know', () => {
    expect(parse('/nowhere/at/all')).toEqual({ page: 'unknown', path: '/nowhere/at/all' });
    expect(parse('/c/a/s')).toEqual({ page: 'unknown', path: '/c/a/s' });
  });

  it('opens a source without a span when the fragment is not a range', () => {
    for (const hash of ['#', '#9-3', '#abc', '#1-', '#<script>']) {
      expect(parse(`/c/a/s/b${hash}`)).toEqual({ page: 'source', collection: 'a', source: 'b' });
    }
  });

  it('does not throw on a broken escape', () => {
    expect(parseRoute({ pathname: '/c/%E0%A4%A', hash: '' })).toEqual({ page: 'collection', collection: '%E0%A4%A' });
  });
});
