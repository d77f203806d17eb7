import { useEffect, useState } from 'preact/hooks';
import type { OpenedSource } from './open-source.ts';
import { nextTask } from './next-task.ts';
import { outlineEntries, type OutlineEntry } from './outline-entries.ts';
import { readPdfOutline } from './pdf/pdf-outline.ts';

/** The outline of a source: the one the PDF carries, else its headings. Empty until it is known and where there is none. */
export function useOutline(opened: OpenedSource): readonly OutlineEntry[] {
  const [entries, setEntries] = useState<readonly OutlineEntry[]>([]);
  useEffect(() => {
    let gone = false;
    void readOutline(opened).then((entries) => gone || setEntries(entries));
    return () => {
      gone = true;
    };
  }, [opened]);
  return entries;
}

async function readOutline(opened: OpenedSource): Promise<readonly OutlineEntry[]> {
  await nextTask();
  const own = 'pdf' in opened ? await readPdfOutline(opened.pdf).catch(() => []) : [];
  return own.length > 0 ? own : outlineEntries(opened.text);
}
