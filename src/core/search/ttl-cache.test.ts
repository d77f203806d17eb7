import { expect, it } from 'vitest';
import { TtlCache } from './ttl-cache.ts';

it('forgets an entry when its time is over', () => {
  let nowMs = 0;
  const cache = new TtlCache<number>({ maxEntries: 5, ttlMs: 10, now: () => nowMs });
  cache.set('a', 1);
  nowMs = 9;
  expect(cache.get('a')).toBe(1);
  nowMs = 10;
  expect(cache.get('a')).toBeUndefined();
  expect(cache.size).toBe(0);
});

it('drops the least recently used when full', () => {
  const cache = new TtlCache<number>({ maxEntries: 2, ttlMs: 10, now: () => 0 });
  cache.set('a', 1);
  cache.set('b', 2);
  cache.get('a');
  cache.set('c', 3);
  expect(['a', 'b', 'c'].map((key) => cache.get(key))).toEqual([1, undefined, 3]);
});
