import type { SourceType } from '#core/document/parsed-document.ts';
import type { VNode } from 'preact';
import { MarkedText, type Overlay } from '../marks/marked-text.tsx';
import { blockRuns } from './block-runs.ts';
import type { DisplayBlock } from './display-block.ts';

type Properties = { text: string; items: readonly DisplayBlock[]; type: SourceType; overlay: Overlay; direction: 'auto' | undefined };

const ownMarker = /^\s*(?:[•◦▪▫‣⁃●○■□➢✓·∙–—-]|\(?(?:\d{1,3}|[a-z]|[ivx]{1,4})[.)])\s/iu;
const deepestLevel = 6;

/** Sets consecutive list items. Items that begin with a number or bullet of their own get no other. */
export function TypesetList({ text, items, type, overlay, direction }: Properties): VNode {
  return (
    <ul>
      {items.map((item) => {
        const marked = hasOwnMarker(text.slice(item.start, item.start + 16), type);
        const level = Math.min(item.level, deepestLevel);
        return (
          <li key={item.start} data-at={item.start} dir={direction} class={`level-${level}${marked || item.continues ? ' marked' : ''}`}>
            <MarkedText text={text} start={item.start} end={item.end} runs={blockRuns(text, item, type)} overlay={overlay} />
          </li>
        );
      })}
    </ul>
  );
}

/** In Markdown an item without any marker is a later paragraph of the item before it. */
function hasOwnMarker(beginning: string, type: SourceType): boolean {
  if (type === 'markdown') return !/^[\s>]*[-*+]\s/u.test(beginning);
  return ownMarker.test(beginning);
}
