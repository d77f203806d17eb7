import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BlockKind, SourceType } from '#core/document/parsed-document.ts';
import type { PassageBlock } from '#core/document/passage.ts';
import { blockRuns } from './block-runs.ts';
import { toDisplayBlocks } from './display-block.ts';
import { groupSections, sectionAt } from './group-sections.ts';

const kinds = fc.constantFrom<BlockKind>('heading', 'paragraph', 'list-item', 'table-row', 'code', 'quote', 'slide');
const documentArbitrary = fc
  .array(fc.record({ kind: kinds, text: fc.string({ minLength: 1, maxLength: 40 }), gap: fc.constantFrom('', ' ', '\n', '\n\n', '\n  ') }), { maxLength: 20 })
  .map((parts) => {
    let text = '';
    const blocks: PassageBlock[] = [];
    for (const { kind, text: part, gap } of parts) {
      blocks.push({ at: text.length, kind });
      text += part + gap;
    }
    return { text, blocks };
  });
const types = fc.constantFrom<SourceType>('text', 'markdown', 'code', 'html');

describe('toDisplayBlocks', () => {
  it('gives blocks that tile the text, sections that tile the blocks, and runs that tile each block', () => {
    fc.assert(
      fc.property(documentArbitrary, types, ({ text, blocks }, type) => {
        const sections = groupSections(toDisplayBlocks(text, blocks));
        let at = 0;
        for (const section of sections) {
          expect(section.start).toBe(at);
          for (const run of section.blocks.flatMap((block) => blockRuns(text, block, type))) {
            expect(run.start).toBe(at);
            at = run.end;
          }
          expect(section.end).toBe(at);
        }
        expect(at).toBe(text.length);
      }),
    );
  });

  it('joins a block that was cut between two passages, and only that', () => {
    const text = 'One sentence. Another.\nNext paragraph';
    const blocks: PassageBlock[] = [{ at: 0, kind: 'paragraph' }, { at: 14, kind: 'paragraph' }, { at: 23, kind: 'paragraph' }];
    expect(toDisplayBlocks(text, blocks).map(({ start, end }) => text.slice(start, end))).toEqual(['One sentence. Another.\n', 'Next paragraph']);
  });

  it('cuts a text of one line into parts, at blanks and never within a character', () => {
    const words = toDisplayBlocks('word '.repeat(20_000), [{ at: 0, kind: 'paragraph' }]);
    expect(words.length).toBeGreaterThan(20);
    expect(words.every(({ start }) => start % 5 === 0)).toBe(true);
    const faces = '😀'.repeat(9_000);
    expect(toDisplayBlocks(faces, []).every(({ start }) => faces.codePointAt(start) === 0x1f600)).toBe(true);
  });
});

describe('groupSections', () => {
  it('never makes more than some hundred sections, however long the text', () => {
    const blocks = Array.from({ length: 100_000 }, (_, index) => ({ start: index * 100, end: index * 100 + 100, kind: 'paragraph' as const, level: 1, continues: false }));
    const sections = groupSections(blocks);
    expect(sections.length).toBeLessThan(1_100);
    expect(sectionAt(sections, 5_000_000)).toBe(sections.findIndex((section) => section.end > 5_000_000));
    expect(sectionAt(sections, 0)).toBe(0);
    expect(sectionAt(sections, 1e9)).toBe(sections.length - 1);
  });

  it('begins a section with each slide', () => {
    const blocks = toDisplayBlocks('A\n\nb\n\nC\n\nd', [{ at: 0, kind: 'slide' }, { at: 3, kind: 'paragraph' }, { at: 6, kind: 'slide' }, { at: 9, kind: 'paragraph' }]);
    expect(groupSections(blocks, (block) => block.kind === 'slide').map((section) => section.start)).toEqual([0, 6]);
  });
});
