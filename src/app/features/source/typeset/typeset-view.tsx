import type { SourceText } from '#core/engine/engine-api.ts';
import type { ComponentChildren, VNode } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { t } from '../../../messages/t.ts';
import type { Overlay } from '../marks/marked-text.tsx';
import type { SourceMark } from '../marks/source-mark.ts';
import type { Jump } from '../scroll/jump.ts';
import { LazyItem } from '../scroll/lazy-item.tsx';
import { NearView } from '../scroll/near-view.ts';
import { useJump } from '../scroll/use-jump.ts';
import { textDirection } from '../text-direction.ts';
import { estimateHeightPx, sectionAt, type Section } from './group-sections.ts';
import { TypesetSection } from './typeset-section.tsx';
import type { Typeset } from './typeset-source.ts';
import { isSheet } from './typeset-table.tsx';

type Properties = { /** Scrolls with the document, above it. */ top: ComponentChildren; source: SourceText; typeset: Typeset; overlay: Overlay; jump: Jump | undefined; zoom: number };

const mostPinned = 12;

/** The sections that the evidence in view reaches over: all of it is in the page, wherever the view is. */
function sectionsOf(sections: readonly Section[], here: SourceMark | undefined): number[] {
  if (!here) return [];
  const [first, last] = [sectionAt(sections, here.start), sectionAt(sections, here.end - 1)];
  return Array.from({ length: Math.min(mostPinned, last - first + 1) }, (_, index) => first + index);
}

/** A document as clean typeset text. Only the sections near the view are in the page. */
export function TypesetView({ top, source, typeset, overlay, jump, zoom }: Properties): VNode {
  const scroller = useRef<HTMLDivElement>(null);
  const [nearView, setNearView] = useState<NearView>();
  const { type, sections, tables, widestTable } = typeset;
  useLayoutEffect(() => {
    if (!scroller.current) return undefined;
    const made = new NearView(scroller.current);
    setNearView(made);
    return () => made.close();
  }, []);
  useJump(scroller, jump, 0);
  const pinned = new Set([jump && 'at' in jump ? sectionAt(sections, jump.at) : 0, ...sectionsOf(sections, overlay.here)]);
  const direction = textDirection(source.language);
  return (
    // A scroller must take the focus, or the keyboard could not scroll it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/prefer-tag-over-role
    <div ref={scroller} class="source-scroll" tabIndex={0} role="group" aria-label={t(isSheet(type) ? 'source.table' : 'source.text')}>
      {top}
      <div class={`source-text ${type}${isSheet(type) ? ' sheet' : ''}`} lang={source.language === 'und' ? undefined : source.language} dir={direction} style={{ fontSize: `${zoom}em`, '--best': `${widestTable.bestEm}em`, '--least': `${widestTable.leastEm}em` }}>
        {sections.map((section, index) => (
          <LazyItem key={section.start} class="source-section" nearView={nearView} estimatePx={estimateHeightPx(section) * zoom} pinned={pinned.has(index)}>
            {() => (
              <TypesetSection
                text={source.text}
                blocks={section.blocks}
                {...{ tables, type, overlay }}
                direction={direction === undefined ? 'auto' : undefined}
              />
            )}
          </LazyItem>
        ))}
      </div>
    </div>
  );
}
