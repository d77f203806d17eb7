import type { Block, ParsedDocument } from '../document/parsed-document.ts';
import { pushExact } from './exact-blocks.ts';
import type { ParseContext } from './parse-context.ts';
import { titleFromName } from './title-from-name.ts';

const emptyLine = /\n[ \t\r\f\v]*\n/gu;

/** Plain text as it is: a paragraph is what stands between empty lines. */
export async function parseText(name: string, text: string, context: ParseContext): Promise<ParsedDocument> {
  const blocks: Block[] = [];
  let from = 0;
  for (const { index } of text.matchAll(emptyLine)) {
    if (index < from) continue;
    pushExact(blocks, text, 'paragraph', from, index);
    from = index;
    if (blocks.length % 256 === 0) await context.report(from, text.length);
  }
  pushExact(blocks, text, 'paragraph', from, text.length);
  await context.report(text.length, text.length);
  return { type: 'text', title: titleFromName(name), text, blocks };
}
