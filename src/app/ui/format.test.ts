import { describe, expect, it } from 'vitest';
import { formatBytes, formatDay, formatDuration, formatLocale, formatPercent } from './format.ts';

describe('figures as a person reads them', () => {
  it('gives sizes in decimal units with one digit where it matters', () => {
    const sizes = [0, 812, 999, 1_000, 64_400, 999_600, 8_420_000, 999_960_000, 11_800_000_000];
    expect(sizes.map((bytes) => formatBytes(bytes, 'en'))).toEqual(['0 B', '812 B', '999 B', '1 KB', '64 KB', '1 MB', '8.4 MB', '1 GB', '11.8 GB']);
  });

  it('gives times as milliseconds, seconds, minutes or hours', () => {
    const times = [0.34, 21, 999.6, 3_420, 59_960, 120_000, 5_400_000];
    expect(times.map((ms) => formatDuration(ms, 'en'))).toEqual(['0.3 ms', '21 ms', '1 s', '3.4 s', '1 min', '2 min', '1.5 h']);
  });

  it('names the year of a day only where it is another one', () => {
    const now = new Date('2026-06-01T12:00:00Z');
    expect(formatDay('2026-05-03T12:00:00Z', now, 'en-GB')).toBe('3 May');
    expect(formatDay('2024-05-03T12:00:00Z', now, 'en-GB')).toBe('3 May 2024');
    expect(formatDay('not a date', now, 'en-GB')).toBe('not a date');
  });

  it('does not call a share complete before it is', () => {
    expect([0, 0.436, 0.999, 1].map((share) => formatPercent(share, 'en'))).toEqual(['0 %', '43 %', '99 %', '100 %']);
  });

  it('takes the variant of the page language that the person prefers', () => {
    expect(formatLocale('en', ['de-DE', 'en-AU', 'en'])).toBe('en-AU');
    expect(formatLocale('en', ['de-DE'])).toBe('en');
  });
});
