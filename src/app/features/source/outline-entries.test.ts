import { describe, expect, it } from 'vitest';
import type { PassageBlock } from '#core/document/passage.ts';
import { outlineEntries } from './outline-entries.ts';
import { sourceText } from './test-viewer/viewer-engine.ts';

describe('outlineEntries', () => {
  it('lists headings without their markup, from the level of the highest', async () => {
    const text = '## The **lease**\n\ntext\n\n### [Repair](x)\n';
    const shown = sourceText({ type: 'markdown', text, blocks: [{ at: 0, kind: 'heading', level: 2 }, { at: 18, kind: 'paragraph' }, { at: 24, kind: 'heading', level: 3 }] });
    const entries = outlineEntries(shown);
    expect(entries.map(({ title, level }) => ({ title, level }))).toEqual([{ title: 'The lease', level: 1 }, { title: 'Repair', level: 2 }]);
    expect(await entries[1]?.locate()).toEqual({ to: 'place', at: 24 });
  });

  it('leaves deep levels out where there are very many headings', () => {
    const blocks: PassageBlock[] = Array.from({ length: 3_000 }, (_, index) => ({ at: index * 2, kind: 'heading', level: index % 10 === 0 ? 1 : 2 }));
    const entries = outlineEntries(sourceText({ type: 'html', text: 'a\n'.repeat(3_000), blocks }));
    expect(entries).toHaveLength(300);
    expect(entries.every(({ level }) => level === 1)).toBe(true);
  });
});
