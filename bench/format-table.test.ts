import { expect, it } from 'vitest';
import { formatFigure, formatTable } from './format-table.ts';

it('gives four significant digits without an exponent', () => {
  expect([0, 1234567, 12.3456, 0.012345, 99.999].map(formatFigure)).toEqual(['0', '1234567', '12.35', '0.01235', '100.00']);
});

it('aligns columns and says whether a goal was met', () => {
  const row = { name: 'query', group: 'g', unit: 'ms', median: 4, p95: 6.5, samples: 30, low: 3.9, high: 4.2 };
  const lines = formatTable([row, { ...row, name: 'a longer name', goal: { of: 'p95', atMost: 6, met: false } }]).split('\n');
  expect(lines).toHaveLength(4);
  expect(lines[3]).toMatch(/^a longer name +ms +4\.000 +6\.500 +30 +3\.900 to 4\.200 +p95 <= 6: MISSED$/);
  expect(lines[2]!.indexOf('ms')).toBe(lines[3]!.indexOf('ms'));
});
