/** Cells of a row parted by tabs, the empty ones too, so that each keeps its column; nothing where all are empty. */
export function cellsText(cells: readonly string[]): string {
  const text = cells.map((cell) => cell.replace(/\s+/gu, ' ').trim()).join('\t');
  return text.trim() === '' ? '' : text;
}

/** A row to be read on its own: `Name: value; Name: value`, without its empty cells. */
export function namedRowText(names: readonly string[], cells: readonly string[]): string {
  const parts: string[] = [];
  cells.forEach((cell, index) => {
    const value = cell.replace(/\s+/gu, ' ').trim();
    if (value === '') return;
    const name = names[index] ?? '';
    parts.push(name === '' ? value : `${name}: ${value}`);
  });
  return parts.join('; ');
}

/** What stands in a cell and names no column: it asks for a value with a colon, or is an address. */
export function isValue(cell: string): boolean {
  return /[:：]$|@|:\/\//u.test(cell.trim());
}

/** Whether a table's first row names its columns: it has a name for most, no figure among them, and none twice. */
export function isHeaderRow(cells: readonly string[], next: readonly string[] | undefined): boolean {
  const names = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  if (next === undefined || names.length < 2 || names.length < next.length / 2) return false;
  if (names.some((name) => name.length > 120 || /^[\s\d.,:/%+()€$£-]*\d[\s\d.,:/%+()€$£-]*$/u.test(name) || isValue(name))) return false;
  return new Set(names).size === names.length;
}
