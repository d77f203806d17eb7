import type { Block, ParsedDocument } from '#core/document/parsed-document.ts';
import { AppError } from '#core/errors/app-error.ts';

/** A parser for tests: paragraphs between empty lines. A file that says so fails. */
export async function parsePlainText({ name, bytes }: { name: string; bytes: Uint8Array }): Promise<ParsedDocument> {
  const text = new TextDecoder().decode(bytes);
  if (text.startsWith('CORRUPT')) throw new AppError('source/corrupt', 'it says so');
  const blocks: Block[] = [];
  for (const match of text.matchAll(/\S[^\n]*(?:\n(?!\n)[^\n]+)*/g)) {
    blocks.push({ kind: 'paragraph', start: match.index, end: match.index + match[0].trimEnd().length });
  }
  return { type: 'text', title: name.replace(/\.\w+$/, ''), text, blocks };
}
