import type { SourceType } from '#core/document/parsed-document.ts';
import type { VNode } from 'preact';
import { MarkedText, type Overlay } from '../marks/marked-text.tsx';
import type { DisplayBlock } from './display-block.ts';
import { ScrolledTable } from './scrolled-table.tsx';
import { isRuleRow, tableCells } from './table-cells.ts';
import { columnWidths, tableWidth, type TableLayout } from './table-layout.ts';

type Properties = {
  text: string;
  rows: readonly DisplayBlock[];
  layout: TableLayout;
  type: SourceType;
  overlay: Overlay;
  direction: 'auto' | undefined;
};

/** True for a document that is nothing but tables: it scrolls as a whole, so that its columns stay in line. */
export function isSheet(type: SourceType): boolean {
  return type === 'csv' || type === 'xlsx';
}

/** Sets consecutive table rows; where the header row is not among them, its names are shown again. */
export function TypesetTable({ text, rows, layout, type, overlay, direction }: Properties): VNode {
  const [first] = rows;
  const repeats = first?.header !== undefined && layout.names.some((name) => name !== '');
  const showsNames = first && text.slice(first.start, first.end).trim() !== first.header?.trim() && repeats;
  const table = (
    <table style={{ inlineSize: tableWidth(layout) }}>
      <colgroup>{columnWidths(layout).map((width) => <col style={{ inlineSize: width }} />)}</colgroup>
      {showsNames && (
        <thead>
          <tr>{layout.names.map((name, column) => <th scope="col" class={layout.numeric[column] ? 'figure' : undefined}>{name}</th>)}</tr>
        </thead>
      )}
      <tbody>
        {rows.map((row) => <TableRow key={row.start} {...{ text, row, layout, type, overlay }} />)}
      </tbody>
    </table>
  );
  if (isSheet(type)) return <div class="source-table-place"><div class="source-table" dir={direction}>{table}</div></div>;
  return <ScrolledTable layout={layout} direction={direction}>{table}</ScrolledTable>;
}

type RowProperties = Pick<Properties, 'text' | 'layout' | 'type' | 'overlay'> & { row: DisplayBlock };

function TableRow({ text, row, layout, type, overlay }: RowProperties): VNode {
  const cells = tableCells(text, row, type);
  const isHeader = isHeaderRow(text, row, layout);
  const Cell = isHeader ? 'th' : 'td';
  const columns = Math.max(1, layout.widthsEm.length);
  return (
    <tr data-at={row.start} class={isRuleRow(text, row) ? 'rule' : undefined}>
      {cells.map((cell, column) => (
        <Cell
          scope={isHeader ? 'col' : undefined}
          class={layout.numeric[column] ? 'figure' : undefined}
          colSpan={column === cells.length - 1 && cells.length < columns ? columns - column : undefined}
        >
          <MarkedText text={text} start={cell.start} end={cell.end} runs={cell.runs} overlay={overlay} />
        </Cell>
      ))}
    </tr>
  );
}

function isHeaderRow(text: string, row: DisplayBlock, layout: TableLayout): boolean {
  if (row.continues || layout.names.length === 0) return false;
  const names = layout.names.filter(Boolean);
  const body = text.slice(row.start, row.end);
  return row.header === undefined ? names.every((name) => body.includes(name)) : body.trim() === row.header.trim();
}
