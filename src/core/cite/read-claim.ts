import { stripInlineMarkup } from '../answer/show-quote.ts';
import type { PreparedPassage } from './prepare-passage.ts';
import { readTokens, type ClaimToken } from './read-tokens.ts';

/** A token of a sentence with what it counts for. `isName`: a source must have the same; `isAsked`: it repeats the question. */
export type WeightedToken = ClaimToken & { weight: number; isName: boolean; isAsked: boolean };

const framings = [
  /^(?:according to|as per|based on|as (?:stated|mentioned|noted|described|reported) in|in|per|as) (?:the |this |these )?(?:given |provided |cited |above )?(?:documents?|passages?|texts?|sources?|articles?|context|reports?|information|excerpts?)(?: provided| above)?(?: (?:states?|says|notes))?,?\s+/iu,
  /^(?:the|this) (?:provided |given )?(?:document|passage|text|source|article|context|excerpt)s? (?:also )?(?:says?|states?|mentions?|notes?|explains?|indicates?|reports?|shows?|describes?|tells us|suggests?)(?: that)?,?\s+/iu,
  /^it (?:is|was) (?:also )?(?:stated|mentioned|noted|said) (?:in the (?:document|passage|text) )?that\s+/iu,
  /^according to\s*,\s*/iu,
  /^(?:laut|gemäß|nach)(?: (?:dem|der|den|diesem))? (?:dokument|text|abschnitt|passage|quelle|artikel)(?:s|e|n|en)?,?\s+/iu,
  /^(?:según|de acuerdo con) (?:el|la|los|este) (?:documento|texto|pasaje|fuente|artículo)s?,?\s+/iu,
  /^(?:根据|按照)(?:该|这)?(?:文件|文档|文章|资料|段落|原文)[，,]?\s*/u,
  /^(?:yes|no|so|thus|therefore|in summary|in short|overall|additionally|furthermore|moreover|ja|nein|sí|no),\s+/iu,
];

/** Says little of itself; whether a source has it too hardly matters. */
const light = new Set(
  ('also however both very still even just already well such same another other others several various include includes including included known called made make makes used use uses become became get got ' +
    'one ones way ways thing things kind type case cases fact example instance specifically typically usually generally mainly primarily mostly approximately about around roughly nearly almost over some any each ' +
    'during while whereas although though because since therefore thus hence so-called namely respectively both among within between through throughout along upon toward towards via per regarding concerning ' +
    'located based found part now then later took take taken place said stated refer refers referred considered consider done having being ' +
    'auch sowie etwa rund dabei sowohl zudem sehr bereits insbesondere damit jedoch además así cerca unos unas aproximadamente').split(' '),
);
const titles = new Set('mr mrs ms dr rev sir lord lady king queen president prime minister general major colonel captain governor mayor professor prof saint st senator pope emperor director chief'.split(' '));
const calendar = new Set('january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday'.split(' '));
const determiners = new Set('der die das den dem des ein eine einen einem einer eines kein keine diese dieser dieses diesem diesen seine ihre sein ihr seiner ihrer im am zum zur vom beim'.split(' '));

const weights = { name: 1.2, number: 1.2, date: 1.3, light: 0.15, title: 0.4, asked: 0.35, least: 0.45, gram: 0.6 };

/** The sentence without marks of citations, markup and `According to the document,`. */
export function bareClaim(sentence: string): string {
  let bare = stripInlineMarkup(stripMarks(sentence)).replace(/\s+/gu, ' ').trim();
  for (let turn = 0; turn < 2; turn += 1) for (const framing of framings) bare = bare.replace(framing, '');
  return bare;
}

/** A text without `[1]`, `[2, 3]` and `【1】`. */
export function stripMarks(text: string): string {
  return text.replace(/[ \u00a0]?[[【]\s?\^?\d{1,3}(?:\s?[,;–-]\s?\d{1,3})*\s?[\]】]/gu, '');
}

/** Tokens of a bare claim, weighed by how many sentences of the passages have them. */
export function weighClaim(claim: string, language: string, passages: readonly PreparedPassage[], asked: ReadonlySet<string>): WeightedToken[] {
  const tokens = readTokens(claim, language);
  const sentences = passages.reduce((sum, { sentences: own }) => sum + own.length, 0);
  return tokens.map((token, i) => {
    const isName = isNameToken(tokens, i, language, passages);
    const isAsked = asked.has(token.term);
    return { ...token, isName, isAsked, weight: token.term === '' ? 0 : weightOf(token, isName, isAsked, () => rarity(token, passages, sentences)) };
  });
}

function weightOf(token: ClaimToken, isName: boolean, isAsked: boolean, rarityOf: () => number): number {
  if (token.kind === 'date') return weights.date;
  if (token.quantity !== undefined) return token.quantity.isWeak ? weights.asked : weights.number;
  if (light.has(token.text)) return weights.light;
  if (titles.has(token.text)) return weights.title;
  if (isName) return weights.name;
  if (isAsked) return weights.asked;
  return (token.kind === 'gram' ? weights.gram : 1) * rarityOf();
}

function rarity({ term }: ClaimToken, passages: readonly PreparedPassage[], sentences: number): number {
  let holding = 0;
  for (const { sentences: own, terms } of passages) if (terms.has(term)) for (const sentence of own) if (sentence.terms.has(term)) holding += 1;
  return weights.least + (1 - weights.least) * (Math.log(1 + sentences / (holding + 0.5)) / Math.log(1 + sentences / 0.5));
}

function isNameToken(tokens: readonly ClaimToken[], i: number, language: string, passages: readonly PreparedPassage[]): boolean {
  const token = tokens[i];
  if (token?.kind !== 'word' || !token.isCapital || token.text.length < 2 || token.term === '' || titles.has(token.text) || light.has(token.text) || calendar.has(token.text)) return false;
  if (token.isAcronym) return true;
  const [capital, lower] = [passages.some(({ capitals }) => capitals.has(token.text)), passages.some(({ lowers }) => lowers.has(token.text))];
  if (lower && !capital) return false;
  const [before, next] = [tokens[i - 1], tokens[i + 1]];
  if (language === 'de') return i > 0 && ((before?.isCapital ?? false) || !(determiners.has(before?.text ?? '') || /^\p{Ll}.*(?:e|en|er|es|em)$/u.test(before?.text ?? '')));
  return i > 0 || capital || (next?.isCapital ?? false);
}
