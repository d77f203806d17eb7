import type { Block, ParsedDocument } from '../document/parsed-document.ts';
import { pushExact } from './exact-blocks.ts';
import type { ParseContext } from './parse-context.ts';
import { lineStarts } from './split-lines.ts';

/** A block of code is not cut within a definition unless it is longer than this. */
const longestDefinition = 4000;

/** A line that begins something new: it follows an empty line and is not indented, nor does it only close a bracket. */
const beginsAfresh = /^[^\s)\]}]/u;

/** Source code as it is: a block is what stands between empty lines at the outermost level, about a definition. */
export async function parseCode(name: string, text: string, context: ParseContext): Promise<ParsedDocument> {
  const blocks: Block[] = [];
  const starts = lineStarts(text);
  let [from, afterEmpty] = [0, false];
  for (let line = 0; line + 1 < starts.length; line += 1) {
    const start = starts[line] ?? 0;
    const content = text.slice(start, Math.min(starts[line + 1] ?? text.length, start + 200));
    if (afterEmpty && beginsAfresh.test(content)) {
      pushExact(blocks, text, 'code', from, start, longestDefinition);
      from = start;
    }
    afterEmpty = content.trim() === '';
    if (line % 4096 === 0) await context.report(start, text.length);
  }
  pushExact(blocks, text, 'code', from, text.length, longestDefinition);
  return { type: 'code', title: name.slice(name.lastIndexOf('/') + 1), text, blocks };
}
