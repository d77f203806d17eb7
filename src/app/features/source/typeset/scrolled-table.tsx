import type { ComponentChildren, VNode } from 'preact';
import { useRef } from 'preact/hooks';
import { t } from '../../../messages/t.ts';
import { scrollBarHeight, tableWidth, type TableLayout } from './table-layout.ts';

type Properties = { layout: TableLayout; direction: 'auto' | undefined; children: ComponentChildren };

/**
 * A table that scrolls sideways where it is wider than the text. Its scroll bar stays at the lower edge of the view, so
 * that it is at hand beside a table of any height.
 */
export function ScrolledTable({ layout, direction, children }: Properties): VNode {
  const table = useRef<HTMLDivElement>(null);
  const bar = useRef<HTMLDivElement>(null);
  const follow = (from: HTMLElement | null, to: HTMLElement | null): void => {
    if (from && to && Math.abs(to.scrollLeft - from.scrollLeft) >= 1) to.scrollLeft = from.scrollLeft;
  };
  return (
    <div class="source-table-place">
      {/* A scroller must take the focus, or the keyboard could not scroll it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/prefer-tag-over-role */}
      <div ref={table} class="source-table" role="group" aria-label={t('source.table')} tabIndex={0} dir={direction} onScroll={() => follow(table.current, bar.current)}>{children}</div>
      <div ref={bar} class="source-table-bar" aria-hidden="true" tabIndex={-1} style={{ blockSize: scrollBarHeight(layout) }} onScroll={() => follow(bar.current, table.current)}>
        <div style={{ inlineSize: tableWidth(layout) }} />
      </div>
    </div>
  );
}
