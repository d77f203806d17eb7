import { createHash } from 'node:crypto';

/** Choices that are the same on every run: each is made by the hash of its key. */
export function hashOf(key: string): number {
  return createHash('sha256').update(key).digest().readUInt32BE(0);
}

/** One of `items` by the hash of `key`; undefined where there is none. */
export function chooseOne<T>(items: readonly T[], key: string): T | undefined {
  return items[hashOf(key) % Math.max(1, items.length)];
}

/** `items` in an order made by the hash of `key`. */
export function shuffle<T>(items: readonly T[], key: string): T[] {
  return items
    .map((item, i) => ({ item, at: hashOf(`${key} ${i}`) }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
