import type { SourceType } from '#core/document/parsed-document.ts';
import type { VNode } from 'preact';
import { useMemo } from 'preact/hooks';
import type { Overlay } from '../marks/marked-text.tsx';
import type { DisplayBlock } from './display-block.ts';
import { isQuoted } from './quoted-lines.ts';
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

/** Sets the blocks of one section: what stands in a quote as one, runs of list items as lists, runs of table rows as tables. */
export function TypesetSection(properties: Properties): VNode {
  const { text, blocks, tables, type, overlay, direction } = properties;
  return useMemo(() => setGroups(properties), [text, blocks, tables, type, overlay, direction]);
}

function setGroups(properties: Properties): VNode {
  const { text, blocks, tables, type } = properties;
  const parts = groupAlike(blocks, (block, before) => isQuoted(text, block, type) === isQuoted(text, before, type));
  return (
    <>
      {parts.map((part) => {
        const content = <Groups {...properties} groups={groupAlike(part, (block, before) => isOneList(block, before) || isOneTable(block, before, tables))} />;
        return isQuoted(text, part[0], type) ? <blockquote key={part[0].start}>{content}</blockquote> : content;
      })}
    </>
  );
}

function Groups({ groups, tables, blocks: _all, ...rest }: Properties & { groups: readonly Group[] }): VNode {
  return (
    <>
      {groups.map((group) => {
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

/** Cuts `blocks` into runs in which each goes with the one before it. */
function groupAlike(blocks: readonly DisplayBlock[], goesWith: (block: DisplayBlock, before: DisplayBlock) => boolean): Group[] {
  const groups: Group[] = [];
  for (const block of blocks) {
    const last = groups.at(-1);
    if (last && goesWith(block, last[0])) last.push(block);
    else groups.push([block]);
  }
  return groups;
}

function isOneList(block: DisplayBlock, before: DisplayBlock): boolean {
  return block.kind === 'list-item' && before.kind === 'list-item';
}

function isOneTable(block: DisplayBlock, before: DisplayBlock, tables: Properties['tables']): boolean {
  return block.kind === 'table-row' && before.kind === 'table-row' && tables.get(block) === tables.get(before);
}
