import { cellsOf } from './show-quote.ts';

/**
 * The values of a table row by the names of its columns, empty ones left out: of cells parted by tabs or bars, as many as
 * the header has, or of `name: value; name: value`. Undefined where it is not certain which value stands in which column.
 */
export function readRow(row: string, header: string): Map<string, string> | undefined {
  const names = cellsOf(header);
  if (names.length < 2) return undefined;
  const isParted = row.includes('\t') || (row.includes('|') && header.includes('|'));
  return isParted ? pairByPlace(cellsOf(row), names) : pairByName(row, names);
}

function pairByPlace(values: readonly string[], names: readonly string[]): Map<string, string> | undefined {
  if (values.length !== names.length) return undefined;
  return new Map(names.flatMap((name, i) => (values[i] === '' ? [] : [[name, values[i] as string] as const])));
}

function pairByName(row: string, names: readonly string[]): Map<string, string> | undefined {
  const found: { name: string; at: number; from: number }[] = [];
  let from = 0;
  for (const name of names) {
    const lead = `${name}: `;
    const at = from === 0 && row.startsWith(lead) ? 0 : row.indexOf(`; ${lead}`, from);
    if (name === '' || at < 0) continue;
    from = at + (at === 0 ? lead.length : lead.length + 2);
    found.push({ name, at, from });
  }
  if (found[0]?.at !== 0) return undefined;
  return new Map(found.map(({ name, from: start }, i) => [name, row.slice(start, found[i + 1]?.at ?? row.length).trim()]));
}
