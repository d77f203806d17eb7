import { strToU8, zipSync } from 'fflate';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../errors/app-error.ts';
import { defaultParseLimits } from './parse-limits.ts';
import { openArchive } from './safe-unzip.ts';

const limits = { archiveEntries: 10, archiveRatio: 100, archiveFloorBytes: 1000, archiveInflatedBytes: 50_000 };

function codeOf(run: () => unknown): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return error instanceof AppError ? error.code : 'not an AppError';
  }
}

describe('openArchive', () => {
  it('gives back what was packed, compressed or not', () => {
    const text = strToU8('What is packed comes out again. '.repeat(20));
    const archive = openArchive(zipSync({ 'a/b.txt': text, 'stored.txt': [text, { level: 0 }], 'folder/': new Uint8Array() }), limits);
    expect([...archive.names].sort()).toEqual(['a/b.txt', 'stored.txt']);
    expect(archive.read('a/b.txt')).toEqual(text);
    expect(archive.read('stored.txt')).toEqual(text);
    expect(archive.read('missing.txt')).toBeUndefined();
  });

  it('refuses too many files, too much in all, and a ratio only above the floor', () => {
    const many = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [String(index), new Uint8Array()]));
    expect(codeOf(() => openArchive(zipSync(many), limits))).toBe('source/zip-bomb');
    const random = Uint8Array.from({ length: 30_000 }, (_, index) => (index * index * 31) >> 3);
    expect(codeOf(() => openArchive(zipSync({ a: random, b: random }), limits))).toBe('source/too-large');
    expect(codeOf(() => openArchive(zipSync({ a: new Uint8Array(40_000) }), limits))).toBe('source/zip-bomb');
    expect(codeOf(() => openArchive(zipSync({ a: new Uint8Array(900) }), { ...limits, archiveRatio: 2 }))).toBeUndefined();
  });

  it.each(['../up.txt', 'a/../../up.txt', '/root.txt', 'c:\\windows.txt', '..\\up.txt'])('refuses the name %s', (name) => {
    expect(codeOf(() => openArchive(zipSync({ [name]: strToU8('x') }), limits))).toBe('source/zip-bomb');
  });

  it('meets any damage with a named error or the right bytes', () => {
    const whole = zipSync({ 'a.txt': strToU8('the first file of it '.repeat(9)), 'b.txt': strToU8('and the second') });
    fc.assert(fc.property(fc.nat(whole.length - 1), fc.nat(255), fc.nat(whole.length), (at, value, length) => {
      const damaged = whole.slice(0, length > whole.length / 2 ? whole.length : length);
      if (at < damaged.length) damaged[at] = value;
      const code = codeOf(() => {
        const archive = openArchive(damaged, defaultParseLimits);
        for (const name of archive.names) archive.read(name);
      });
      expect(code ?? 'source/corrupt').toMatch(/^source\//u);
    }), { numRuns: 500 });
  });
});
