import type { EngineApi, SourceText } from '#core/engine/engine-api.ts';
import type { DocumentId } from '#core/ids.ts';
import { nextTask } from './next-task.ts';
import type { OpenPdf } from './pdf/open-pdf.ts';
import { typesetSource, type Typeset } from './typeset/typeset-source.ts';

/**
 * A source ready to be shown: a PDF as its pages, anything else as typeset text. `textOnly` says why a PDF is shown as
 * its text.
 */
export type OpenedSource = { text: SourceText } & ({ pdf: OpenPdf } | { typeset: Typeset; textOnly?: 'not-kept' | 'unreadable' });

/** Reads a source's text and, for a PDF, opens its original. Rejects where there is no text to show. */
export async function openSource(engine: EngineApi, id: DocumentId): Promise<OpenedSource> {
  const text = await engine.readText(id);
  if (text.source.type !== 'pdf') return { text, typeset: await typesetSource(text, nextTask) };
  const original = text.source.hasOriginal ? await engine.readOriginal(id) : null;
  if (!original || !text.pageStarts) return { text, typeset: await typesetSource(text, nextTask), textOnly: 'not-kept' };
  try {
    const { openPdf } = await import('./pdf/open-pdf.ts');
    return { text, pdf: await openPdf(original) };
  } catch {
    return { text, typeset: await typesetSource(text, nextTask), textOnly: 'unreadable' };
  }
}

/** Frees what an opened source holds. */
export async function closeSource(opened: OpenedSource): Promise<void> {
  if ('pdf' in opened) await opened.pdf.close();
}
