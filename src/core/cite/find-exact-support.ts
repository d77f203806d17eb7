import type { CheckedSentence } from './check-sentence.ts';
import type { PreparedPassage } from './prepare-passage.ts';
import type { ClaimToken } from './read-tokens.ts';
import { findSquashed, squashText, type SquashedText } from './squash-text.ts';

const squashed = new WeakMap<PreparedPassage, SquashedText>();
/** In front of words that are only part of a sentence: they deny, suppose or report what follows. */
const takingBack = /(?:\b(?:no|not|never|n['’]t|without|if|whether|unless|denied|denies|myth|false|untrue|wrongly|supposedly|allegedly|nicht|kein\p{L}*|ob|falls|wenn|si|sin|nunca)\b|[不没未无])[^.;:]{0,40}$/iu;
/** Behind words that are only part of a sentence: they limit what was said. */
const limiting = /^[\s,]*(?:unless|except|if|only if|provided|but not|es sei denn|außer|salvo|excepto)(?!\p{L})/iu;

/** The claim word for word in a passage, whatever the case, white space, quotes and markup; undefined where it is in none. */
export function findExactSupport(claim: string, tokens: readonly ClaimToken[], passages: readonly PreparedPassage[]): CheckedSentence | undefined {
  const sought = squashText(claim);
  if (sought.text.length < 2) return undefined;
  for (const source of passages) {
    if (tokens.some(({ kind, term }) => kind === 'word' && term !== '' && !source.terms.has(term))) continue;
    const text = squashOf(source);
    for (let found = findSquashed(text, sought); found >= 0; found = findSquashed(text, sought, found + 1)) {
      const start = text.at[found] ?? 0;
      const last = text.at[found + sought.text.length - 1] ?? start;
      const checked = readExact(source, start, last + 1);
      if (checked !== undefined) return checked;
    }
  }
  return undefined;
}

function squashOf(source: PreparedPassage): SquashedText {
  let known = squashed.get(source);
  if (known === undefined) {
    known = squashText(source.passage.text.slice(0, source.sentences.at(-1)?.end ?? 0));
    squashed.set(source, known);
  }
  return known;
}

function readExact(source: PreparedPassage, start: number, wordEnd: number): CheckedSentence | undefined {
  const { text, number } = source.passage;
  const sentence = source.sentences.find((one) => one.start <= start && start < one.end);
  if (sentence !== undefined && takingBack.test(text.slice(sentence.start, start))) return undefined;
  // The mark that ends the sentence belongs to the quote.
  const end = wordEnd + (/^[^\p{L}\p{N}\s]{0,3}/u.exec(text.slice(wordEnd, wordEnd + 3))?.[0].length ?? 0);
  const supports = [{ number, start, end: Math.min(end, source.sentences.find((one) => one.end >= wordEnd)?.end ?? end) }];
  if (limiting.test(text.slice(wordEnd, wordEnd + 24))) return { verification: 'partly', doubt: 'other-words', supports };
  return { verification: 'verified', supports };
}
