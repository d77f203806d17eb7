import type { SourceType } from '#core/document/parsed-document.ts';
import type { PassageBlock } from '#core/document/passage.ts';
import type { Citation } from '#core/answer/answer-types.ts';
import type { EngineApi, SourceText } from '#core/engine/engine-api.ts';
import { AppError } from '#core/errors/app-error.ts';
import type { CorpusId, DocumentId } from '#core/ids.ts';

export const documentId = 'd1' as DocumentId;

type Shown = { type: SourceType; text: string; blocks: PassageBlock[]; pageStarts?: number[]; language?: string; unreadPages?: number[] };

/** A document as an engine gives it. */
export function sourceText({ type, text, blocks, pageStarts, language = 'en', unreadPages = [] }: Shown, hasOriginal = false): SourceText {
  return {
    source: {
      id: documentId, collection: 'c1' as CorpusId, title: 'Lease, 14 Quayside', path: `lease.${type}`, type, bytes: 12_345,
      addedAt: '2026-03-09T10:00:00Z', state: 'ready', tags: [], hasOriginal,
      ...(pageStarts && { coverage: { pages: pageStarts.length, unreadPages } }),
    },
    text, blocks, language,
    ...(pageStarts && { pageStarts }),
  };
}

/** The two calls of an engine that the viewer makes, over one document; every other call fails. */
export function viewerEngine(shown: SourceText | undefined, original: Blob | null = null): EngineApi {
  const calls: Pick<EngineApi, 'readText' | 'readOriginal'> = {
    readText: async () => {
      if (!shown) throw new AppError('not-found', 'no such document');
      return shown;
    },
    readOriginal: async () => original,
  };
  return calls as EngineApi;
}

/** A citation of the first place where `quote` stands in the text. */
export function cite(number: number, shown: SourceText, quote: string): Citation {
  const start = shown.text.indexOf(quote);
  return citeSpan(number, shown, start, start + quote.length);
}

export function citeSpan(number: number, shown: SourceText, start: number, end: number): Citation {
  return {
    number, corpus: shown.source.collection, document: shown.source.id, title: shown.source.title, start, end,
    quote: shown.text.slice(start, end), verification: 'verified',
  };
}
