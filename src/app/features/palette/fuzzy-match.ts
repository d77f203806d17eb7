/**
 * How well `query` fits `text`: highest where it stands in it as it is, then where all its words do, then where its letters
 * begin words or go on from the letter before; letters merely strewn over the text do not count. 0 is no match. Accents and
 * case do not matter. Linear in the length of the text for each word or letter of the query.
 */
export function fuzzyMatch(query: string, text: string): number {
  const [folded, needle] = [fold(text), fold(query).trim()];
  if (needle === '') return 1;
  const at = folded.indexOf(needle);
  if (at >= 0) return 100 + (isWordStart(folded, at) ? 50 : 0) + 20 / (1 + folded.length - needle.length);
  const words = needle.split(/\s+/);
  if (words.length > 1) return words.every((word) => folded.includes(word)) ? 90 : 0;
  return matchInitials(needle, folded);
}

/** Share of letters that may stand elsewhere than at a word's beginning or after the letter before. */
const strewnShare = 1 / 3;

function matchInitials(needle: string, text: string): number {
  let last = -2;
  let strewn = 0;
  let score = 1;
  for (const letter of needle) {
    const found = nextPlace(letter, text, last);
    if (found < 0) return 0;
    if (isWordStart(text, found)) score += 6;
    else if (found === last + 1) score += 4;
    else strewn += 1;
    last = found;
  }
  return strewn > needle.length * strewnShare ? 0 : Math.min(89, (score * 10) / (needle.length + 1));
}

/** Where a letter is best taken: right after the last, else at the next beginning of a word, else anywhere after. */
function nextPlace(letter: string, text: string, last: number): number {
  const from = Math.max(0, last + 1);
  if (last >= 0 && text.startsWith(letter, from)) return from;
  for (let at = text.indexOf(letter, from); at >= 0; at = text.indexOf(letter, at + 1)) if (isWordStart(text, at)) return at;
  return text.indexOf(letter, from);
}

function isWordStart(text: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1] ?? '');
}

function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}
