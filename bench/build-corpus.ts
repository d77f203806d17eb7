import { chunkerId, chunkDocument } from '#core/chunk/chunk-document.ts';
import type { Block, ParsedDocument } from '#core/document/parsed-document.ts';
import type { Passage } from '#core/document/passage.ts';
import type { Embedder } from '#core/embed/embedder.ts';
import { createStaticEmbedder } from '#core/embed/static-embedder.ts';
import type { CorpusId, DocumentId, ProfileId, Sha256 } from '#core/ids.ts';
import { analyze, analyzerId } from '#core/language/analyze-text.ts';
import { indexText } from '#core/language/index-text.ts';
import { buildSegments, type DocumentToStore } from '#core/segment/build-segment.ts';
import { profileId } from '#core/segment/profile.ts';
import type { DocumentInfo, SegmentBytes, SegmentRef } from '#core/segment/segment-manifest.ts';
import { sha256 } from '#core/segment/sha256.ts';
import { encodeVecPart } from '#core/segment/vec-part.ts';
import type { CorpusStore, NewVecPart } from '#core/store/corpus-store.ts';
import type { BenchContext } from './benchmark.ts';
import { createSyntheticText, wordsOfVocabulary, type SyntheticText } from './synthetic-text.ts';

export type Indexed = { segments: SegmentBytes[]; vec: NewVecPart[]; refs: SegmentRef[]; passages: number };

const paragraphsPerDocument = 40;
const paragraphsPerSection = 8;
const documentsPerCommit = 100;

export function shareEmbedder(context: BenchContext): Promise<Embedder> {
  return context.share('embedder', async () => createStaticEmbedder(await context.readStaticModel(), { chunker: chunkerId }));
}

/** A source of text whose words are those of the bundled model's vocabulary. */
export async function createModelText(context: BenchContext, seed: number): Promise<SyntheticText> {
  const words = await context.share('words', async () => wordsOfVocabulary((await context.readStaticModel()).vocab));
  return createSyntheticText(words, seed);
}

/** A document of sections with headings; each paragraph is about one passage long. */
export function createDocument(text: SyntheticText, paragraphs = paragraphsPerDocument): ParsedDocument {
  const blocks: Block[] = [];
  const pieces: string[] = [];
  let start = 0;
  const add = (piece: string, kind: Block['kind'], level?: number): void => {
    blocks.push({ kind, start, end: start + piece.length, ...(level !== undefined && { level }) });
    pieces.push(piece);
    start += piece.length + 2;
  };
  for (let at = 0; at < paragraphs; at++) {
    if (at % paragraphsPerSection === 0) add(text.heading(), 'heading', 2);
    add(text.paragraph(800), 'paragraph');
  }
  return { type: 'text', title: text.heading(), text: pieces.join('\n\n'), blocks };
}

/** All that ingest does with parsed documents before the commit: passages, terms, segments and vectors. */
export async function indexDocuments(documents: readonly ParsedDocument[], embedder: Embedder, firstId = 0): Promise<Indexed> {
  const toStore = documents.map((document, at) => toDocument(document, `bench-${firstId + at}` as DocumentId, embedder));
  const segments = await buildSegments(toStore, { analyzer: analyzerId });
  const texts = toStore.flatMap(({ passages }) => passages.map(indexText));
  const profile = await profileId(embedder.profile);
  const vec: NewVecPart[] = [];
  const refs: SegmentRef[] = [];
  let row = 0;
  for (const { id, manifest } of segments) {
    const vectors = await embedder.embedPassages(texts.slice(row, row + manifest.rows));
    row += manifest.rows;
    const bytes = encodeVecPart(vectors, embedder.profile.dims, profile);
    vec.push({ segment: id, profile, bytes });
    refs.push({ id, rows: manifest.rows, vec: { [profile]: { sha256: await sha256(bytes), bytes: bytes.length } } satisfies Partial<Record<ProfileId, object>> });
  }
  return { segments, vec, refs, passages: texts.length };
}

function toDocument(document: ParsedDocument, id: DocumentId, embedder: Embedder): DocumentToStore {
  const { maxTokens } = embedder.profile;
  const passages: Passage[] = chunkDocument(document, { document: id, maxTokens, countTokens: (text) => embedder.countTokens(text) });
  const info: DocumentInfo = {
    id, title: document.title, type: document.type, bytes: document.text.length, sha256: '0'.repeat(64) as Sha256,
    characters: document.text.length, language: 'en', addedAt: '2025-01-01T00:00:00.000Z',
  };
  return { document: info, passages, terms: passages.map((passage) => analyze(indexText(passage), 'en')) };
}

/** Fills a corpus with at least `passages` passages and gives their number. */
export async function fillCorpus(
  store: CorpusStore, corpus: CorpusId, passages: number, { context, seed }: { context: BenchContext; seed: number },
): Promise<number> {
  const embedder = await shareEmbedder(context);
  const text = await createModelText(context, seed);
  let head = { corpus, name: corpus, seq: 0, segments: [] as SegmentRef[] };
  let made = 0;
  for (let document = 0; made < passages; document += documentsPerCommit) {
    context.report(`indexing ${made} of ${passages} passages`);
    const count = Math.min(documentsPerCommit, Math.ceil((passages - made) / paragraphsPerDocument));
    const indexed = await indexDocuments(Array.from({ length: count }, () => createDocument(text)), embedder, document);
    head = { ...head, seq: head.seq + 1, segments: [...head.segments, ...indexed.refs] };
    await store.commit({ head, segments: indexed.segments, vec: indexed.vec });
    made += indexed.passages;
  }
  return made;
}
