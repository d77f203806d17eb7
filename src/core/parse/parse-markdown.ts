import type { Block, ParsedDocument } from '../document/parsed-document.ts';
import { frontMatterEnd, markdownBlocks } from './markdown-blocks.ts';
import type { ParseContext } from './parse-context.ts';
import { parseText } from './parse-text.ts';
import { titleFromName } from './title-from-name.ts';

/** Beyond this, in UTF-16 units, Markdown is read as plain text: its block structure would take long and much memory. */
const longestStructured = 16 * 2 ** 20;

/** A heading or front matter value without its marks. */
function plain(markdown: string): string {
  return markdown
    .replace(/^[#\s]+|[#=\-\s]+$/gu, '')
    .replace(/!?\[([^\]]*)\]\([^)]*\)/gu, '$1')
    .replace(/[`*_]{1,3}(\S(?:[^`*_]*\S)?)[`*_]{1,3}/gu, '$1')
    .trim();
}

function titleOf(text: string, blocks: readonly Block[]): string {
  const named = /^title:[ \t]*["']?(.*?)["']?[ \t]*$/mu.exec(text.slice(0, Math.min(frontMatterEnd(text), 2000)))?.[1];
  if (named) return named;
  const heading = blocks.find(({ kind }) => kind === 'heading');
  return heading === undefined ? '' : plain(text.slice(heading.start, Math.min(heading.end, heading.start + 400)));
}

/** Markdown with its text character by character as written; only the blocks know of its marks. */
export async function parseMarkdown(name: string, text: string, context: ParseContext): Promise<ParsedDocument> {
  if (text.length > longestStructured) return { ...(await parseText(name, text, context)), type: 'markdown' };
  const blocks = markdownBlocks(text);
  await context.report(1, 1);
  return { type: 'markdown', title: titleOf(text, blocks) || titleFromName(name), text, blocks };
}
