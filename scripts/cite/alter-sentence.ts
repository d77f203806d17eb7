import { chooseOne, hashOf } from './seeded-choice.ts';

/** Makes another sentence of one, or gives undefined where its rule does not apply. `others`: the other sentences of the article. */
export type Alteration = (sentence: string, others: readonly string[], key: string) => string | undefined;

const numbers = /(?<![\p{L}\p{N}.,-])\d+(?:[.,]\d+)*(?![\p{L}\p{N}-])/gu;
const years = /(?<![\p{L}\p{N}.,-])(?:1[0-9]|20)\d\d(?![\p{L}\p{N}-])/gu;
const monthNames = 'January February March April May June July August September October November December'.split(' ');
const months = new RegExp(`\\b(?:${monthNames.filter((name) => name !== 'May').join('|')})\\b`, 'gu');
const names = /(?<=[\p{Ll},;)] )(?:\p{Lu}\p{Ll}{2,}|\p{Lu}{2,5})(?: (?:of |von |de )?\p{Lu}\p{Ll}+)*(?![\p{L}'’-])/gu;
const notNames = new Set([...monthNames, 'The', 'This', 'These', 'After', 'While', 'Since', 'Although', 'However', 'Their', 'They', 'His', 'Its']);

/** One digit of one number that is not a year becomes another. */
export const alterNumber: Alteration = (sentence, _, key) => {
  const match = chooseOne([...sentence.matchAll(numbers)].filter(([text]) => !/^(?:1[0-9]|20)\d\d$/u.test(text)), key);
  if (match === undefined) return undefined;
  const places = [...match[0].matchAll(/\d/gu)].map(({ index }) => index);
  const place = chooseOne(places, `${key} place`) as number;
  const old = Number(match[0][place]);
  const digit = String(place === 0 ? ((old + (hashOf(`${key} digit`) % 8)) % 9) + 1 : (old + 1 + (hashOf(`${key} digit`) % 9)) % 10);
  return replaceAt(sentence, match.index + place, 1, digit === match[0][place] ? String((old % 9) + 1) : digit);
};

/** A number becomes another of the same article, which stands there for something else; or two of one sentence change places. */
export const swapNumber: Alteration = (sentence, others, key) => {
  const own = [...sentence.matchAll(numbers)];
  const match = chooseOne(own, key);
  if (match === undefined) return undefined;
  const isYear = (text: string) => /^(?:1[0-9]|20)\d\d$/u.test(text);
  // `in 2011 and 2012` says the same the other way round.
  const isListed = (index: number) => /^(?: and | or |, )$/u.test(sentence.slice(match.index + match[0].length, index));
  const second = own.find(({ 0: text, index }) => index > match.index && text !== match[0] && isYear(text) === isYear(match[0]) && !isListed(index));
  if (second !== undefined) return replaceAt(replaceAt(sentence, second.index, second[0].length, match[0]), match.index, match[0].length, second[0]);
  const foreign = others.flatMap((other) => other.match(numbers) ?? []).filter((text) => !sentence.includes(text) && isYear(text) === isYear(match[0]));
  const other = chooseOne(foreign, `${key} other`);
  return other === undefined ? undefined : replaceAt(sentence, match.index, match[0].length, other);
};

/** A year or a month becomes another. */
export const alterDate: Alteration = (sentence, _, key) => {
  const match = chooseOne([...sentence.matchAll(years), ...sentence.matchAll(months)], key);
  if (match === undefined) return undefined;
  const shift = 1 + (hashOf(`${key} by`) % 9);
  const place = monthNames.indexOf(match[0]);
  const altered = place < 0 ? String(Number(match[0]) + (hashOf(key) % 2 === 0 ? shift : -shift)) : (monthNames[(place + shift) % 12] ?? '');
  return sentence.includes(altered) ? undefined : replaceAt(sentence, match.index, match[0].length, altered);
};

/** A name becomes another name of the same article. */
export const alterName: Alteration = (sentence, others, key) => {
  const match = chooseOne([...sentence.matchAll(names)].filter(([name]) => !notNames.has(name.split(' ')[0] ?? '')), key);
  if (match === undefined) return undefined;
  const count = match[0].split(' ').length;
  const foreign = others.flatMap((other) => other.match(names) ?? []).filter((name) => !notNames.has(name.split(' ')[0] ?? '') && !sentence.includes(name) && !name.split(' ').some((word) => match[0].includes(word)));
  const other = chooseOne(foreign.filter((name) => name.split(' ').length === count), `${key} name`) ?? chooseOne(foreign, `${key} name`);
  return other === undefined ? undefined : replaceAt(sentence, match.index, match[0].length, other);
};

const negations: readonly [RegExp, string][] = [
  [/\b(is|was|were|can|could|would|should|did|does|will) not /u, '$1 '],
  [/\bcannot /u, 'can '],
  [/\b(has|have|had) (?:not|never) /u, '$1 '],
  [/\bnever /u, ''],
  [/\b(is|was|are|were|can|could|would|should|will|must|may) (?!not|also|no |a |the |still|even)/u, '$1 not '],
  [/\b(has|have|had) (been|become|\p{L}+ed)\b/u, '$1 not $2'],
];

/** A negation is taken away, or put behind the first auxiliary. */
export const negate: Alteration = (sentence) => {
  const rule = negations.find(([pattern]) => pattern.test(sentence));
  return rule === undefined ? undefined : sentence.replace(rule[0], rule[1]);
};

const opposites: readonly [string, string][] = ('more less;before after;increased decreased;increase decrease;largest smallest;large small;first last;high low;higher lower;north south;' +
  'east west;early late;oldest youngest;old new;won lost;above below;without with;most least;rich poor;rapidly slowly;strong weak;begin end;began ended;' +
  'opened closed;rose fell;accepted rejected;always never;all none;inside outside;public private;positive negative;major minor;supported opposed;gained lost;longer shorter;' +
  'allowed forbade;external internal;common rare;similar different;simple complex;fast slow;improved worsened;upper lower;success failure;widely narrowly')
  .split(';').map((pair) => pair.split(' ') as [string, string]);

/** A word becomes its opposite. */
export const oppose: Alteration = (sentence, _, key) => {
  const found = opposites.flatMap(([a, b]) => [[a, b], [b, a]] as const).filter(([word]) => new RegExp(`(?<!\\p{L})${word}(?!\\p{L})`, 'u').test(sentence));
  const pair = chooseOne(found, key);
  return pair === undefined ? undefined : sentence.replace(new RegExp(`(?<!\\p{L})${pair[0]}(?!\\p{L})`, 'u'), pair[1]);
};

function replaceAt(text: string, at: number, length: number, by: string): string {
  return text.slice(0, at) + by + text.slice(at + length);
}
