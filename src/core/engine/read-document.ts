import { chunkPassages } from '../chunk/chunk-document.ts';
import type { ParsedDocument } from '../document/parsed-document.ts';
import type { Passage } from '../document/passage.ts';
import { AppError } from '../errors/app-error.ts';
import type { DocumentId, Sha256 } from '../ids.ts';
import { analyze, analyzerId } from '../language/analyze-text.ts';
import { detectLanguage } from '../language/detect-language.ts';
import { indexText } from '../language/index-text.ts';
import { buildSegments, type DocumentToStore } from '../segment/build-segment.ts';
import type { DocumentInfo, SegmentBytes } from '../segment/segment-manifest.ts';

export type ReadRequest = {
  id: DocumentId;
  /** Name as dropped, with its folder where it had one. */
  path: string;
  addedAt: string;
  sha256: Sha256;
  bytes: ArrayBuffer;
  /** Given by a person; else the document's own title is taken, else the name. */
  title?: string;
};

/** A file ready to be committed: what is known of it, and its passages in segments without vectors. */
export type ReadDocument = { info: DocumentInfo; passages: number; segments: SegmentBytes[] };

export type ReadDocumentDeps = {
  parse: (file: { name: string; bytes: Uint8Array }) => Promise<ParsedDocument>;
  countTokens: (text: string) => number;
  maxTokens: number;
  /** Awaited between slices of work; throws to cancel. */
  pause: () => Promise<void>;
};

const slicePassages = 100;

/**
 * From a file's bytes to its segments: parsed, cut into passages, each with its terms. The same bytes and request give the
 * same segments. Runs in slices between which it pauses. Errors: those of the parser; `source/no-text` when the parser
 * found nothing but white space.
 */
export async function readDocument(request: ReadRequest, deps: ReadDocumentDeps): Promise<ReadDocument> {
  const name = request.path.split('/').at(-1) ?? request.path;
  const parsed = await deps.parse({ name, bytes: new Uint8Array(request.bytes) });
  if (parsed.text.trim() === '') throw new AppError('source/no-text', 'no text in it');
  const info = describe(request, parsed, name);
  const document = await cut(parsed, info, deps);
  const segments = await buildSegments([document], { analyzer: analyzerId, pause: deps.pause });
  return { info, passages: document.passages.length, segments };
}

function describe(request: ReadRequest, parsed: ParsedDocument, name: string): DocumentInfo {
  const { id, sha256, addedAt, path, bytes } = request;
  const { type, text, pageStarts, coverage } = parsed;
  const title = request.title ?? (parsed.title.trim() || name);
  const detected = detectLanguage(text);
  const language = detected === 'und' ? primaryTag(parsed.declaredLanguage) : detected;
  return {
    id,
    title,
    type,
    bytes: bytes.byteLength,
    sha256,
    characters: text.length,
    language,
    addedAt,
    path,
    ...(pageStarts !== undefined && { pageStarts }),
    ...(coverage !== undefined && { coverage }),
  };
}

function primaryTag(declared: string | undefined): string {
  const tag = declared?.split('-')[0]?.toLowerCase() ?? '';
  return /^[a-z]{2,3}$/.test(tag) ? tag : 'und';
}

async function cut(parsed: ParsedDocument, info: DocumentInfo, deps: ReadDocumentDeps): Promise<DocumentToStore> {
  const passages: Passage[] = [];
  const terms: ReadonlyMap<string, number>[] = [];
  const options = { document: info.id, countTokens: deps.countTokens, maxTokens: deps.maxTokens };
  for (const passage of chunkPassages(parsed, options)) {
    passages.push(passage);
    terms.push(analyze(indexText(passage), info.language));
    if (passages.length % slicePassages === 0) await deps.pause();
  }
  return { document: info, passages, terms };
}
