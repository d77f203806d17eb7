import type { SourceType } from '#core/document/parsed-document.ts';
import type { SourceText } from '#core/engine/engine-api.ts';
import { textWidthPx } from '../text-width.ts';
import { toDisplayBlocks, type DisplayBlock } from './display-block.ts';
import { groupSections, type Section } from './group-sections.ts';
import { layoutTables, tableWidthEm, type TableLayout } from './table-layout.ts';

/** A document made ready to be set: its sections, the layout of each table row's table, and the widest table in em. */
export type Typeset = { type: SourceType; sections: Section[]; tables: ReadonlyMap<DisplayBlock, TableLayout>; widestTableEm: number };

/** Makes a document ready to be set, and gives way to the page between the steps. Slides have a section each. */
export async function typesetSource(source: SourceText, pause: () => Promise<void>): Promise<Typeset> {
  const type = source.source.type ?? 'text';
  const blocks = toDisplayBlocks(source.text, source.blocks);
  await pause();
  const sections = groupSections(blocks, (block) => type === 'pptx' && block.kind === 'slide');
  await pause();
  const tables = layoutTables(source.text, blocks, type, tableTextEm());
  await pause();
  const widestTableEm = [...new Set(tables.values())].reduce((widest, layout) => Math.max(widest, tableWidthEm(layout)), 0);
  return { type, sections, tables, widestTableEm };
}

const measuredPx = 100;

/** Measures text in the face of documents. */
function tableTextEm(): (text: string) => number {
  const face = getComputedStyle(document.documentElement).getPropertyValue('--serif') || 'serif';
  return (text) => textWidthPx(text, measuredPx, face) / measuredPx;
}
