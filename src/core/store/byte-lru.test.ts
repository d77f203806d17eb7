import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createByteLru } from './byte-lru.ts';

describe('a byte-bounded LRU', () => {
  it('never holds more bytes than it may, and what it gives is what was set last', () => {
    const anyStep = fc.record({ key: fc.constantFrom('a', 'b', 'c', 'd', 'e'), bytes: fc.integer({ min: 0, max: 60 }), isGet: fc.boolean() });
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 60 }), (steps) => {
        const lru = createByteLru<number>(100);
        const latest = new Map<string, number>();
        for (const [i, { key, bytes, isGet }] of steps.entries()) {
          if (!isGet) {
            lru.set(key, i, bytes);
            latest.set(key, i);
          }
          expect([undefined, latest.get(key)]).toContain(lru.get(key));
          expect(lru.usedBytes).toBeLessThanOrEqual(100);
        }
      }),
    );
  });

  it('drops what was used longest ago', () => {
    const lru = createByteLru<string>(3);
    for (const key of ['a', 'b', 'c']) lru.set(key, key, 1);
    lru.get('a');
    lru.set('d', 'd', 1);
    expect(['a', 'b', 'c', 'd'].map((key) => lru.get(key))).toEqual(['a', undefined, 'c', 'd']);
  });

  it('does not keep, nor keep an older value of, what is larger than all there is', () => {
    const lru = createByteLru<string>(3);
    lru.set('a', 'old', 1);
    lru.set('a', 'new', 4);
    expect(lru.get('a')).toBeUndefined();
    lru.set('b', 'b', 2);
    lru.clear();
    expect([lru.get('b'), lru.usedBytes]).toEqual([undefined, 0]);
  });
});
