import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { allFixtures, fixtureFolder } from './make-fixtures.ts';

describe('the parsers\' fixtures', () => {
  it.each(Object.entries(allFixtures()))('holds %s as the script makes it', (name, bytes) => {
    expect(Buffer.from(bytes).equals(readFileSync(fixtureFolder + name))).toBe(true);
  });
});
