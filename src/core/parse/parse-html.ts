import type { ParsedDocument } from '../document/parsed-document.ts';
import { decodeText } from './decode-text.ts';
import { DocumentBuilder } from './document-builder.ts';
import { findArticle } from './find-article.ts';
import type { HtmlBlock } from './html-table.ts';
import type { ParseContext } from './parse-context.ts';
import { readHtml } from './read-html.ts';
import { titleFromName } from './title-from-name.ts';

const declaredCharset = /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w-]{2,40})/iu;

/** The encoding a page declares in its first KiB, which is where it must be. */
export function htmlCharset(bytes: Uint8Array): string | undefined {
  return declaredCharset.exec(new TextDecoder('windows-1252').decode(bytes.subarray(0, 1024)))?.[1];
}

/** Writes blocks of HTML to a document; `prefix` goes before their paths. */
export function addHtmlBlocks(builder: DocumentBuilder, blocks: readonly HtmlBlock[], prefix = ''): void {
  for (const { kind, text, path, level, header } of blocks) {
    builder.add(kind, text, { level, header, anchor: { path: prefix + path } });
  }
}

function firstHeading(blocks: readonly HtmlBlock[]): string {
  return blocks.find(({ kind }) => kind === 'heading')?.text ?? '';
}

/** An article with the page's first heading above it, which the search for articles takes for the title and leaves out. */
function withTitle(article: readonly HtmlBlock[], whole: readonly HtmlBlock[]): HtmlBlock[] {
  const title = whole.find(({ kind, level }) => kind === 'heading' && level === 1);
  const there = title === undefined || article.some(({ kind, text }) => kind === 'heading' && text === title.text);
  return there ? [...article] : [title, ...article];
}

/**
 * Reads a web page: the article where it has one that holds most of its text, else all of it. Nothing of the page is run
 * and nothing it refers to is fetched. Errors: `source/too-deep`, `source/too-large`.
 */
export async function parseHtml(name: string, bytes: Uint8Array, context: ParseContext): Promise<ParsedDocument> {
  const { text: html } = decodeText(bytes, htmlCharset(bytes));
  const options = { depthLimit: context.limits.depth, checkpoint: context.checkpoint };
  const whole = readHtml(html, options);
  await context.report(1, 2);
  const article = findArticle(html, whole, options);
  const builder = new DocumentBuilder(context.limits.characters);
  addHtmlBlocks(builder, article === undefined ? whole.blocks : withTitle(article, whole.blocks));
  await context.report(2, 2);
  return {
    type: 'html',
    title: whole.title || firstHeading(article ?? whole.blocks) || titleFromName(name),
    text: builder.text,
    blocks: builder.blocks,
    ...(whole.language !== undefined && { declaredLanguage: whole.language }),
  };
}
