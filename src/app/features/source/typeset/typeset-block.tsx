import type { SourceType } from '#core/document/parsed-document.ts';
import type { JSX, VNode } from 'preact';
import { MarkedText, type Overlay } from '../marks/marked-text.tsx';
import { blockRuns } from './block-runs.ts';
import type { DisplayBlock } from './display-block.ts';

type Properties = { text: string; block: DisplayBlock; type: SourceType; overlay: Overlay; direction: 'auto' | undefined };

const headingTags = ['h3', 'h4', 'h5', 'h6'] as const;

/** Sets one block that is not part of a list or a table. */
export function TypesetBlock({ text, block, type, overlay, direction }: Properties): VNode {
  const runs = blockRuns(text, block, type);
  const content = <MarkedText text={text} start={block.start} end={block.end} runs={runs} overlay={overlay} />;
  const attributes = { 'data-at': block.start, dir: direction };
  // Comments and anchors of Markdown leave nothing to see.
  if (runs.every(({ style }) => style.syntax ?? style.gap)) return <p {...attributes} class="unseen">{content}</p>;
  // What stands in a quote is known by the quote around it; `quote` is a class of the answers.
  const kindClass = block.kind === 'quote' ? 'quoted' : block.kind;
  if (block.continues) return <p {...attributes} class={`continues ${kindClass}`}>{content}</p>;
  switch (block.kind) {
    case 'heading': {
      const Heading: keyof JSX.IntrinsicElements = headingTags[Math.min(block.level, headingTags.length) - 1] ?? 'h3';
      return <Heading {...attributes}>{content}</Heading>;
    }
    case 'slide':
    case 'sheet':
      return <h3 {...attributes} class={block.kind}>{content}</h3>;
    case 'code':
      return <pre {...attributes} dir="ltr">{content}</pre>;
    default:
      return <p {...attributes} class={kindClass}>{content}</p>;
  }
}
