import { normalizeText } from '../language/fold-word.ts';
import { termOf } from '../language/term-of.ts';
import { tokenize } from '../language/tokenize.ts';

/** Words of a pair may have this many others between them, function words not counted. */
const mostBetween = 1;
/** `Who founded Microsoft?` is answered with "Microsoft was founded by". */
const turnedShare = 0.8;

/**
 * Share of the neighbouring words of a question that stand near each other in a sentence too, best in the same order: `Microsoft
 * founded` is in "Microsoft was founded in 1975", not in "In 1972 they founded it; Microsoft came later". Function words
 * are left out. 0 where the question has fewer than two words. (Metzler and Croft's sequential dependence, 2005.)
 */
export function sharePairs(question: readonly string[], sentence: readonly string[]): number {
  let [pairs, found] = [0, 0];
  for (let i = 0; i + 1 < question.length; i += 1) {
    const [first, second] = [question[i] as string, question[i + 1] as string];
    pairs += 1;
    if (isNear(sentence, first, second)) found += 1;
    else if (isNear(sentence, second, first)) found += turnedShare;
  }
  return pairs === 0 ? 0 : found / pairs;
}

function isNear(sentence: readonly string[], first: string, second: string): boolean {
  return sentence.some((term, at) => term === first && sentence.slice(at + 1, at + 2 + mostBetween).includes(second));
}

/** The index terms of a text in their order, function words left out. */
export function termSequence(text: string, language: string): string[] {
  return tokenize(normalizeText(text)).flatMap(({ text: word, gram }) => {
    const term = gram ? word : termOf(word, language);
    return term === '' ? [] : [term];
  });
}
