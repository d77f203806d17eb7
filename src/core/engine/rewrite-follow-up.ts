import { peopleIn, replacePronoun } from './replace-pronoun.ts';

/** Words that point back at something said before, and openings that leave the subject out, per language. */
const pointers = new Set(
  ('it its they them their theirs he him his she her hers this that these those ' +
    'er sie es ihn ihm ihr ihre ihrer ihren ihrem dessen deren dieser diese dieses dies davon dazu dafür damit darin daran ' +
    'il elle ils elles lui leur leurs cela ça celui celle ceux ' +
    'él ella ello ellos ellas su sus esto eso').split(' '),
);
const ellipses = /^\s*(and|or|but|also|what about|how about|what else|why|why not|since when|und|oder|aber|auch|warum|wieso|wie ist es mit|was ist mit|et|ou|mais|pourquoi|y|pero|por qué)\b/iu;
const chinesePointers = /[它他她]们?|这个|那个|这些|那些|其中/u;

const questionWords = new Set(
  ('a an and or but the of in on at to for from by with about as is are was were be been am do does did has have had can could will would ' +
    'should may might must what which who whom whose when where why how much many long far old often else also please tell me i we you my our your ' +
    'it its they them their he him his she her this that these those there not no any some ' +
    'der die das den dem des ein eine einen einem einer eines und oder aber ist sind war waren wird werden hat haben kann können muss müssen soll ' +
    'was welche welcher welches wer wen wem wessen wann wo warum wieso wie viel viele lange oft von in im an am auf zu zum zur für mit über bei ' +
    'le la les un une des et ou est sont était de du à au aux en dans sur pour par avec que quel quelle quels quelles qui quand où pourquoi comment combien ' +
    'el los las una unos unas y o es son era del al con por para qué cuál cuáles quién cuándo dónde cómo cuánto cuántos').split(' '),
);

const personPointer = /(?<!\p{L})(?:he|him|his|she|her|hers)(?!\p{L})/iu;

const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

function wordsOf(text: string): string[] {
  return Array.from(segmenter.segment(text))
    .filter((part) => part.isWordLike)
    .map((part) => part.segment);
}

function keyTerms(question: string): string[] {
  return wordsOf(question).filter((word) => !questionWords.has(word.toLowerCase()));
}

const secondHalf = /,|\b(?:and|or|but|und|oder|aber|et|ou|mais|y|pero)\b/iu;
/** `What is the rent and when is it due?`: a noun with its article before the second half that points back to it. */
const ownReferent = /\b(?:the|a|an|our|your|my|what|which|welche|welcher|welches|quel|quelle|qué|der|die|das|den|dem|ein|eine|einen|le|la|les|un|une|el|los|las|una)\s+(\p{L}[\p{L}\p{N}-]*)/giu;

/** True where a question cannot stand alone: it points back with a pronoun, or opens like the second half of a thought. */
export function isFollowUp(question: string): boolean {
  if (chinesePointers.test(question)) return true;
  if (keyTerms(question).length > 3) return false;
  return pointsBack(question) || ellipses.test(question);
}

/** Whether a pronoun stands in the question with no noun or name in a half of the question before it. `This lease` and the like point at their noun. */
function pointsBack(question: string): boolean {
  const words = wordsOf(question);
  const first = words.findIndex((word) => pointers.has(word.toLowerCase()));
  if (first < 0) return false;
  const pointer = words[first] as string;
  const before = question.slice(0, question.search(new RegExp(`(?<!\\p{L})${pointer}(?!\\p{L})`, 'u')));
  // `Does the tenant pay it?` points back all the same: only a second half takes its noun from the first.
  const half = before.split(secondHalf).slice(0, -1).join(' ');
  return ![...half.matchAll(ownReferent)].some(([, noun]) => noun !== undefined && !questionWords.has(noun.toLowerCase())) && !/\P{L}\p{Lu}\p{Ll}/u.test(half);
}

const year = /(?<!\p{N})(?:1[5-9]|20)\d\d(?!\p{N})/gu;
const onlyYear = /^\s*(?:and|but|what about|how about|und|aber|et|y)\s+(?:(?:in|for|im|für|en|pour|para)\s+)?((?:1[5-9]|20)\d\d)\s*\?*\s*$/iu;

/** `And in 2023?` after a question with one year is that question with the other year. */
function replaceYear(question: string, before: string): string | undefined {
  const asked = onlyYear.exec(question)?.[1];
  return asked !== undefined && [...before.matchAll(year)].length === 1 ? before.replace(year, asked) : undefined;
}

/**
 * The question to search with; `undefined` where it can stay as it is. A follow-up gets its pronoun replaced by the name
 * or thing it must mean (`Is Mrs Lindqvist allergic to anything?`). Where that is not certain, what it may mean is added in
 * brackets, which finds passages but does not rank their sentences: the people named before for `she` and `he`, else
 * the key terms of the question before. It is shown to the person as `rewritten`. `earlier` holds the conversation's questions as they
 * were searched, oldest first.
 */
export function rewriteFollowUp(question: string, earlier: readonly string[]): string | undefined {
  const before = earlier.at(-1);
  if (before === undefined || !isFollowUp(question)) return undefined;
  return replaceYear(question, before) ?? replacePronoun(question, earlier) ?? addContext(question, earlier, before);
}

function addContext(question: string, earlier: readonly string[], before: string): string | undefined {
  const own = new Set(keyTerms(question).map((word) => word.toLowerCase()));
  const people = personPointer.test(question) ? earlier.map(peopleIn).findLast((names) => names.length > 0) : undefined;
  const hasYear = question.search(year) >= 0;
  const found = (people ?? keyTerms(before)).filter((word) => !own.has(word.toLowerCase()) && !(hasYear && word.search(year) >= 0));
  const added = [...new Set(found)].slice(0, 8);
  return added.length === 0 ? undefined : `${question.trim()} (${added.join(people === undefined ? ' ' : ', ')})`;
}
