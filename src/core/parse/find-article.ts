import { isProbablyReaderable, Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import type { HtmlBlock } from './html-table.ts';
import { pathAttribute, readHtml } from './read-html.ts';
import type { HtmlContent, HtmlOptions } from './read-html.ts';

/** Below this share of a page's text an "article" is more likely a part of it torn out. */
const smallestShare = 0.6;
/** Pages of more elements are read whole: the search for an article would take seconds. */
const mostElements = 30_000;

/** What is used of a DOM element; the core knows no DOM. */
type MarkedElement = { setAttribute(name: string, value: string): void; readonly children: Iterable<MarkedElement> };

type Characters = { characters: number; tableRows: number };

function measure(blocks: readonly HtmlBlock[]): Characters {
  let [characters, tableRows] = [0, 0];
  for (const { kind, text } of blocks) {
    characters += text.length;
    if (kind === 'table-row') tableRows += 1;
  }
  return { characters, tableRows };
}

/** Writes each element's path in the whole page into an attribute, which survives the cutting down. */
function markPaths(body: MarkedElement): void {
  const open: [element: MarkedElement, path: string][] = [[body, 'body']];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [element, path] = next;
    element.setAttribute(pathAttribute, path);
    let index = 0;
    for (const child of element.children) {
      open.push([child, `${path}/${index}`]);
      index += 1;
    }
  }
}

/**
 * The blocks of a page's article, found by Mozilla's Readability on a document that is not connected to anything;
 * undefined where there is none, or where it would lose much of the page's text or of its tables.
 */
export function findArticle(html: string, whole: HtmlContent, options: HtmlOptions): HtmlBlock[] | undefined {
  const all = measure(whole.blocks);
  if (all.characters < 1000 || whole.elements > mostElements) return undefined;
  const { document } = parseHTML(html);
  if (document.body === null || !isProbablyReaderable(document)) return undefined;
  markPaths(document.body);
  options.checkpoint();
  const article = new Readability(document, { disableJSONLD: true }).parse();
  if (typeof article?.content !== 'string') return undefined;
  const { blocks } = readHtml(article.content, options);
  const kept = measure(blocks);
  const loses = kept.characters < all.characters * smallestShare || kept.tableRows < all.tableRows * smallestShare;
  return loses ? undefined : blocks;
}
