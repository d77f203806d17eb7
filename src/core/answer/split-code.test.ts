import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitCode } from './split-code.ts';

const split = (code: string) => splitCode(code).map(({ start, end }) => code.slice(start, end));

describe('splitCode', () => {
  it('reads short code at once, without its fences', () => {
    expect(split('```rust\n// The timeout, in seconds.\nlet timeout = 30;\n```\n')).toEqual(['// The timeout, in seconds.\nlet timeout = 30;']);
  });

  it('keeps a comment with the statement under it, and a statement as far as its brackets', () => {
    const code = '# Seconds to wait.\n# At most 60.\ntimeout = 30\nretries = 5\n\nhosts = [\n  "a(",\n  "b",\n]\nprint(hosts)\n';
    expect(split(code)).toEqual(['# Seconds to wait.\n# At most 60.\ntimeout = 30', 'retries = 5', 'hosts = [\n  "a(",\n  "b",\n]', 'print(hosts)']);
  });

  it('gives spans in order that hold all code but fences and white space', () => {
    const line = fc.constantFrom('// why', 'let a = [', '];', '  x(1)', '', '```', '# note', 'f({', '})', '   ');
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        const code = lines.join('\n');
        const spans = splitCode(code);
        let [rest, at] = ['', 0];
        for (const { start, end } of spans) {
          expect(start).toBeGreaterThanOrEqual(at);
          expect(end).toBeGreaterThan(start);
          rest += code.slice(start, end);
          at = end;
        }
        const bare = (text: string) => text.replaceAll('```', '').replace(/\s/gu, '');
        expect(bare(rest)).toBe(bare(code));
      }),
    );
  });
});
