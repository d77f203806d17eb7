import { newStemmer } from 'snowball-stemmers';
import { foldWord } from './fold-word.ts';
import { stopWordLists } from './stop-words.ts';

type Stem = (word: string) => string;

/** Snowball algorithm of each language that has one. English is Porter2. */
const algorithms: Readonly<Record<string, string>> = {
  ar: 'arabic', hy: 'armenian', eu: 'basque', ca: 'catalan', cs: 'czech', da: 'danish', nl: 'dutch', en: 'english',
  fi: 'finnish', fr: 'french', de: 'german', hu: 'hungarian', it: 'italian', ga: 'irish', no: 'norwegian',
  pt: 'portuguese', ro: 'romanian', ru: 'russian', es: 'spanish', sl: 'slovene', sv: 'swedish', ta: 'tamil', tr: 'turkish',
};
/** Languages whose stems are made of folded words, as the fusion rule was measured; the others' suffixes need accents. */
const foldedFirst: ReadonlySet<string> = new Set(['en', 'de']);
/** Languages written without Latin letters: the Latin words in them are most often English. */
const englishGuests: ReadonlySet<string> = new Set(['zh', 'ja', 'ko', 'th', 'lo', 'km', 'my']);
const sameLanguage: Readonly<Record<string, string>> = { nb: 'no', nn: 'no' };

const maxCachedWords = 50_000;
const maxTermLength = 64;
const rules = new Map<string, Stem>();

/**
 * The index term of one word in a language (a BCP 47 tag; only its primary part counts): its stem without accents, or
 * the empty string for a stop word. A language without rules of its own keeps every word, folded.
 */
export function termOf(word: string, language: string): string {
  let rule = rules.get(language);
  if (rule === undefined) {
    rule = createCachedRule(primaryLanguage(language));
    rules.set(language, rule);
  }
  return rule(word);
}

/** The rule set that a language tag falls under: `de-AT` is `de`. */
export function primaryLanguage(language: string): string {
  const primary = language.toLowerCase().split(/[-_]/, 1)[0] ?? 'und';
  return sameLanguage[primary] ?? (primary === '' ? 'und' : primary);
}

function createCachedRule(language: string): Stem {
  const rule = createRule(englishGuests.has(language) ? 'en' : language);
  let cache = new Map<string, string>();
  return (word) => {
    let term = cache.get(word);
    if (term === undefined) {
      if (cache.size >= maxCachedWords) cache = new Map();
      term = rule(word);
      cache.set(word, term);
    }
    return term;
  };
}

function createRule(language: string): Stem {
  const stops = new Set((stopWordLists[language] ?? '').split(/\s+/).filter(Boolean).map(foldWord));
  const algorithm = algorithms[language];
  const stemmer = algorithm === undefined ? undefined : newStemmer(algorithm);
  const stem: Stem = (word) => stemmer?.stem(word) ?? word;
  const stemFolded = foldedFirst.has(language);
  return (word) => {
    const folded = foldWord(word);
    if (stops.has(folded)) return '';
    if (folded.length > maxTermLength) return folded.slice(0, maxTermLength).replace(/[\ud800-\udbff]$/, '');
    return stemFolded ? stem(folded) : foldWord(stem(word));
  };
}
