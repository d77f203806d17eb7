import type { SourceType } from '#core/document/parsed-document.ts';
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Overlay } from '../marks/marked-text.tsx';
import type { DisplayBlock } from './display-block.ts';
import type { TableLayout } from './table-layout.ts';
import { TypesetBlock } from './typeset-block.tsx';
import { TypesetList } from './typeset-list.tsx';
import { TypesetTable } from './typeset-table.tsx';

type Properties = {
  text: string;
  blocks: readonly DisplayBlock[];
  tables: ReadonlyMap<DisplayBlock, TableLayout>;
  type: SourceType;
  overlay: Overlay;
  direction: 'auto' | undefined;
};

/** Sets the blocks of one section: runs of list items as lists, runs of table rows as tables. */
export function TypesetSection(properties: Properties): VNode {
  const { text, blocks, tables, type, overlay, direction } = properties;
  return useMemo(() => setGroups(properties), [text, blocks, tables, type, overlay, direction]);
}

function setGroups({ blocks, tables, ...rest }: Properties): VNode {
  return (
    <>
      {groupAlike(blocks, tables).map((group) => {
        const [block] = group;
        const layout = tables.get(block);
        if (layout) return <TypesetTable key={block.start} rows={group} layout={layout} {...rest} />;
        if (block.kind === 'list-item') return <TypesetList key={block.start} items={group} {...rest} />;
        return <TypesetBlock key={block.start} block={block} {...rest} />;
      })}
    </>
  );
}

type Group = [DisplayBlock, ...DisplayBlock[]];

function groupAlike(blocks: readonly DisplayBlock[], tables: Properties['tables']): Group[] {
  const groups: Group[] = [];
  for (const block of blocks) {
    const last = groups.at(-1);
    const joins = last && last[0].kind === block.kind && (block.kind === 'list-item' || block.kind === 'table-row');
    if (joins && tables.get(last[0]) === tables.get(block)) last.push(block);
    else groups.push([block]);
  }
  return groups;
}
