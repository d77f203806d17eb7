import type { BenchRow } from '#core/bench/bench-protocol.ts';

const headings = ['benchmark', 'unit', 'median', 'p95', 'samples', '95 % interval', 'goal'];

/** Rows as a table of plain text for a terminal, figures aligned to the right. */
export function formatTable(rows: readonly BenchRow[]): string {
  const cells = [headings, ...rows.map(toCells)];
  const widths = headings.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  const lines = cells.map((row) => row.map((cell, column) => (isFigure(column) ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!))).join('  ').trimEnd());
  lines.splice(1, 0, widths.map((width) => '-'.repeat(width)).join('  '));
  return lines.join('\n');
}

const isFigure = (column: number): boolean => column >= 2 && column <= 5;

function toCells({ name, unit, median, p95, samples, low, high, goal }: BenchRow): string[] {
  const limit = goal && (goal.atMost === undefined ? `>= ${goal.atLeast}` : `<= ${goal.atMost}`);
  const verdict = goal === undefined ? '' : `${goal.of} ${limit}: ${goal.met ? 'met' : 'MISSED'}`;
  return [name, unit, formatFigure(median), formatFigure(p95), String(samples), `${formatFigure(low)} to ${formatFigure(high)}`, verdict];
}

/** Four significant digits, without an exponent. */
export function formatFigure(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const digits = value === 0 ? 0 : Math.max(0, 3 - Math.floor(Math.log10(Math.abs(value))));
  return value.toFixed(Math.min(6, digits));
}
