import { createHash } from 'node:crypto';
import type { SentenceMeasure } from '../../src/core/answer/measure-sentences.ts';
import { createSecondLook } from '../../src/core/answer/second-look.ts';
import { chunkDocument } from '../../src/core/chunk/chunk-document.ts';
import type { Block, ParsedDocument } from '../../src/core/document/parsed-document.ts';
import type { Passage } from '../../src/core/document/passage.ts';
import type { Embedder } from '../../src/core/embed/embedder.ts';
import type { CorpusId, DocumentId, Sha256 } from '../../src/core/ids.ts';
import { analyze, analyzerId } from '../../src/core/language/analyze-text.ts';
import { detectLanguage } from '../../src/core/language/detect-language.ts';
import { indexText } from '../../src/core/language/index-text.ts';
import { createCorpusSearcher, type CorpusSearcher } from '../../src/core/search/corpus-searcher.ts';
import { buildSegments, type DocumentToStore } from '../../src/core/segment/build-segment.ts';
import { profileId } from '../../src/core/segment/profile.ts';
import type { DocumentInfo, SegmentRef } from '../../src/core/segment/segment-manifest.ts';
import { encodeVecPart } from '../../src/core/segment/vec-part.ts';
import type { NewVecPart } from '../../src/core/store/corpus-store.ts';
import { createMemoryCorpusStore } from '../../src/core/store/memory-corpus-store.ts';
import { chooseVectorIndex } from '../../src/core/vectors/choose-vector-index.ts';
import type { EvalDocument } from './retrieval-set.ts';

export const evalCorpus = 'eval' as CorpusId;

/**
 * What a set is searched by: the bundled model, which also cuts passages and ranks sentences as in the product, and a neural
 * one where it is scored. `isWhole`: every document is one passage, as the published figures of a model have it.
 */
export type EvalModels = { embedder: Embedder; neural?: Embedder | undefined; isWhole?: boolean };

/** A look at the sentences by the neural model, as long as it takes: figures shall not depend on the machine. */
export function secondLookOf({ neural }: EvalModels): SentenceMeasure | undefined {
  return neural && createSecondLook(neural, 600_000);
}

export type IndexedDocuments = { searcher: CorpusSearcher; passages: number };

/** A document to index under an id of its own. */
export type NamedDocument = { id: string; parsed: ParsedDocument };

/**
 * Puts documents through the product's own way: chunker, terms, segments, vectors, store, searcher. The id of a document
 * comes back as `document.id` of what is found.
 */
export async function indexDocuments(documents: readonly NamedDocument[], { embedder, neural, isWhole = false }: EvalModels): Promise<IndexedDocuments> {
  const stored = documents.map(({ id, parsed }) => toStore(id, parsed, isWhole ? undefined : embedder));
  const segments = await buildSegments(stored, { analyzer: analyzerId });
  const textOf = new Map(stored.map(({ document, passages }) => [document.id, passages]));
  const refs: SegmentRef[] = [];
  const vec: NewVecPart[] = [];
  for (const { id, manifest } of segments) {
    const passages = manifest.documents.flatMap(({ document, firstOrdinal, rows }) => textOf.get(document.id)!.slice(firstOrdinal, firstOrdinal + rows));
    const ref: SegmentRef = { id, rows: manifest.rows, vec: {} };
    for (const one of neural === undefined ? [embedder] : [embedder, neural]) {
      const profile = await profileId(one.profile);
      const bytes = encodeVecPart(await one.embedPassages(passages.map(indexText)), one.profile.dims, profile);
      vec.push({ segment: id, profile, bytes });
      ref.vec[profile] = { sha256: hashOf(bytes), bytes: bytes.length };
    }
    refs.push(ref);
  }
  const store = createMemoryCorpusStore();
  await store.commit({ head: { corpus: evalCorpus, name: 'eval', seq: 1, segments: refs }, segments, vec });
  const choice = await chooseVectorIndex();
  const searcher = await createCorpusSearcher({ store, embedder, createVectorIndex: (dims) => choice.create(dims), neuralLimitMs: 600_000 });
  await searcher.refresh();
  await searcher.setNeural(neural);
  await searcher.neuralLoaded();
  return { searcher, passages: stored.reduce((sum, { passages }) => sum + passages.length, 0) };
}

function toStore(id: string, parsed: ParsedDocument, chunkBy: Embedder | undefined): DocumentToStore {
  const passages: Passage[] = chunkBy === undefined ? [toPassage(id, parsed)] : chunkDocument(parsed, {
    document: id as DocumentId,
    countTokens: (text) => chunkBy.countTokens(text),
    maxTokens: chunkBy.profile.maxTokens,
  });
  const document: DocumentInfo = {
    id: id as DocumentId,
    title: parsed.title,
    type: parsed.type,
    bytes: parsed.text.length,
    sha256: hashOf(parsed.text),
    characters: parsed.text.length,
    language: parsed.declaredLanguage ?? detectLanguage(parsed.text),
    addedAt: '2024-01-01T00:00:00.000Z',
    ...(parsed.pageStarts && { pageStarts: parsed.pageStarts }),
  };
  return { document, passages, terms: passages.map((passage) => analyze(indexText(passage), document.language)) };
}

function toPassage(id: string, { text }: ParsedDocument): Passage {
  return { document: id as DocumentId, ordinal: 0, start: 0, text, headings: [], blocks: [] };
}

function hashOf(data: string | Uint8Array): Sha256 {
  return createHash('sha256').update(data).digest('hex') as Sha256;
}

/** A plain text with a title as a parsed document: the title as its heading, paragraphs between blank lines. */
export function toParsedDocument({ id, title, text }: EvalDocument): NamedDocument {
  const head = title === '' ? '' : `${title}\n\n`;
  const blocks: Block[] = title === '' ? [] : [{ kind: 'heading', level: 1, start: 0, end: title.length }];
  for (const { 0: paragraph, index } of text.matchAll(/\S(?:[^\n]|\n(?!\s*\n))*/gu)) {
    blocks.push({ kind: 'paragraph', start: head.length + index, end: head.length + index + paragraph.length });
  }
  return { id, parsed: { type: 'text', title: title || id, text: head + text, blocks } };
}
