import type { ParsedDocument } from '../document/parsed-document.ts';
import { AppError } from '../errors/app-error.ts';
import { DocumentBuilder } from './document-builder.ts';
import { coreProperties, mainPart, readPart, relationshipId, relationshipsOf } from './office-package.ts';
import type { ParseContext } from './parse-context.ts';
import { readNotes, readSlide } from './read-slide.ts';
import type { SlideBlock } from './read-slide.ts';
import { findAll } from './read-xml.ts';
import { openArchive } from './safe-unzip.ts';
import type { Archive } from './safe-unzip.ts';
import { titleFromName } from './title-from-name.ts';

/** The slides' parts in the order they are shown. */
function slideParts(archive: Archive, depthLimit: number): string[] {
  const main = mainPart(archive, 'ppt/presentation.xml', depthLimit);
  const presentation = readPart(archive, main, depthLimit);
  if (presentation === undefined) throw new AppError('source/corrupt', 'the presentation has no main part');
  const targets = new Map(relationshipsOf(archive, main, depthLimit).map(({ id, target }) => [id, target]));
  return findAll(presentation, 'sldId').flatMap(({ attributes }) => targets.get(relationshipId(attributes)) ?? []);
}

function slideBlocks(archive: Archive, part: string, depthLimit: number): SlideBlock[] {
  const slide = readPart(archive, part, depthLimit);
  if (slide === undefined) throw new AppError('source/corrupt', 'a slide of the presentation is missing');
  const notesPart = relationshipsOf(archive, part, depthLimit).find(({ type }) => type === 'notesSlide')?.target;
  const notes = notesPart === undefined ? undefined : readPart(archive, notesPart, depthLimit);
  return [...readSlide(slide), ...(notes === undefined ? [] : readNotes(notes))];
}

/**
 * A presentation: a slide is a page; its title is a `slide` block, then its text, tables and the speaker's notes. Slides
 * without text (pictures only) are named as unread. Errors: `source/no-text`, those of `openArchive` and `readXml`.
 */
export async function parsePptx(name: string, bytes: Uint8Array, context: ParseContext): Promise<ParsedDocument> {
  const { depth, characters, pages } = context.limits;
  const archive = openArchive(bytes, context.limits);
  const parts = slideParts(archive, depth);
  if (parts.length > pages) throw new AppError('source/too-large', `it has ${parts.length} slides`, { detail: { limitPages: pages } });
  const builder = new DocumentBuilder(characters);
  const pageStarts: number[] = [];
  const unreadPages: number[] = [];
  for (const [index, part] of parts.entries()) {
    const page = index + 1;
    const first = builder.blocks.length;
    for (const { kind, text, level, header } of slideBlocks(archive, part, depth)) {
      builder.add(kind, text, { level, header, anchor: { page } });
    }
    const start = builder.blocks[first]?.start;
    if (start === undefined) unreadPages.push(page);
    pageStarts.push(start ?? builder.length);
    await context.report(page, parts.length);
  }
  const title = coreProperties(archive, depth).title || titleFromName(name);
  const coverage = { pages: parts.length, unreadPages };
  return { type: 'pptx', title, text: builder.text, blocks: builder.blocks, pageStarts, coverage };
}
