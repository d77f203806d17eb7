import { foldWord, normalizeText } from './fold-word.ts';

const words = /[\p{L}\p{N}][\p{L}\p{N}\p{M}]*/gu;
const unspaced = /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}]/u;

/**
 * Whether the words of `phrase` stand in `text` one after the other, whatever the case, accents, white space and
 * punctuation between them. A phrase without a word is in every text.
 */
export function containsPhrase(text: string, phrase: string): boolean {
  const sought = spell(phrase);
  if (sought === '') return true;
  const spelled = spell(text);
  return unspaced.test(phrase) ? spelled.includes(sought) : ` ${spelled} `.includes(` ${sought} `);
}

function spell(text: string): string {
  return (foldWord(normalizeText(text)).match(words) ?? []).join(' ');
}
