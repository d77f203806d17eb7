import type { BlockKind } from '../document/parsed-document.ts';
import { findAll, findFirst, isElement, textOf } from './read-xml.ts';
import type { XmlElement } from './read-xml.ts';
import { cellsText } from './table-row-text.ts';

export type SlideBlock = { kind: BlockKind; text: string; level?: number; header?: string };

/** Text of a DrawingML paragraph: its runs, fields and line breaks. */
function paragraphText(paragraph: XmlElement): string {
  return paragraph.children.filter(isElement).map((child) => {
    if (child.name === 'br') return '\n';
    if (child.name === 'r' || child.name === 'fld') return findAll(child, 't').map(textOf).join('');
    return findAll(child, 't').map(textOf).join('');
  }).join('');
}

function placeholder(shape: XmlElement): string {
  const element = findFirst(shape, 'ph');
  return element === undefined ? '' : (element.attributes['type'] ?? 'body');
}

function shapeBlocks(shape: XmlElement): SlideBlock[] {
  const role = placeholder(shape);
  const paragraphs = findAll(shape, 'p').map((paragraph) => ({ paragraph, text: paragraphText(paragraph).trim() })).filter(({ text }) => text !== '');
  if (role === 'title' || role === 'ctrTitle') {
    const title = paragraphs.map(({ text }) => text).join(' ').replace(/\s+/gu, ' ');
    return title === '' ? [] : [{ kind: 'slide', text: title }];
  }
  if (role === 'sldNum' || role === 'dt' || role === 'ftr') return [];
  return paragraphs.map(({ paragraph, text }) => {
    const level = Number(findFirst(paragraph, 'pPr')?.attributes['lvl'] ?? 0) + 1;
    const bulleted = role === 'body' && paragraphs.length > 1;
    return bulleted ? { kind: 'list-item', level: Number.isFinite(level) && level >= 1 ? level : 1, text } : { kind: 'paragraph', text };
  });
}

function tableBlocks(table: XmlElement): SlideBlock[] {
  const headed = findFirst(table, 'tblPr')?.attributes['firstRow'] === '1';
  const rows = findAll(table, 'tr').map((row) => cellsText(findAll(row, 'tc').map((cell) => findAll(cell, 'p').map(paragraphText).join(' '))));
  const header = headed ? rows[0] : undefined;
  return rows.map((text, index) => ({ kind: 'table-row', text, ...(index > 0 && header !== undefined && { header }) }));
}

/** The blocks of a slide or of its notes: the title first, then shapes and tables in drawing order. */
export function readSlide(root: XmlElement): SlideBlock[] {
  const blocks = findAll(root, 'sp', 'graphicFrame').flatMap((part) => {
    if (part.name === 'sp') return shapeBlocks(part);
    return findAll(part, 'tbl').flatMap(tableBlocks);
  });
  return [...blocks.filter(({ kind }) => kind === 'slide'), ...blocks.filter(({ kind }) => kind !== 'slide')];
}

/** What the speaker wrote below a slide; the slide's own picture and number are not part of it. */
export function readNotes(root: XmlElement): SlideBlock[] {
  return findAll(root, 'sp')
    .filter((shape) => placeholder(shape) === 'body')
    .flatMap((shape) => findAll(shape, 'p').map((paragraph) => ({ kind: 'paragraph' as const, text: paragraphText(paragraph) })));
}
