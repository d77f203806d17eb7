import type { SourceType } from '#core/document/parsed-document.ts';
import type { SourceText } from '#core/engine/engine-api.ts';
import { toDisplayBlocks, type DisplayBlock } from './display-block.ts';
import { groupSections, type Section } from './group-sections.ts';
import { layoutTables, type TableLayout } from './table-layout.ts';

/** A document made ready to be set: its sections, and the layout of each table row's table. */
export type Typeset = { type: SourceType; sections: Section[]; tables: ReadonlyMap<DisplayBlock, TableLayout> };

/** Makes a document ready to be set, and gives way to the page between the steps. Slides have a section each. */
export async function typesetSource(source: SourceText, pause: () => Promise<void>): Promise<Typeset> {
  const type = source.source.type ?? 'text';
  const blocks = toDisplayBlocks(source.text, source.blocks);
  await pause();
  const sections = groupSections(blocks, (block) => type === 'pptx' && block.kind === 'slide');
  const tables = layoutTables(source.text, blocks, type);
  await pause();
  return { type, sections, tables };
}
