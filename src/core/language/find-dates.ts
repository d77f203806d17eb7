/** A day, or as much of it as is said; `start` and `end` are UTF-16 offsets. At least two of the three parts are there. */
export type DateMention = { start: number; end: number; year?: number; month: number; day?: number };

/** Names of months and their beginnings that stand for them, by language, January first. */
const monthNames: Readonly<Record<string, string>> = {
  en: 'january february march april may june july august september october november december',
  de: 'januar februar märz april mai juni juli august september oktober november dezember',
  fr: 'janvier février mars avril mai juin juillet août septembre octobre novembre décembre',
  es: 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre',
};
const shortNames = 'jan feb mar apr may jun jul aug sep oct nov dec sept jän mär mrz okt dez'.split(' ');
const shortMonths = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 9, 1, 3, 3, 10, 12];

const months = new Map<string, number>([
  ...Object.values(monthNames).flatMap((names) => names.split(' ').map((name, i): [string, number] => [name, i + 1])),
  ...shortNames.map((name, i): [string, number] => [name, shortMonths[i] as number]),
]);
const month = `(?<month>${[...months.keys()].sort((a, b) => b.length - a.length).join('|')})\\.?`;
const year = String.raw`(?<year>(?:1[5-9]|20)\d\d)`;
const day = String.raw`(?<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|er|º|\.)?`;
const [free, over] = [String.raw`(?<![\p{L}\p{N}.,/-])`, String.raw`(?![\p{L}\p{N}]|[-/.]\d)`];

const patterns = [
  String.raw`${year}(?<joint>[-/.])(?<monthNumber>0?[1-9]|1[0-2])\k<joint>(?<day>0?[1-9]|[12]\d|3[01])`,
  `${day}\\s+(?:of\\s+|de\\s+)?${month}(?:,?\\s+(?:de\\s+)?${year})?`,
  `${month}\\s+${day},?\\s+${year}`,
  `${month}\\s+(?<day>0?[1-9]|[12]\\d|3[01])(?:st|nd|rd|th)?(?!\\s?[\\p{L}%:])`,
  `${month},?\\s+${year}`,
  String.raw`(?<first>\d{1,2})(?<joint>[-/.])(?<second>\d{1,2})\k<joint>(?<lastYear>(?:1[5-9]|20)\d\d|\d\d)`,
].map((pattern) => new RegExp(`${free}${pattern}${over}`, 'giu'));

/**
 * The dates of a text in order, written in English, German, French or Spanish or in figures: `1 September 2025`,
 * `September 1, 2025`, `2025-09-01`, `01.09.2025`, `September 2025`. With dots the day comes first; `1/9/2025` counts only
 * where one of the two can be no month, or both are the same.
 */
export function findDates(text: string): DateMention[] {
  const found: DateMention[] = [];
  for (const pattern of patterns) {
    for (const match of text.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length];
      const parts = partsOf(match.groups ?? {});
      if (parts !== undefined && found.every((other) => other.end <= start || other.start >= end)) found.push({ start, end, ...parts });
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

type Groups = Readonly<Record<string, string | undefined>>;

function partsOf(groups: Groups): { year?: number; month: number; day?: number } | undefined {
  if (groups['first'] !== undefined) return figuresOf(groups);
  const number = groups['monthNumber'] === undefined ? months.get((groups['month'] ?? '').toLowerCase()) : Number(groups['monthNumber']);
  if (number === undefined) return undefined;
  return { ...(groups['year'] !== undefined && { year: Number(groups['year']) }), month: number, ...(groups['day'] !== undefined && { day: Number(groups['day']) }) };
}

function figuresOf({ first, second, joint, lastYear = '' }: Groups): { year: number; month: number; day: number } | undefined {
  const [a, b] = [Number(first), Number(second)];
  if (a < 1 || b < 1 || a > 31 || b > 31 || (a > 12 && b > 12)) return undefined;
  const dayFirst = a > 12 || a === b || (joint === '.' && b <= 12);
  if (!dayFirst && b <= 12) return undefined;
  const whole = lastYear.length === 2 ? 2000 + Number(lastYear) : Number(lastYear);
  return dayFirst ? { year: whole, month: b, day: a } : { year: whole, month: a, day: b };
}

/** Whether two dates can be the same day: the parts that both say are equal. */
export function isSameDate(a: Omit<DateMention, 'start' | 'end'>, b: Omit<DateMention, 'start' | 'end'>): boolean {
  const agree = (one: number | undefined, other: number | undefined) => one === undefined || other === undefined || one === other;
  return agree(a.year, b.year) && a.month === b.month && agree(a.day, b.day);
}

/** A day as tables and letters write it in figures, in the spelling of the index (`/` is `-` there). */
export function spellDate(year: number, month: number, day: number): string[] {
  const [mm, dd] = [month, day].map((part) => String(part).padStart(2, '0')) as [string, string];
  const spellings = [`${year}-${mm}-${dd}`, `${dd}.${mm}.${year}`, `${dd}-${mm}-${year}`, `${mm}-${dd}-${year}`];
  const short = [`${year}-${month}-${day}`, `${day}.${month}.${year}`, `${day}-${month}-${year}`, `${month}-${day}-${year}`];
  return [...new Set([...spellings, ...short])];
}

/** The name of a month in a language; English where it is not known. */
export function monthName(month: number, language: string): string {
  return (monthNames[language] ?? monthNames['en'] ?? '').split(' ')[month - 1] ?? '';
}
