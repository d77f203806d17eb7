import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BlockKind } from '#core/document/parsed-document.ts';
import { markdownRuns } from './markdown-runs.ts';

/** The text as seen, with styles as tags. */
function seen(source: string, kind: BlockKind = 'paragraph'): string {
  return markdownRuns(source, 0, source.length, kind)
    .map(({ start, end, style }) => {
      const text = source.slice(start, end);
      if (style.syntax) return '';
      const tags = [style.strong && 'b', style.emphasis && 'i', style.code && 'code', style.strike && 's', style.href && `a=${style.href}`].filter(Boolean);
      return tags.length > 0 ? `<${tags.join(' ')}>${text}</>` : text;
    })
    .join('');
}

describe('markdownRuns', () => {
  it.each([
    ['The **Tenant** shall', 'The <b>Tenant</> shall'],
    ['an *old* and _new\nline_ rule', 'an <i>old</> and <i>new\nline</> rule'],
    ['***both***', '<b i>both</>'],
    ['`a * b` and ``c`d``', '<code>a * b</> and <code>c`d</>'],
    ['see [the *plan*](https://example.org/a_(b) "Plan").', 'see <a=https://example.org/a_(b)>the </><i a=https://example.org/a_(b)>plan</>.'],
    ['[ref][1] and ![alt](x.png)', 'ref and alt'],
    ['[bad](javascript:alert(1))', 'bad'],
    ['<https://example.org/> \\*not\\*', '<a=https://example.org/>https://example.org/</> *not*'],
    ['~~gone~~ https://example.org/x.', '<s>gone</> <a=https://example.org/x>https://example.org/x</>.'],
    ['<span id="a">kept</span> <!-- note --> Vec<T>', 'kept  Vec<T>'],
    ['[the\nname][ref] in _src/front_of_house.rs_', 'the\nname in <i>src/front_of_house.rs</>'],
    ['<Listing number="4-1" caption="A *variable* in `Vec<T>`">', 'A <i>variable</> in <code>Vec<T></>'],
    ['</Listing>', ''],
    ['<Note>', ''],
    ['a <Tip kind="x">word</Tip> of <T>', 'a word of <T>'],
    ['<img src="a.svg"\nalt="A plan" class="c" />', 'A plan'],
    ['<a id="old-name"></a>', ''],
    ['[ref]: https://example.org\n[other]: x.md "X"', ''],
    ['[^1]: a footnote', '[^1]: a footnote'],
    ['snake_case_name and 2 * 3 * 4', 'snake_case_name and 2 * 3 * 4'],
    ['a ** b and [open', 'a ** b and [open'],
  ])('sets %j as %j', (source, expected) => {
    expect(seen(source)).toBe(expected);
  });

  it.each<[BlockKind, string, string]>([
    ['heading', '## 7 *Repair* ##', '7 <i>Repair</>'],
    ['heading', 'Repair\n======', 'Repair'],
    ['quote', '> said\n> twice', 'said\ntwice'],
    ['quote', '> with _stress\n> over_ lines\n> > and `code`', 'with <i>stress\n</><i>over</> lines\nand <code>code</>'],
    ['heading', '> ### The *Stack*', 'The <i>Stack</>'],
    ['paragraph', '>', ''],
    ['paragraph', '> <Listing number="5">', ''],
    ['code', '> ```rust\n> let a =  1;\n>   b\n> ```', 'let a =  1;\n  b'],
    ['code', '> not fenced', '> not fenced'],
    ['list-item', '> - one\n>   two', 'one\n  two'],
    ['list-item', '- [x] done', 'done'],
    ['list-item', '3. third', '3. third'],
    ['code', '```rust\nlet a = *b;\n```', 'let a = *b;'],
    ['code', '    indented **code**', '    indented **code**'],
  ])('knows the markup of a %s: %j', (kind, source, expected) => {
    expect(seen(source, kind)).toBe(expected);
  });

  it('keeps every character: runs tile the block, whatever it holds', () => {
    const piece = fc.constantFrom('*', '**', '_', '`', '``', '[', '](', ')', '\\', '<', '>', '~~', '!', '\n', ' ', 'a', 'https://e.org/', '<!--', '-->', '<Listing ', 'caption="', '">', '</b>', '\n> ', '\n>\n', '[a]: ', '# ', '> ', '- ', '|', '漢', '😀');
    const kinds = fc.constantFrom<BlockKind>('paragraph', 'heading', 'quote', 'list-item', 'code');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), kinds, (pieces, kind) => {
        const source = `before ${pieces.join('')} after`;
        const [start, end] = [7, source.length - 6];
        let at = start;
        for (const run of markdownRuns(source, start, end, kind)) {
          expect(run.start).toBe(at);
          expect(run.end).toBeGreaterThan(at);
          at = run.end;
        }
        expect(at).toBe(Math.max(start, end));
      }),
    );
  });

  it('ends on hostile nesting', () => {
    for (const unit of ['*', '_', '**a', '[', '`', '<!--', '[a](', '~~x', '*a_', '_a', '_a_b', '[a\n', '<a b="c" ', '<a alt="', '> ', '>\n', '[a]: b\n']) {
      const source = unit.repeat(Math.ceil(4_000 / unit.length));
      expect(markdownRuns(source, 0, source.length, 'paragraph').at(-1)?.end).toBe(source.length);
    }
  });
});
