import { isDeleted } from '#core/segment/tombstones.ts';
import { AppError } from '#core/errors/app-error.ts';
import type { Passage, PassageBlock } from '#core/document/passage.ts';
import type { CorpusId, DocumentId, SegmentId } from '#core/ids.ts';
import type { DocumentInfo } from '#core/segment/segment-manifest.ts';
import type { CorpusStore } from '#core/store/corpus-store.ts';
import type { HeadEditor } from '../store/head-editor.ts';

export type DocumentText = { info: DocumentInfo; text: string; blocks: PassageBlock[] };

type Stretch = { segment: SegmentId; firstRow: number; rows: number; firstOrdinal: number };

/**
 * A document's text and blocks, put together from its live passages. Blocks' `at` are offsets into the text; a block that
 * was cut by a passage's end is one block again. Errors: `not-found` when the corpus holds nothing of the document.
 */
export async function readDocumentText(store: CorpusStore, editor: HeadEditor, corpus: CorpusId, id: DocumentId): Promise<DocumentText> {
  const head = await store.readHead(corpus);
  const manifests = head === undefined ? new Map() : await editor.manifestsOf(head);
  const stretches: Stretch[] = [];
  let info: DocumentInfo | undefined;
  for (const ref of head?.segments ?? []) {
    for (const { document, firstRow, rows, firstOrdinal } of manifests.get(ref.id)?.documents ?? []) {
      if (document.id !== id || isDeleted(ref.tombstones, firstRow)) continue;
      info = document;
      stretches.push({ segment: ref.id, firstRow, rows, firstOrdinal });
    }
  }
  if (info === undefined) throw new AppError('not-found', `no passage of ${id}`);
  stretches.sort((a, b) => a.firstOrdinal - b.firstOrdinal);
  const passages: Passage[] = [];
  for (const { segment, firstRow, rows } of stretches) {
    passages.push(...(await store.readPassages(segment, Array.from({ length: rows }, (_, i) => firstRow + i))));
  }
  return { info, ...joinPassages(passages) };
}

function joinPassages(passages: readonly Passage[]): { text: string; blocks: PassageBlock[] } {
  const blocks: PassageBlock[] = [];
  const texts: string[] = [];
  let length = 0;
  for (const passage of passages) {
    for (const block of passage.blocks) {
      const last = blocks.at(-1);
      const at = length + block.at;
      if (block.at === 0 && last !== undefined && isRest(block, last, texts.at(-1) ?? '')) continue;
      blocks.push({ ...block, at });
    }
    texts.push(passage.text);
    length += passage.text.length;
  }
  return { text: texts.join(''), blocks };
}

/** A passage begins with the rest of the block before where the two look alike and no line ends between them. */
function isRest(block: PassageBlock, last: PassageBlock, textBefore: string): boolean {
  if (textBefore.endsWith('\n') || block.kind !== last.kind || block.level !== last.level || block.header !== last.header) return false;
  return block.anchor?.page === last.anchor?.page && block.anchor?.path === last.anchor?.path;
}
