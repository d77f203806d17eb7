import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block, ParsedDocument } from '../document/parsed-document.ts';
import type { DocumentId } from '../ids.ts';
import { chunkDocument, chunkPassages, type ChunkOptions } from './chunk-document.ts';

const countWords = (text: string) => text.match(/[\p{Script=Han}]|[^\s\p{Script=Han}]{1,6}/gu)?.length ?? 0;
const options: ChunkOptions = { document: 'd' as DocumentId, countTokens: countWords, maxTokens: 8192 };

function documentOf(text: string, blocks: Block[] = [{ kind: 'paragraph', start: 0, end: text.length }]): ParsedDocument {
  return { type: 'text', title: 'T', text, blocks };
}

/** A document from parts, a blank line between two of them. */
function assemble(parts: { kind: Block['kind']; level?: number; text: string; header?: string }[]): ParsedDocument {
  const blocks: Block[] = [];
  let text = '';
  for (const { text: part, ...rest } of parts) {
    blocks.push({ ...rest, start: text.length, end: text.length + part.length });
    text += `${part}\n\n`;
  }
  return documentOf(text, blocks);
}

const kinds: Block['kind'][] = ['heading', 'paragraph', 'list-item', 'table-row', 'code', 'quote', 'caption', 'slide', 'sheet'];
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 3000 }),
  fc.string({ unit: 'grapheme', maxLength: 500 }),
  fc.array(fc.constantFrom('word', 'Sentence.', '中文。', 'สวัสดี', '👩‍👩‍👧', '\n', '\n\n', ' ', '1.', 'Dr.', '\r\n', '\ud800'), { maxLength: 800 }).map((words) => words.join(' ')),
  fc.tuple(fc.constantFrom('a', '漢', '👍', ' ', '\n', 'a.', 'Dr. '), fc.nat(6000)).map(([unit, times]) => unit.repeat(times)),
);
const anyDocument = fc
  .array(fc.record({ kind: fc.constantFrom(...kinds), level: fc.integer({ min: 1, max: 6 }), text: anyText }), { minLength: 1, maxLength: 8 })
  .map((parts) => assemble(parts.map((part) => (part.text.trim() === '' ? { ...part, text: 'x' } : part))));

describe('chunkDocument', () => {
  it('gives passages that joined are the text, contiguous and numbered from 0', () => {
    fc.assert(
      fc.property(fc.oneof(anyDocument, anyText.map((text) => documentOf(text)), anyText.map((text) => documentOf(text, []))), (document) => {
        const passages = chunkDocument(document, options);
        expect(passages.map((passage) => passage.text).join('')).toBe(document.text);
        let at = 0;
        for (const [i, passage] of passages.entries()) {
          expect(passage.ordinal).toBe(i);
          expect(passage.start).toBe(at);
          expect(passage.text).not.toBe('');
          at += passage.text.length;
        }
      }),
    );
  });

  it('splits no surrogate pair', () => {
    fc.assert(
      fc.property(anyDocument, fc.integer({ min: 1, max: 300 }), (document, targetTokens) => {
        for (const { start } of chunkDocument(document, { ...options, targetTokens }).slice(1)) {
          expect(document.text.slice(start - 1, start + 1)).not.toMatch(/^[\ud800-\udbff][\udc00-\udfff]$/);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keeps every passage with its headings within the limit of the model', () => {
    fc.assert(
      fc.property(anyDocument, fc.integer({ min: 8, max: 128 }), (document, maxTokens) => {
        for (const { text, headings } of chunkDocument(document, { ...options, maxTokens })) {
          expect(countWords([...headings, text].join('\n'))).toBeLessThanOrEqual(maxTokens);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('names every block that has text in a passage, with its place in it', () => {
    fc.assert(
      fc.property(anyDocument, (document) => {
        for (const passage of chunkDocument(document, options)) {
          const end = passage.start + passage.text.length;
          const expected = document.blocks
            .filter((block) => block.start < end && block.end > passage.start)
            .map((block) => ({ kind: block.kind, at: Math.max(0, block.start - passage.start) }));
          expect(passage.blocks.map(({ kind, at }) => ({ kind, at }))).toEqual(expected);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('does not count tokens where no passage can come near the limit', () => {
    let calls = 0;
    chunkDocument(documentOf('A sentence of some words. '.repeat(2000)), { ...options, countTokens: () => (calls += 1) });
    expect(calls).toBe(0);
  });

  it('ends passages between sentences of a long paragraph', () => {
    const passages = chunkDocument(documentOf('Dr. Weber measured 2.5 mg on the third day of the trial. '.repeat(100).trim()), options);
    expect(passages.length).toBeGreaterThan(4);
    for (const { text } of passages) expect(text).toMatch(/^Dr\. Weber.*trial\.\s*$/s);
  });

  it('makes passages of about 1,000 characters of English and of far fewer of Chinese', () => {
    const english = chunkDocument(documentOf('The tenant pays the rent on the third working day of a month. '.repeat(400)), options);
    const chinese = chunkDocument(documentOf('承租人应在每月第三个工作日支付租金。'.repeat(400)), options);
    const mean = (texts: { text: string }[]) => texts.reduce((sum, { text }) => sum + text.length, 0) / texts.length;
    expect(mean(english)).toBeGreaterThan(800);
    expect(mean(english)).toBeLessThan(1200);
    expect(mean(chinese)).toBeLessThan(320);
  });

  it('begins a passage at a heading rather than ending one with it', () => {
    const filler = 'The pump moves coolant through both circuits. '.repeat(18).trim();
    const document = assemble([
      { kind: 'heading', level: 1, text: 'Manual' },
      { kind: 'paragraph', text: filler },
      { kind: 'heading', level: 2, text: 'Maintenance' },
      { kind: 'paragraph', text: filler },
      { kind: 'heading', level: 2, text: 'Faults' },
      { kind: 'paragraph', text: filler },
      { kind: 'paragraph', text: filler },
      { kind: 'paragraph', text: filler },
    ]);
    const passages = chunkDocument(document, options);
    expect(passages[0]?.text.startsWith('Manual')).toBe(true);
    expect(passages[1]?.text.startsWith('Maintenance')).toBe(true);
    expect(passages[2]?.text.startsWith('Faults')).toBe(true);
    expect(passages.map((passage) => passage.headings).slice(0, 4)).toEqual([[], ['Manual'], ['Manual'], ['Manual', 'Faults']]);
  });

  it('keeps short sections together', () => {
    const sections = ['Rent', 'Deposit', 'Notice'].flatMap((title) => [
      { kind: 'heading' as const, level: 2, text: title },
      { kind: 'paragraph' as const, text: `A few words on the ${title.toLowerCase()}.` },
    ]);
    expect(chunkDocument(assemble(sections), options)).toHaveLength(1);
  });

  it('cuts a table between its rows and gives each passage the header', () => {
    const rows = Array.from({ length: 80 }, (_, i) => ({ kind: 'table-row' as const, text: `sample ${i},${i * 2} mg,passed`, header: 'sample,mass,result' }));
    const passages = chunkDocument(assemble(rows), options);
    expect(passages.length).toBeGreaterThan(1);
    for (const { text, blocks } of passages) {
      expect(text.startsWith('sample ')).toBe(true);
      expect(blocks[0]?.header).toBe('sample,mass,result');
    }
  });

  it('takes time in proportion to the text, also where it has no white space', () => {
    const work = (length: number) => {
      let read = 0;
      const text = 'a'.repeat(length);
      for (const passage of chunkPassages(documentOf(text), options)) read += passage.text.length;
      return read;
    };
    expect(work(3_000_000)).toBe(3_000_000);
  });

  it('yields the first passage without walking the document', () => {
    const blocks = { length: 1e9 } as unknown as Block[];
    Object.defineProperty(blocks, 0, { value: { kind: 'paragraph', start: 0, end: 5e6 } });
    Object.defineProperty(blocks, 1, { value: { kind: 'paragraph', start: 5e6, end: 6e6 } });
    expect(chunkPassages(documentOf('a b. '.repeat(1_000_000), blocks), options).next().done).toBe(false);
  });

  it('gives nothing for an empty document', () => {
    expect(chunkDocument(documentOf('', []), options)).toEqual([]);
  });
});
