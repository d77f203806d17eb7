import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppError } from '../errors/app-error.ts';
import { checkParsedDocument } from './check-parsed-document.ts';
import { parseDocument } from './parse-document.ts';

const folder = new URL('fixtures/', import.meta.url);
const fixtures = readdirSync(folder).filter((name) => !name.startsWith('.'));
const extensions = ['txt', 'md', 'csv', 'json', 'html', 'py', 'xml', 'ipynb', ''];

/** What a parse comes to: a sound document's promises broken, or what was thrown that is no named error. */
async function faults(name: string, bytes: Uint8Array): Promise<string[]> {
  try {
    return checkParsedDocument(await parseDocument({ name, bytes }));
  } catch (error) {
    return error instanceof AppError && (error.code.startsWith('source/')) ? [] : [String(error)];
  }
}

/** Pieces that mean something to one format or another, among words and noise. */
const anyText = fc.array(fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.constantFrom('\n', '\n\n', '\r\n', '\t', ' ', '    ', '# ', '- ', '1. ', '> ', '```', '---\n', '| a | b |\n|---|---|\n', '"', ',', ';', '{', '}', '[', ']', ':', '<p>', '</p>', '<td>',
    '<table>', '<!doctype html>', '<?xml version="1.0"?>', '&amp;', 'word', '\u3000', '\ufeff', '\u0085', '\u2028', '\0', '{"a":1}', 'title: x\n', '[x]: y\n'),
), { maxLength: 40 }).map((pieces) => pieces.join(''));

describe('parseDocument on anything', () => {
  it('gives a sound document or a named error for any text under any extension', async () => {
    await fc.assert(fc.asyncProperty(anyText, fc.constantFrom(...extensions), async (text, extension) => {
      expect(await faults(`file.${extension}`, new TextEncoder().encode(text))).toEqual([]);
    }), { numRuns: 1500 });
  });

  it('keeps text, Markdown and code to the last character', async () => {
    await fc.assert(fc.asyncProperty(anyText, fc.constantFrom('txt', 'md', 'py'), async (text, extension) => {
      fc.pre(!/[\0\ufeff]/u.test(text) && text.trim() !== '' && !/^\s*(?:<|[[{])/u.test(text));
      const result = await parseDocument({ name: `file.${extension}`, bytes: new TextEncoder().encode(text) })
        .then((document) => document.text, (error: AppError) => error.code);
      // Noise of control characters alone is no text.
      expect([text, 'source/binary']).toContain(result);
    }), { numRuns: 500 });
  });

  it('gives a sound document or a named error for random bytes after any signature', async () => {
    const starts = ['', '%PDF-1.7\n', 'PK\u0003\u0004', '\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1', '<html>', '{', '\u00ff\u00fe', '\u00fe\u00ff'];
    await fc.assert(fc.asyncProperty(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 400 }), async (start, rest) => {
      const bytes = Uint8Array.from([...Buffer.from(start, 'latin1'), ...rest]);
      expect(await faults('file', bytes)).toEqual([]);
    }), { numRuns: 400 });
  });

  it.each(fixtures)('gives a sound document or a named error for %s however it is damaged', async (name) => {
    const whole = new Uint8Array(readFileSync(new URL(name, folder)));
    const damage = fc.record({
      flips: fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { maxLength: 6 }),
      cut: fc.oneof({ weight: 3, arbitrary: fc.constant(whole.length) }, { weight: 1, arbitrary: fc.nat(whole.length) }),
    });
    await fc.assert(fc.asyncProperty(damage, async ({ flips, cut }) => {
      const bytes = whole.slice(0, cut);
      for (const [at, value] of flips) if (at < cut) bytes[at] = value;
      expect(await faults(name, bytes)).toEqual([]);
    }), { numRuns: 25 });
  });
});
