/** A text reduced to what a quote must keep, and for each of its UTF-16 units where it stood in the text. */
export type SquashedText = { text: string; at: readonly number[] };

const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;
const kept = /[\p{L}\p{N}\p{M}]/u;

/**
 * Letters and digits in lower case with one space between words: case, white space, quotes, dashes and markup are gone.
 * Signs, points and commas of numbers, percent and currency stay; scripts without spaces have none. Linear.
 */
export function squashText(text: string): SquashedText {
  const at: number[] = [];
  let [squashed, previous] = ['', ''];
  const push = (unit: string, index: number) => {
    squashed += unit;
    for (let i = 0; i < unit.length; i += 1) at.push(index);
  };
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if ((code >= 97 && code <= 122) || (code >= 65 && code <= 90)) {
      const letter = text[index] ?? '';
      push(code < 97 ? letter.toLowerCase() : letter, index);
      previous = letter;
      continue;
    }
    const character = String.fromCodePoint(text.codePointAt(index) ?? 0);
    const next = text[index + character.length] ?? '';
    if (kept.test(character)) {
      if (squashed.endsWith(' ') && unspaced.test(character)) dropSpace();
      push(character.toLowerCase(), index);
    } else if (isOfNumber(character, previous, next)) push(character === '−' ? '-' : character, index);
    else if (squashed !== '' && !squashed.endsWith(' ') && !unspaced.test(previous) && !/['’]/u.test(character)) push(' ', index);
    previous = character;
    index += character.length - 1;
  }
  if (squashed.endsWith(' ')) dropSpace();
  return { text: squashed, at };

  function dropSpace(): void {
    squashed = squashed.slice(0, -1);
    at.pop();
  }
}

function isOfNumber(character: string, previous: string, next: string): boolean {
  if (/[.,]/u.test(character)) return /\p{N}/u.test(previous) && /\p{N}/u.test(next);
  if (/[-−+]/u.test(character)) return /\p{N}/u.test(next) && !/[\p{L}\p{N})]/u.test(previous);
  return /[%$€£¥°]/u.test(character);
}

/** Where a squashed text stands in another as whole words; -1 where it does not. */
export function findSquashed(text: SquashedText, sought: SquashedText, from = 0): number {
  if (sought.text === '') return -1;
  for (let at = text.text.indexOf(sought.text, from); at >= 0; at = text.text.indexOf(sought.text, at + 1)) {
    const [before, after] = [text.text[at - 1] ?? ' ', text.text[at + sought.text.length] ?? ' '];
    if ((before === ' ' || isBetween(before, sought.text[0] ?? '')) && (after === ' ' || isBetween(sought.text.at(-1) ?? '', after))) return at;
  }
  return -1;
}

function isBetween(a: string, b: string): boolean {
  return (unspaced.test(a) || unspaced.test(b)) && !(/\p{N}/u.test(a) && /\p{N}/u.test(b));
}
