import { useSignal, type Signal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Source } from '#core/engine/engine-api.ts';
import type { DocumentId } from '#core/ids.ts';
import { t } from '../../messages/t.ts';
import { FailuresHead } from './failure-card.tsx';
import { SourceRow } from './source-row.tsx';
import { tellApart } from './tell-apart.ts';
import { visibleRange } from './visible-range.ts';

type SourceListProps = {
  sources: readonly Source[];
  /** What scrolls the list. */
  scroller: RefObject<HTMLElement | null>;
  selection: Signal<ReadonlySet<DocumentId> | undefined>;
  /** Whether any of them is still to be read, so that their count may change. */
  busy: boolean;
};

/** Above this many, only rows near the viewport are in the document. */
const windowedFrom = 200;
/** Height of a row in a windowed list, in rem; `library.css` holds rows to it. */
const rowRem = 3.25;

/** The list of sources. A long one is windowed, and says to assistive technology how long it is. */
export function SourceList({ sources, scroller: scrollerRef, selection, busy }: SourceListProps) {
  const isWindowed = sources.length > windowedFrom;
  const list = useRef<HTMLUListElement>(null);
  const view = useSignal({ top: 0, height: 800 });
  useEffect(() => {
    const scroller = scrollerRef.current;
    if (!isWindowed || !scroller) return undefined;
    const measure = () => {
      const offset = list.current ? scroller.getBoundingClientRect().top - list.current.getBoundingClientRect().top : 0;
      view.value = { top: offset, height: scroller.clientHeight };
    };
    measure();
    scroller.addEventListener('scroll', measure, { passive: true });
    addEventListener('resize', measure);
    return () => {
      scroller.removeEventListener('scroll', measure);
      removeEventListener('resize', measure);
    };
  }, [isWindowed]);

  const rowPx = rowRem * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const { first, end } = isWindowed ? visibleRange({ ...view.value, rowHeight: rowPx, rows: sources.length }) : { first: 0, end: sources.length };
  const style = isWindowed ? { paddingBlockStart: `${first * rowRem}rem`, paddingBlockEnd: `${(sources.length - end) * rowRem}rem` } : {};
  const named = tellApart(sources);
  const failed = sources.filter(({ state }) => state === 'failed');
  return (
    <>
      {failed.length > 1 && <FailuresHead failed={failed} />}
      <ul ref={list} class={isWindowed ? 'sources windowed' : 'sources'} aria-label={t('library.sources')} aria-busy={busy && isWindowed} style={style}>
        {sources.slice(first, end).map((source, index) => (
          <SourceRow key={source.id} source={source} selection={selection} fileName={named.get(source.id)} onlyFailure={failed.length === 1 && !isWindowed} place={isWindowed ? { at: first + index + 1, of: sources.length } : undefined} />
        ))}
      </ul>
    </>
  );
}
