import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { splitSentences } from '../../src/core/answer/split-sentences.ts';
import type { Verification } from '../../src/core/answer/answer-types.ts';
import { readXquad } from '../eval/read-xquad.ts';
import { alterDate, alterName, alterNumber, negate, oppose, swapNumber, type Alteration } from './alter-sentence.ts';
import type { CitationKind, CitationPassage, CitationRow, Split } from './citation-row.ts';
import { paraphraseByRule } from './paraphrase-by-rule.ts';
import { chooseOne, hashOf, shuffle } from './seeded-choice.ts';

/**
 * Makes the labelled set of sentences for the citation check from `eval/xquad` of the shared folder, three documents of
 * our own, and `hand-written.tsv` beside the result. Same input, same bytes.
 */
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const xquad = join(process.env['ALCOVE_SHARED'] ?? here('../../../shared'), 'eval', 'xquad');
const folder = here('../eval/fixtures/citations/');
const ownDocuments = ['hall-hire-terms.txt', 'clinic-letter-okafor.txt', 'staff-handbook.md'];
/** Articles that are kept in the other languages too. */
const alsoIn = { languages: ['de', 'es', 'zh'], articles: [0, 1, 3, 8, 20, 22] };
const longestParagraph = 1500;
const passagesOfRow = 5;
const ownPassageCharacters = 500;

type Made = { kind: CitationKind; label: Verification; sentence: string; from: CitationPassage; cited?: 'right' | 'wrong' | 'none' };

const splitOf = (article: string): Split => (hashOf(`split ${article}`) % 2 === 0 ? 'tuning' : 'reporting');

const passages = [...(await readArticles()), ...(await readOwn())];
const byArticle = new Map<string, CitationPassage[]>();
for (const passage of passages) byArticle.set(`${passage.article} ${passage.lang}`, [...(byArticle.get(`${passage.article} ${passage.lang}`) ?? []), passage]);
const rows: CitationRow[] = [];
for (const own of byArticle.values()) {
  const [{ lang, article }] = own as [CitationPassage];
  if (lang === 'en' && article.startsWith('xquad')) addRows(makeEnglish(own, article));
  else if (lang !== 'en') addRows(makeOther(own, `${article} ${lang}`));
}
addRows(await readHandWritten());
await writeFile(join(folder, 'passages.jsonl'), passages.map((passage) => `${JSON.stringify(passage)}\n`).join(''));
await writeFile(join(folder, 'sentences.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
console.log(`${rows.length} sentences on ${passages.length} passages`);

async function readArticles(): Promise<CitationPassage[]> {
  const found: CitationPassage[] = [];
  for (const lang of ['en', ...alsoIn.languages]) {
    const { documents, articleOf } = await readXquad(xquad, lang);
    const counts = new Map<number, number>();
    for (const { id, text } of documents) {
      const article = articleOf.get(id) as number;
      const place = counts.get(article) ?? 0;
      counts.set(article, place + 1);
      if (text.length <= longestParagraph && (lang === 'en' || alsoIn.articles.includes(article))) found.push({ id: `${lang}-${article}-${place}`, article: `xquad-${article}`, lang, text });
    }
  }
  return found;
}

async function readOwn(): Promise<CitationPassage[]> {
  const found: CitationPassage[] = [];
  for (const name of ownDocuments) {
    const article = name.replace(/\.\w+$/u, '');
    let text = '';
    const paragraphs = (await readFile(here(`../eval/fixtures/answers/${name}`), 'utf8')).trim().split(/\n{2,}/u);
    for (const [i, paragraph] of paragraphs.entries()) {
      text = text === '' ? paragraph : `${text}\n\n${paragraph}`;
      if (text.length < ownPassageCharacters && i < paragraphs.length - 1) continue;
      found.push({ id: `${article}-${found.filter((one) => one.article === article).length}`, article, lang: 'en', text });
      text = '';
    }
  }
  return found;
}

function sentencesOf({ text }: CitationPassage): string[] {
  return splitSentences(text)
    .map(({ start, end }) => text.slice(start, end).trim())
    .filter((sentence) => sentence.length >= 30 && sentence.length <= 280 && /[.。]$/u.test(sentence) && !/\[|"/u.test(sentence));
}

function makeEnglish(own: readonly CitationPassage[], article: string): Made[] {
  const made: Made[] = [];
  const all = own.flatMap((from) => sentencesOf(from).map((sentence) => ({ from, sentence })));
  const use = (kind: CitationKind, label: Verification, make: (sentence: string, others: readonly string[], key: string) => string | undefined, count: number, cited?: Made['cited']) => {
    let left = count;
    for (const { from, sentence } of shuffle(all, `${article} ${kind}`)) {
      if (left === 0) break;
      const others = all.filter((other) => other.sentence !== sentence).map((other) => other.sentence);
      const altered = make(sentence, others, `${article} ${kind} ${sentence}`);
      if (altered === undefined || (label === 'unsupported' && own.some(({ text }) => text.includes(altered)))) continue;
      made.push({ kind, label, sentence: altered, from, ...(cited !== undefined && { cited }) });
      left -= 1;
    }
  };
  use('quote', 'verified', requote, 2);
  use('part-of-quote', 'verified', firstClause, 1);
  use('rule-paraphrase', 'verified', (sentence, _, key) => paraphraseByRule(sentence, key), 1);
  use('wrong-citation', 'verified', (sentence) => sentence, 1, 'wrong');
  const altered: [CitationKind, Alteration, number][] = [['number', alterNumber, 1], ['swapped-number', swapNumber, 1], ['name', alterName, 2], ['date', alterDate, 1], ['negation', negate, 1], ['antonym', oppose, 1]];
  for (const [kind, alteration, count] of altered) use(kind, 'unsupported', alteration, count);
  use('swapped-passage', 'unsupported', (_, __, key) => foreignSentence(article, key), 1);
  use('joined', 'partly', (sentence, _, key) => joinForeign(sentence, article, key), 1);
  return made;
}

/** Quotes with the small changes that copying makes: straight quotes, white space, a heading's capitals left alone. */
function requote(sentence: string, _: readonly string[], key: string): string {
  const forms = [sentence, sentence.replaceAll('’', "'").replaceAll('–', '-'), sentence.replaceAll(' ', '  '), `According to [1], ${sentence}`.replace('[1]', 'the document')];
  return chooseOne(forms, key) as string;
}

function firstClause(sentence: string): string | undefined {
  const at = sentence.search(/, (?:which|and|but|with|where|when|while|although)\b/u);
  return at < 40 ? undefined : `${sentence.slice(0, at)}.`;
}

function foreignSentence(article: string, key: string): string | undefined {
  const foreign = passages.filter((passage) => passage.lang === 'en' && passage.article.startsWith('xquad') && passage.article !== article && splitOf(passage.article) === splitOf(article));
  const passage = chooseOne(foreign, key);
  return passage && chooseOne(sentencesOf(passage), key);
}

function joinForeign(sentence: string, article: string, key: string): string | undefined {
  const other = foreignSentence(article, key);
  if (other === undefined || other.length > 120 || sentence.length > 160 || !/^(?:The|In|It|They|This|These|A|An|Many|Some|There) /u.test(other)) return undefined;
  return `${sentence.slice(0, -1)}, and ${other[0]?.toLowerCase()}${other.slice(1)}`;
}

/** Quotes, altered numbers and wrong marks: what can be made without knowing the language. */
function makeOther(own: readonly CitationPassage[], key: string): Made[] {
  const all = own.flatMap((from) => sentencesOf(from).map((sentence) => ({ from, sentence })));
  const [first, second, ...rest] = shuffle(all, key);
  const made: Made[] = [];
  if (first) made.push({ kind: 'quote', label: 'verified', ...first });
  if (second) made.push({ kind: 'wrong-citation', label: 'verified', cited: 'wrong', ...second });
  for (const [kind, alter] of [['number', alterNumber], ['date', alterDate]] as const) {
    for (const { from, sentence } of rest) {
      const altered = alter(sentence, [], `${key} ${sentence}`);
      if (altered === undefined) continue;
      made.push({ kind, label: 'unsupported', sentence: altered, from });
      break;
    }
  }
  return made;
}

async function readHandWritten(): Promise<Made[]> {
  const lines = (await readFile(join(folder, 'hand-written.tsv'), 'utf8')).trim().split('\n');
  return lines.map((line) => {
    const [passage, kind, sentence] = line.split('\t') as [string, CitationKind, string];
    const from = passages.find(({ id }) => id === passage) ?? passages.find(({ article }) => article === passage);
    if (from === undefined) throw new Error(`No passage ${passage}`);
    const label = kind === 'paraphrase' ? 'verified' : kind === 'half-true' ? 'partly' : 'unsupported';
    return { kind, label, sentence, from, ...(from.id !== passage && { cited: 'none' as const }) };
  });
}

function addRows(made: readonly Made[]): void {
  for (const { kind, label, sentence, from, cited: how } of made) {
    const key = `${from.id} ${kind} ${sentence}`;
    const others = shuffle((byArticle.get(`${from.article} ${from.lang}`) ?? []).filter((other) => other !== from), key);
    const given = shuffle([from, ...others].slice(0, passagesOfRow), `${key} order`);
    const gold = given.indexOf(from) + 1;
    // Marks are right for most, missing for some.
    const way = how ?? (hashOf(`${key} mark`) % 4 === 0 ? 'none' : 'right');
    const wrong = (gold % given.length) + 1;
    const cited = way === 'none' ? undefined : way === 'right' ? gold : wrong;
    const id = `${from.id}-${kind}-${hashOf(key).toString(36)}`;
    const isOwn = !from.article.startsWith('xquad') && how === 'none';
    rows.push({ id, split: splitOf(from.article), kind, lang: from.lang, passages: given.map((one) => one.id), sentence, ...(cited !== undefined && { cited }), ...(!isOwn && label !== 'unsupported' && { gold }), label });
  }
}
