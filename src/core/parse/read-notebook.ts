import type { DocumentBuilder } from './document-builder.ts';
import { markdownBlocks } from './markdown-blocks.ts';

type Lines = string | string[];
type Output = { text?: Lines; data?: Record<string, unknown> };
type Cell = { cell_type?: string; source?: Lines; outputs?: Output[] };
type Notebook = { cells: Cell[]; nbformat: number };

const joined = (lines: unknown): string => {
  if (Array.isArray(lines)) return lines.filter((line) => typeof line === 'string').join('');
  return typeof lines === 'string' ? lines : '';
};

/** Whether a JSON value is a Jupyter notebook (nbformat 4). */
export function isNotebook(value: unknown): value is Notebook {
  const { cells, nbformat } = (value ?? {}) as Partial<Notebook>;
  return Array.isArray(cells) && typeof nbformat === 'number';
}

/** Writes a notebook's cells in order: prose as its blocks, code and what it printed as code. */
export function addNotebook(builder: DocumentBuilder, notebook: Notebook): void {
  notebook.cells.forEach((cell, index) => {
    const anchor = { path: `cell ${index + 1}` };
    const source = joined(cell?.source);
    if (cell?.cell_type === 'markdown') {
      for (const { kind, level, start, end, header } of markdownBlocks(source)) {
        builder.add(kind, source.slice(start, end), { level, header, anchor });
      }
      return;
    }
    builder.add('code', source, { anchor });
    const outputs = Array.isArray(cell?.outputs) ? cell.outputs : [];
    for (const output of outputs) builder.add('code', joined(output?.text ?? output?.data?.['text/plain']), { anchor });
  });
}
