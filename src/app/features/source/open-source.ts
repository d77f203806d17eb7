import type { EngineApi, SourceText } from '#core/engine/engine-api.ts';
import type { DocumentId } from '#core/ids.ts';
import type { OpenPdf } from './pdf/open-pdf.ts';

/** A source ready to be shown. Without `pdf`, a PDF is shown as its text; `textOnly` says why. */
export type OpenedSource = { text: SourceText; pdf?: OpenPdf; textOnly?: 'not-kept' | 'unreadable' };

/** Reads a source's text and, for a PDF, opens its original. Rejects where there is no text to show. */
export async function openSource(engine: EngineApi, id: DocumentId): Promise<OpenedSource> {
  const text = await engine.readText(id);
  if (text.source.type !== 'pdf') return { text };
  const original = text.source.hasOriginal ? await engine.readOriginal(id) : null;
  if (!original || !text.pageStarts) return { text, textOnly: 'not-kept' };
  try {
    const { openPdf } = await import('./pdf/open-pdf.ts');
    return { text, pdf: await openPdf(original) };
  } catch {
    return { text, textOnly: 'unreadable' };
  }
}
