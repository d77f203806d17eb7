import { useEffect, useState } from 'preact/hooks';
import type { OpenedSource } from './open-source.ts';
import { outlineEntries, type OutlineEntry } from './outline-entries.ts';
import { readPdfOutline } from './pdf/pdf-outline.ts';

/** The outline of a source: the one the PDF carries, else its headings. Empty until it is known and where there is none. */
export function useOutline({ text, pdf }: OpenedSource): readonly OutlineEntry[] {
  const [entries, setEntries] = useState<readonly OutlineEntry[]>([]);
  useEffect(() => {
    let gone = false;
    const own = pdf ? readPdfOutline(pdf).catch(() => []) : Promise.resolve([]);
    void own.then((found) => gone || setEntries(found.length > 0 ? found : outlineEntries(text)));
    return () => {
      gone = true;
    };
  }, [text, pdf]);
  return entries;
}
