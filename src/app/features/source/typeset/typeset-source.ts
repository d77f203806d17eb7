import type { SourceType } from '#core/document/parsed-document.ts';
import type { SourceText } from '#core/engine/engine-api.ts';
import { textWidthPx } from '../text-width.ts';
import type { MeasureEm } from './column-widths.ts';
import { toDisplayBlocks, type DisplayBlock } from './display-block.ts';
import { groupSections, type Section } from './group-sections.ts';
import { layoutTables, tableWidthEm, type TableLayout } from './table-layout.ts';

/** A document made ready to be set: its sections, the layout of each table row's table, and the widest table's widths. */
export type Typeset = { type: SourceType; sections: Section[]; tables: ReadonlyMap<DisplayBlock, TableLayout>; widestTable: { bestEm: number; leastEm: number } };

/** Makes a document ready to be set, and gives way to the page between the steps. Slides have a section each. */
export async function typesetSource(source: SourceText, pause: () => Promise<void>): Promise<Typeset> {
  const type = source.source.type ?? 'text';
  const blocks = toDisplayBlocks(source.text, source.blocks);
  await pause();
  const sections = groupSections(blocks, (block) => type === 'pptx' && block.kind === 'slide');
  await pause();
  const tables = layoutTables(source.text, blocks, type, tableTextEm());
  await pause();
  const widths = [...new Set(tables.values())].map(tableWidthEm);
  const widestTable = {
    bestEm: widths.reduce((widest, { bestEm }) => Math.max(widest, bestEm), 0),
    leastEm: widths.reduce((widest, { leastEm }) => Math.max(widest, leastEm), 0),
  };
  return { type, sections, tables, widestTable };
}

const measuredPx = 100;

/** Size of code in a line of text. */
const codeEm = 0.87;

/** Measures text in the faces of documents. */
function tableTextEm(): MeasureEm {
  const style = getComputedStyle(document.documentElement);
  const [serif, mono] = [style.getPropertyValue('--serif') || 'serif', style.getPropertyValue('--mono') || 'monospace'];
  return (text, code) => textWidthPx(text, measuredPx, code ? mono : serif) / measuredPx * (code ? codeEm : 1);
}
