import { createRandom } from '#core/vectors/seeded-random.ts';

/** Text in made-up sentences whose words are as frequent as in real text. Equal seeds give equal text. */
export type SyntheticText = {
  /** A paragraph of at least `characters` UTF-16 units, ending with a sentence. */
  paragraph(characters: number): string;
  /** A question of `words` words, most of them from the text given and some from anywhere. */
  question(about: string, words: number): string;
  heading(): string;
};

/**
 * Words are drawn by Zipf's law (Mandelbrot's form: rank r has weight 1 / (r + 2.7)) from a list in falling frequency.
 */
export function createSyntheticText(words: readonly string[], seed: number): SyntheticText {
  const random = createRandom(seed);
  const cumulative = new Float64Array(words.length);
  let total = 0;
  words.forEach((_, rank) => {
    total += 1 / (rank + 3.7);
    cumulative[rank] = total;
  });
  const word = (): string => words[firstAbove(cumulative, random() * total)]!;
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)]!;
  const wordsIn = (count: number): string => Array.from({ length: count }, word).join(' ');
  const sentence = (): string => capitalise(`${wordsIn(8 + Math.floor(random() * 14))}.`);
  return {
    paragraph(characters) {
      let text = sentence();
      while (text.length < characters) text += ` ${sentence()}`;
      return text;
    },
    question(about, count) {
      const own = about.match(/\p{L}{3,}/gu) ?? words;
      return `What ${Array.from({ length: count }, () => (random() < 0.8 ? pick(own) : word())).join(' ')}?`;
    },
    heading: () => capitalise(wordsIn(3)),
  };
}

/** The words of a model's vocabulary, which lists them by falling frequency. */
export function wordsOfVocabulary(vocabulary: Uint8Array): string[] {
  return new TextDecoder().decode(vocabulary).split('\n').filter((token) => /^[a-z]{2,}$/.test(token));
}

function firstAbove(cumulative: Float64Array, value: number): number {
  let low = 0;
  let high = cumulative.length - 1;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (cumulative[middle]! > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

const capitalise = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
