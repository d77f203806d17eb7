/** Cells of a row parted by tabs, without the empty ones at its end. */
export function cellsText(cells: readonly string[]): string {
  return cells.map((cell) => cell.replace(/\s+/gu, ' ').trim()).join('\t').trimEnd();
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

/** Whether a table's first row names its columns: it has a name for most, no figure among them, and none twice. */
export function isHeaderRow(cells: readonly string[], next: readonly string[] | undefined): boolean {
  const names = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  if (next === undefined || names.length < 2 || names.length < next.length / 2) return false;
  if (names.some((name) => name.length > 120 || /^[\s\d.,:/%+()€$£-]*\d[\s\d.,:/%+()€$£-]*$/u.test(name))) return false;
  return new Set(names).size === names.length;
}
