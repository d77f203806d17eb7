import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fuzzyMatch } from './fuzzy-match.ts';

describe('the palette search', () => {
  it('finds letters in their order, and nothing else', () => {
    expect(fuzzyMatch('nwc', 'New conversation')).toBeGreaterThan(0);
    expect(fuzzyMatch('cwn', 'New conversation')).toBe(0);
    expect(fuzzyMatch('uber', 'Überblick')).toBeGreaterThan(100);
  });

  it('puts a whole word before its beginning letters, and those before scattered ones', () => {
    const best = fuzzyMatch('lease', 'Lease');
    expect(best).toBeGreaterThan(fuzzyMatch('lease', 'Sublease'));
    expect(fuzzyMatch('sl', 'Source list')).toBeGreaterThan(fuzzyMatch('sl', 'tissue lymph'));
  });

  it('does not take letters strewn over a text for a match', () => {
    expect(fuzzyMatch('rent', 'Coolant pump KP-40: operating manual')).toBe(0);
    expect(fuzzyMatch('lease', 'Guideline: storage of vaccines in the practice')).toBe(0);
    expect(fuzzyMatch('damp report', 'Field report: damp survey')).toBeGreaterThan(0);
    expect(fuzzyMatch('damp rent', 'Field report: damp survey')).toBe(0);
  });

  it('finds every text by any part of it', () => {
    fc.assert(fc.property(fc.string({ minLength: 1 }), fc.nat(), fc.nat(), (text, a, b) => {
      const [from, to] = [Math.min(a, b) % text.length, Math.max(a, b) % (text.length + 1)];
      expect(fuzzyMatch(text.slice(from, Math.max(from, to)), text)).toBeGreaterThan(0);
    }));
  });
});
