import type { OutlineEntry } from '../outline-entries.ts';
import type { Jump } from '../scroll/jump.ts';
import type { OpenPdf } from './open-pdf.ts';

type OutlineNode = { title: string; dest: string | unknown[] | null; items: OutlineNode[] };

const mostEntries = 400;
const deepest = 6;

/** The outline that a PDF carries; empty where it has none. Pages are looked up when an entry is chosen. */
export async function readPdfOutline(pdf: OpenPdf): Promise<OutlineEntry[]> {
  const nodes = (await pdf.document.getOutline()) as OutlineNode[] | null;
  const entries: OutlineEntry[] = [];
  collect(pdf, nodes ?? [], 1, entries);
  return entries;
}

function collect(pdf: OpenPdf, nodes: readonly OutlineNode[], level: number, entries: OutlineEntry[]): void {
  for (const node of nodes) {
    if (entries.length >= mostEntries) return;
    const title = node.title.trim();
    if (title !== '' && node.dest !== null) entries.push({ title, level, locate: () => locate(pdf, node.dest) });
    if (level < deepest) collect(pdf, node.items, level + 1, entries);
  }
}

async function locate(pdf: OpenPdf, dest: OutlineNode['dest']): Promise<Jump | undefined> {
  const explicit = typeof dest === 'string' ? await pdf.document.getDestination(dest) : dest;
  const [page] = (explicit ?? []) as unknown[];
  if (typeof page === 'number') return { to: 'page', page: page + 1 };
  if (typeof page !== 'object' || page === null) return undefined;
  const index = await pdf.document.getPageIndex(page as { num: number; gen: number }).catch(() => undefined);
  return index === undefined ? undefined : { to: 'page', page: index + 1 };
}
