/**
 * How well `query` fits `text`: 0 when its letters do not occur in this order, else higher for whole words, word
 * beginnings and runs. Accents and case do not matter. Linear in the length of the text.
 */
export function fuzzyMatch(query: string, text: string): number {
  const wanted = fold(query).replace(/\s+/g, '');
  const [folded, needle] = [fold(text), fold(query).trim()];
  if (wanted === '') return 1;
  const at = folded.indexOf(needle);
  if (at >= 0) return 100 + (isWordStart(folded, at) ? 50 : 0) + 20 / (1 + folded.length - needle.length);
  let score = 1;
  let from = 0;
  let last = -2;
  for (const letter of wanted) {
    const found = folded.indexOf(letter, from);
    if (found < 0) return 0;
    score += isWordStart(folded, found) ? 6 : found === last + 1 ? 4 : 0;
    last = found;
    from = found + 1;
  }
  return Math.min(99, (score * 10) / (wanted.length + 1));
}

function isWordStart(text: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '');
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
