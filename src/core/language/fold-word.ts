const beyondAscii = /[\u0080-\uffff]/;
const alphabeticMarks = /[\u0300-\u036f]/g;
const semiticMarks = /(?:[\p{sc=Hebrew}\u064b-\u0652\u0670](?<=\p{Mn})|\u0640)/gu;

/** Lower case with compatibility forms unified (full width, ligatures); accents stay. */
export function normalizeText(text: string): string {
  if (!beyondAscii.test(text)) return text.toLowerCase();
  return text.normalize('NFKD').toLowerCase().normalize('NFC');
}

/**
 * A normalised word without the accents of alphabets, Hebrew points and Arabic vowel signs. Marks that are letters in
 * their own right (Indic and Thai vowels, kana voicing, Hangul) stay.
 */
export function foldWord(word: string): string {
  if (!beyondAscii.test(word)) return word;
  return word.normalize('NFKD').replace(alphabeticMarks, '').replace(semiticMarks, '').normalize('NFC');
}
