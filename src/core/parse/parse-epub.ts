import type { ParsedDocument } from '../document/parsed-document.ts';
import { AppError } from '../errors/app-error.ts';
import { DocumentBuilder } from './document-builder.ts';
import { readPart, readPartText, resolvePart } from './office-package.ts';
import type { ParseContext } from './parse-context.ts';
import { addHtmlBlocks } from './parse-html.ts';
import { readHtml } from './read-html.ts';
import { findAll, findFirst, readXmlTree, textOf } from './read-xml.ts';
import type { XmlElement } from './read-xml.ts';
import { openArchive } from './safe-unzip.ts';
import type { Archive } from './safe-unzip.ts';
import { titleFromName } from './title-from-name.ts';

type Book = { title: string; language: string | undefined; chapters: string[]; contents: Map<string, string> };

const isPage = (type: string | undefined): boolean => type === 'application/xhtml+xml' || type === 'text/html' || type === 'text/x-oeb1-document';

const decodePath = (path: string): string => {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
};

function target(from: string, reference: string | undefined): string {
  return resolvePart(from, decodePath((reference ?? '').replace(/#.*$/u, '')));
}

function valueOf(root: XmlElement, name: string): string {
  const element = findFirst(root, name);
  return element === undefined ? '' : textOf(element).replace(/\s+/gu, ' ').trim();
}

/** Chapter titles by file, from an NCX table of contents (EPUB 2) or a navigation document (EPUB 3). */
function readContents(archive: Archive, path: string, depthLimit: number): Map<string, string> {
  const titles = new Map<string, string>();
  const xml = readPartText(archive, path);
  if (xml === undefined) return titles;
  const root = readXmlTree(xml.replace(/<!DOCTYPE[^>[]*>/iu, '').replaceAll('&nbsp;', ' '), depthLimit);
  const add = (reference: string | undefined, title: string): void => {
    const file = target(path, reference);
    if (title !== '' && !titles.has(file)) titles.set(file, title);
  };
  const points = (element: XmlElement): void => {
    for (const point of findAll(element, 'navPoint')) {
      add(findFirst(point, 'content')?.attributes['src'], valueOf(point, 'navLabel'));
      points(point);
    }
  };
  points(root);
  for (const nav of findAll(root, 'nav')) {
    for (const link of findAll(nav, 'a')) add(link.attributes['href'], textOf(link).replace(/\s+/gu, ' ').trim());
  }
  return titles;
}

function packagePath(archive: Archive, depthLimit: number): string {
  const container = readPart(archive, 'META-INF/container.xml', depthLimit);
  const path = container && findFirst(container, 'rootfile')?.attributes['full-path'];
  return path ?? archive.names.find((name) => name.endsWith('.opf')) ?? '';
}

function readBook(archive: Archive, depthLimit: number): Book {
  const path = packagePath(archive, depthLimit);
  const root = readPart(archive, path, depthLimit);
  if (root === undefined) throw new AppError('source/corrupt', 'the book has no package document');
  const items = new Map(findAll(root, 'item').map(({ attributes }) => [attributes['id'] ?? '', attributes]));
  const chapters = findAll(root, 'itemref')
    .map(({ attributes }) => items.get(attributes['idref'] ?? ''))
    .filter((item) => isPage(item?.['media-type']) && !/\bnav\b/u.test(item?.['properties'] ?? ''))
    .map((item) => target(path, item?.['href']));
  const navigation = [...items.values()].find((item) => /\bnav\b/u.test(item['properties'] ?? '') || item['media-type'] === 'application/x-dtbncx+xml');
  const contents = navigation === undefined ? new Map<string, string>() : readContents(archive, target(path, navigation['href']), depthLimit);
  return { title: valueOf(root, 'title'), language: valueOf(root, 'language') || undefined, chapters, contents };
}

/** Books under copy protection encrypt their chapters; obfuscated fonts alone do not matter. */
function refuseEncrypted(archive: Archive, chapters: readonly string[], depthLimit: number): void {
  const encryption = readPart(archive, 'META-INF/encryption.xml', depthLimit);
  if (encryption === undefined) return;
  const encrypted = new Set(findAll(encryption, 'CipherReference').map(({ attributes }) => decodePath(attributes['URI'] ?? '')));
  if (chapters.some((chapter) => encrypted.has(chapter))) throw new AppError('source/encrypted', 'the book is under copy protection');
}

/** An EPUB book, chapter by chapter in the order of its spine. Errors: `source/encrypted`, those of `openArchive`, `readXml`. */
export async function parseEpub(name: string, bytes: Uint8Array, context: ParseContext): Promise<ParsedDocument> {
  const { depth, characters } = context.limits;
  const archive = openArchive(bytes, context.limits);
  const book = readBook(archive, depth);
  refuseEncrypted(archive, book.chapters, depth);
  const builder = new DocumentBuilder(characters);
  let done = 0;
  for (const chapter of book.chapters) {
    const xhtml = readPartText(archive, chapter);
    if (xhtml === undefined) throw new AppError('source/corrupt', 'a chapter of the book is missing');
    const { blocks } = readHtml(xhtml, { depthLimit: depth, checkpoint: context.checkpoint });
    const title = book.contents.get(chapter);
    if (title !== undefined && blocks.length > 0 && !blocks.slice(0, 3).some(({ kind }) => kind === 'heading')) {
      builder.add('heading', title, { level: 1, anchor: { path: `${chapter}#body` } });
    }
    addHtmlBlocks(builder, blocks, `${chapter}#`);
    done += 1;
    await context.report(done, book.chapters.length);
  }
  return {
    type: 'epub',
    title: book.title || titleFromName(name),
    text: builder.text,
    blocks: builder.blocks,
    ...(book.language !== undefined && { declaredLanguage: book.language }),
  };
}
