import { foldWord, normalizeText } from './fold-word.ts';
import { languageMarkers, stopWordLists } from './stop-words.ts';

const sampleCharacters = 12_000;
const minShareOfWords = 0.08;
const minLead = 1.15;
/** A text of more words than `fromWords` has at least so many different function words of its language; the names of a table's columns do not. */
const minDistinct = { words: 3, fromWords: 24 };

/** Scripts that name their language, and how the languages of shared scripts differ. First match wins. */
const scripts: ReadonlyArray<{ letters: RegExp; language: (sample: string) => string }> = [
  { letters: /[\p{sc=Hiragana}\p{sc=Katakana}]/gu, language: () => 'ja' },
  { letters: /\p{sc=Hangul}/gu, language: () => 'ko' },
  { letters: /\p{sc=Han}/gu, language: () => 'zh' },
  { letters: /\p{sc=Thai}/gu, language: () => 'th' },
  { letters: /\p{sc=Lao}/gu, language: () => 'lo' },
  { letters: /\p{sc=Khmer}/gu, language: () => 'km' },
  { letters: /\p{sc=Myanmar}/gu, language: () => 'my' },
  { letters: /\p{sc=Hebrew}/gu, language: () => 'he' },
  { letters: /\p{sc=Greek}/gu, language: () => 'el' },
  { letters: /\p{sc=Armenian}/gu, language: () => 'hy' },
  { letters: /\p{sc=Georgian}/gu, language: () => 'ka' },
  { letters: /\p{sc=Devanagari}/gu, language: () => 'hi' },
  { letters: /\p{sc=Bengali}/gu, language: () => 'bn' },
  { letters: /\p{sc=Tamil}/gu, language: () => 'ta' },
  { letters: /\p{sc=Telugu}/gu, language: () => 'te' },
  { letters: /\p{sc=Arabic}/gu, language: arabicLanguage },
  { letters: /\p{sc=Cyrillic}/gu, language: cyrillicLanguage },
];

const latinProfiles = createProfiles();

/**
 * The language a text is mostly written in, as a BCP 47 primary tag, or `und` where nothing speaks clearly for one. Looks
 * at scripts first, then at function words; at most a few thousand characters of the text are read.
 */
export function detectLanguage(text: string): string {
  const sample = normalizeText(takeSample(text));
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return 'und';
  for (const { letters: script, language } of scripts) {
    const count = sample.match(script)?.length ?? 0;
    // A third of the letters of a technical Japanese or Arabic text may well be Latin; kana alone marks Japanese.
    if (count / letters > (language === scripts[0]?.language ? 0.1 : 0.35)) return language(sample);
  }
  return detectLatin(sample);
}

function takeSample(text: string): string {
  if (text.length <= sampleCharacters) return text;
  const third = sampleCharacters / 3;
  const middle = Math.floor(text.length / 2);
  return `${text.slice(0, third)} ${text.slice(middle, middle + third)} ${text.slice(-third)}`;
}

function arabicLanguage(sample: string): string {
  if (/[ٹڈڑںے]/u.test(sample)) return 'ur';
  return /[پچژگی]/u.test(sample) ? 'fa' : 'ar';
}

function cyrillicLanguage(sample: string): string {
  if (/[іїєґ]/u.test(sample) && !/[ыэё]/u.test(sample)) return 'uk';
  if (/[љњћђџ]/u.test(sample)) return 'sr';
  return /[ыэ]/u.test(sample) || !/ъ\p{L}/u.test(sample) ? 'ru' : 'bg';
}

/** Function word -> the languages that have it; a word of many languages says little for each. */
function createProfiles(): Map<string, string[]> {
  const profiles = new Map<string, string[]>();
  for (const [language, list] of Object.entries(stopWordLists)) {
    for (const word of new Set(`${list} ${languageMarkers[language] ?? ''}`.split(/\s+/).filter(Boolean))) {
      profiles.set(word, [...(profiles.get(word) ?? []), language]);
    }
  }
  return profiles;
}

function detectLatin(sample: string): string {
  const words = sample.match(/\p{L}+/gu) ?? [];
  const scores = new Map<string, number>();
  const distinct = new Map<string, Set<string>>();
  for (const word of words) {
    const languages = latinProfiles.get(word) ?? latinProfiles.get(foldWord(word));
    for (const language of languages ?? []) {
      scores.set(language, (scores.get(language) ?? 0) + 1 / Math.sqrt(languages?.length ?? 1));
      distinct.set(language, (distinct.get(language) ?? new Set()).add(word));
    }
  }
  const [best, second] = [...scores].sort((a, b) => b[1] - a[1]);
  if (best === undefined || best[1] < minShareOfWords * words.length) return 'und';
  if (words.length > minDistinct.fromWords && (distinct.get(best[0])?.size ?? 0) < minDistinct.words) return 'und';
  return best[1] >= minLead * (second?.[1] ?? 0) ? best[0] : 'und';
}
