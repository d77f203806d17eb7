import type { TextFilter } from './piece-filter.ts';

/** `isLooping`: the text said something again, which was left out; it is worth no more waiting. */
export type RepeatGuard = TextFilter & { readonly isLooping: boolean };

const sentenceEnd = /[.!?。！？]["”’)]*(?:\s?\[\d{1,3}\])*(?=\s)|[。！？](?=.)|\n/gu;
/** A unit of this many characters said this many times over, and this many characters in all, is a loop within a sentence. */
const longestUnit = 80;
const leastTimes = 4;
const leastCharacters = 48;

/**
 * Ends the loops that small models fall into: a sentence said before is left out (marks and case aside), and so is everything after it.
 * A sentence is held back only as long as it reads like the beginning of one before. Where a loop within a sentence is noticed depends on
 * the deltas.
 */
export function createRepeatGuard(): RepeatGuard {
  const said = new Set<string>();
  let current = '';
  let written = 0;
  let tail = '';
  let isLooping = false;
  const release = (): string => {
    const text = current.slice(written);
    written = current.length;
    return text;
  };
  const closeSentence = (end: number): string => {
    const sentence = current.slice(0, end);
    const key = keyOf(sentence);
    if (said.has(key)) {
      isLooping = true;
      current = '';
      return '';
    }
    if (isTelling(key)) said.add(key);
    const text = sentence.slice(written);
    current = current.slice(end);
    written = 0;
    return text;
  };
  const drain = (): string => {
    let out = '';
    for (;;) {
      const end = endOfSentence(current);
      if (end === undefined) break;
      out += closeSentence(end);
      if (isLooping) return out;
    }
    const key = keyOf(current);
    const isHeld = written === 0 && key !== '' && [...said].some((sentence) => sentence.startsWith(key));
    return isHeld ? out : out + release();
  };
  const watch = (text: string): string => {
    tail = (tail + text).slice(-longestUnit * leastTimes - 8);
    isLooping ||= isPeriodic(tail);
    return text;
  };
  return {
    push(delta) {
      if (isLooping) return '';
      current += delta;
      return watch(drain());
    },
    end() {
      if (isLooping) return '';
      const isRepeat = written === 0 && said.has(keyOf(current));
      return isRepeat ? '' : release();
    },
    get isLooping() {
      return isLooping;
    },
  };
}

function endOfSentence(text: string): number | undefined {
  sentenceEnd.lastIndex = 0;
  const found = sentenceEnd.exec(text);
  return found === null ? undefined : found.index + found[0].length;
}

function keyOf(sentence: string): string {
  return sentence.replace(/\[\d{1,3}\]/gu, '').replace(/[^\p{L}\p{N}]+/gu, ' ').trim().toLowerCase();
}

/** `Yes.`, and `Dr.` where no sentence ends, may be said again. */
function isTelling(key: string): boolean {
  return key.split(' ').length >= 4 || (key.match(/[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]/gu)?.length ?? 0) >= 8;
}

function isPeriodic(tail: string): boolean {
  for (let unit = 1; unit <= longestUnit; unit += 1) {
    const length = Math.max(unit * leastTimes, leastCharacters);
    if (length > tail.length) return false;
    const end = tail.slice(-length);
    if (end.slice(unit) === end.slice(0, -unit) && /[\p{L}\p{N}]/u.test(end)) return true;
  }
  return false;
}
