import { primaryLanguage } from '../language/term-of.ts';

/**
 * A number of a text; `start` and `end` are UTF-16 offsets of it with its sign, currency and unit's letters. `values`: what
 * it may mean, each as a plain decimal (`1200000`), more than one only where its separators can be read two ways.
 */
export type Quantity = {
  start: number;
  end: number;
  values: readonly string[];
  /** Canonical name of what is counted or measured, where one is known: `km`, `%`, `$`. */
  unit?: string;
  isOrdinal: boolean;
  /** Written in letters. */
  isSpelled: boolean;
  isYear: boolean;
  /** `one`, `first`: too common as plain words to be held to. */
  isWeak: boolean;
};

const figure = /(?<!(?!\p{sc=Han})[\p{L}\p{N}_]|\d[.,])(?:(?<!(?!\p{sc=Han})[\p{L}\p{N})\]%°"”])(?<sign>[-−+])(?=[$€£¥\d]))?(?<currency>[$€£¥]\s?)?(?<digits>\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)|\d+(?:[.,'’]\d+)*)(?:(?<suffix>(?:(?!\p{sc=Han})[\p{L}º])+)(?!(?!\p{sc=Han})[\p{L}\p{N}])|(?<wide>[\p{sc=Han}]))?/gu;
const after = /[-\s\u00a0\u202f]{0,2}(?<unit>%|°\s?[CFNSEW]?|[$€£¥]|[\p{L}][\p{L}\p{M}]*\.?)/uy;
const spelled = /(?<![\p{L}\p{N}])\p{L}+(?:-(?:one|two|three|four|five|six|seven|eight|nine)(?!\p{L}))?(?![\p{L}\p{N}])/giu;
const han = /[二两三四五六七八九十百千]+(?=[\p{sc=Han}])/gu;

const names: Readonly<Record<string, string>> = {
  en: 'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
  de: 'null - zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn sechzehn siebzehn achtzehn neunzehn',
  es: 'cero - dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete dieciocho diecinueve',
  fr: 'zéro - deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize',
};
const tens = 'twenty thirty forty fifty sixty seventy eighty ninety'.split(' ');
const ordinals = 'zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth'.split(' ');
const spelledNumbers = new Map(Object.keys(names).map((language) => [language, createSpelled(language)]));

const multipliers: Readonly<Record<string, number>> = {
  hundred: 2, thousand: 3, million: 6, millions: 6, mln: 6, m: 6, billion: 9, bn: 9, trillion: 12, tausend: 3, millionen: 6, mio: 6, 'mio.': 6, milliarden: 9, milliarde: 9, mrd: 9, 'mrd.': 9,
  mil: 3, millón: 6, millones: 6, 万: 4, 亿: 8,
};
const units = new Map(
  ('% percent prozent;km kilometre kilometres kilometer kilometers kilómetros;m metre metres meter meters metros;cm centimetre centimetres centimeter centimeters;mm millimetre millimetres millimeter millimeters;' +
    'mi mile miles millas;ft foot feet;in inch inches;kg kilogram kilograms kilos;g gram grams;mg milligram milligrams;t tonne tonnes tons ton;lb pound pounds lbs;l litre litres liter liters;ml;nm;' +
    's sec second seconds sekunden segundos;min minute minutes minuten minutos;h hour hours stunden horas;day days tage tagen días;week weeks wochen semanas;month months monate monaten meses;year years jahre jahren años;' +
    'kwh;kw;w watt watts;v volt volts;hz;mhz;ghz;kb;mb;gb;$ dollar dollars usd;€ euro euros eur;£ gbp;¥ yen yuan;°c;°f;° degrees degree;acre acres;ha hectare hectares;km2;mpg')
    .split(';').flatMap((group) => group.split(' ').map((name): [string, string] => [name, group.split(' ')[0] ?? name])),
);
const ordinalSuffix = /^(?:st|nd|rd|th|er|re|e|º|ª|te|ten|ter)$/u;
const decadeSuffix = /^(?:s|er|ern)$/u;

/** The numbers of a text in order, in figures and in words, with separators read as its language writes them. Linear. */
export function findQuantities(text: string, language: string): Quantity[] {
  const primary = primaryLanguage(language);
  const found = /\d/u.test(text) ? [...text.matchAll(figure)].map((match) => readFigure(text, match, primary)) : [];
  for (const match of text.matchAll(spelled)) {
    const known = (spelledNumbers.get(primary) ?? spelledNumbers.get('en'))?.get(match[0].toLowerCase());
    if (known !== undefined) found.push(readSpelled(text, match.index, match[0], known));
  }
  if (primary === 'zh' || primary === 'ja') for (const match of text.matchAll(han)) found.push(readHan(match));
  return found.sort((a, b) => a.start - b.start);
}

function readFigure(text: string, match: RegExpExecArray, language: string): Quantity {
  const { sign, currency, digits = '', suffix, wide } = match.groups ?? {};
  let end = match.index + match[0].length - (wide?.length ?? 0);
  const lower = suffix?.toLowerCase();
  const isOrdinal = lower !== undefined && ordinalSuffix.test(lower);
  const known = lower === undefined || isOrdinal || decadeSuffix.test(lower) || units.has(lower) || lower in multipliers;
  // `2A` and `33C` are names, not amounts.
  if (!known) return { start: match.index, end, values: [`${digits}${lower}`], isOrdinal: false, isSpelled: false, isYear: false, isWeak: false };
  let [shift, unit] = [0, currency?.trim()];
  if (lower !== undefined && !isOrdinal && !decadeSuffix.test(lower)) {
    if (units.has(lower)) unit ??= units.get(lower);
    else shift = multipliers[lower] ?? 0;
  }
  const isPlainYear = /^(?:1\d|20)\d\d$/u.test(digits) && sign === undefined && unit === undefined;
  if (unit === undefined || shift > 0 || currency !== undefined) {
    for (let step = 0; step < 2; step += 1) {
      const next = unitAfter(text, end);
      if (next === undefined) break;
      const times = multipliers[next.name];
      if (times !== undefined && next.name !== 'm' && shift === 0) shift = times;
      else if (units.has(next.name) && unit === undefined) unit = units.get(next.name);
      else break;
      end = next.end;
    }
  }
  const negative = sign === '-' || sign === '−' ? '-' : '';
  const values = readings(digits, language).map((value) => `${negative}${timesTen(value, shift)}`);
  return { start: match.index, end, values, ...(unit !== undefined && { unit }), isOrdinal, isSpelled: false, isYear: isPlainYear && unit === undefined && shift === 0, isWeak: false };
}

function unitAfter(text: string, at: number): { name: string; end: number } | undefined {
  after.lastIndex = at;
  const unit = after.exec(text)?.groups?.['unit'];
  // `16 in 1990`: a preposition; `5 ft 3 in`: a unit.
  if (unit === undefined || (unit === 'in' && /\s/u.test(text[at] ?? '') && /^\s*[\p{L}\p{N}]/u.test(text.slice(after.lastIndex, after.lastIndex + 4)))) return undefined;
  const spelling = unit.toLowerCase().replace(/\s/gu, '');
  const isKnown = units.has(spelling) || spelling in multipliers;
  const name = isKnown ? spelling : spelling.replace(/\.$/u, '');
  return { name: /^[\p{sc=Han}]/u.test(name) ? (name[0] ?? '') : name, end: after.lastIndex - (/^[\p{sc=Han}]/u.test(name) ? name.length - 1 : spelling.length - name.length) };
}

/** What figures with separators may mean; points and commas by the language, both ways where it is not known. */
function readings(digits: string, language: string): string[] {
  const bare = digits.replace(/[ \u00a0\u202f'’]/gu, '');
  const marks = bare.match(/[.,]/gu) ?? [];
  if (marks.length === 0) return [plain(bare)];
  const last = marks.at(-1) ?? '';
  if (new Set(marks).size > 1) return [plain(bare.replace(last === '.' ? /,/gu : /\./gu, '').replace(',', '.'))];
  const isGrouped = /^[1-9]\d{0,2}(?:[.,]\d{3})+$/u.test(bare);
  if (marks.length > 1) return [isGrouped ? plain(bare.replace(/[.,]/gu, '')) : bare];
  const [whole, decimal] = [plain(bare.replace(/[.,]/gu, '')), plain(bare.replace(',', '.'))];
  if (!isGrouped) return last === ',' && commaGroups.has(language) && language !== 'und' ? [bare, decimal] : [decimal];
  if (language === 'und' || !(commaGroups.has(language) || pointGroups.has(language))) return [whole, decimal];
  return commaGroups.has(language) === (last === ',') ? [whole] : [decimal];
}

const commaGroups = new Set(['en', 'zh', 'ja', 'ko', 'th', 'he']);
const pointGroups = new Set(['de', 'es', 'it', 'nl', 'pt', 'da', 'no', 'sv', 'fi', 'fr', 'tr', 'pl', 'cs', 'ru', 'ro', 'hu', 'ca', 'el']);

/** One spelling for equal values: no zeros in front, none behind the point. */
function plain(value: string): string {
  const [whole = '', part = ''] = value.split('.');
  const [left, right] = [whole.replace(/^0+(?=\d)/u, ''), part.replace(/0+$/u, '')];
  return right === '' ? left : `${left}.${right}`;
}

function timesTen(value: string, shift: number): string {
  if (shift === 0) return value;
  const [whole = '', part = ''] = value.split('.');
  const padded = part.padEnd(shift, '0');
  return plain(`${whole}${padded.slice(0, shift)}.${padded.slice(shift)}`);
}

function createSpelled(language: string): Map<string, { value: number; isOrdinal: boolean }> {
  const known = new Map<string, { value: number; isOrdinal: boolean }>();
  for (const [value, name] of (names[language] ?? '').split(' ').entries()) if (name !== '-') known.set(name, { value, isOrdinal: false });
  if (language !== 'en') return known;
  for (const [i, ten] of tens.entries()) {
    const value = 20 + 10 * i;
    known.set(ten, { value, isOrdinal: false });
    for (const [digit, name] of (names['en'] ?? '').split(' ').slice(0, 10).entries()) if (digit > 0) known.set(`${ten}-${name}`, { value: value + digit, isOrdinal: false });
  }
  for (const [value, name] of ordinals.entries()) if (value > 0) known.set(name, { value, isOrdinal: true });
  known.set('dozen', { value: 12, isOrdinal: false });
  return known;
}

function readSpelled(text: string, start: number, word: string, { value, isOrdinal }: { value: number; isOrdinal: boolean }): Quantity {
  let [end, shift, unit] = [start + word.length, 0, undefined as string | undefined];
  for (let step = isOrdinal ? 2 : 0; step < 2; step += 1) {
    const next = unitAfter(text, end);
    if (next === undefined) break;
    const times = multipliers[next.name];
    if (times !== undefined && next.name !== 'm' && shift === 0) shift = times;
    else if (units.has(next.name) && unit === undefined && next.name.length > 2) unit = units.get(next.name);
    else break;
    end = next.end;
  }
  return { start, end, values: [timesTen(String(value), shift)], ...(unit !== undefined && { unit }), isOrdinal, isSpelled: true, isYear: false, isWeak: value <= 1 || (isOrdinal && value <= 2) };
}

function readHan({ 0: word, index }: RegExpExecArray): Quantity {
  const digits = '零一二三四五六七八九';
  const digitOf = (character: string) => (character === '两' ? 2 : Math.max(0, digits.indexOf(character)));
  let [total, current] = [0, 0];
  for (const character of word) {
    const place = { 十: 10, 百: 100, 千: 1000 }[character];
    if (place === undefined) current = current * (current > 0 ? 10 : 1) + digitOf(character);
    else [total, current] = [total + Math.max(1, current) * place, 0];
  }
  return { start: index, end: index + word.length, values: [String(total + current)], isOrdinal: false, isSpelled: true, isYear: false, isWeak: false };
}
