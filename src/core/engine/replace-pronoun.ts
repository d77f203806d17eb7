const titled = /^(?:Mrs?|Ms|Miss|Dr|Prof)\.?\s/u;
const nameWords = String.raw`(?:(?:Mrs?|Ms|Miss|Dr|Prof)\.?\s+)?\p{Lu}[\p{L}\p{N}'’-]*(?:\s+\p{Lu}[\p{L}\p{N}'’-]*)*`;
const auxiliary = '(?:[Dd]oe?s?|[Dd]id|[Ii]s|[Ww]as|[Aa]re|[Ww]ere|[Hh]as|[Hh]ave|[Hh]ad|[Cc]an|[Cc]ould|[Mm]ay|[Mm]ust|[Ss]hould|[Ww]ill|[Ww]ould)';
/** Prepositions and verbs that end a noun phrase. */
const phraseEnd = /^(?:of|in|on|at|for|from|to|with|by|about|is|are|was|were|be|has|have|had|do|does|did|can|could|may|must|should|will|would|and|or|but|that|which|who|when|where|while|if|the|a|an)$/iu;

const feminine = /(?<![\p{L}'’])(?:she|her|hers)(?![\p{L}])/giu;
const masculine = /(?<![\p{L}'’])(?:he|him|his)(?![\p{L}])/giu;
const neuter = /(?<![\p{L}'’])(?:it|its)(?![\p{L}'’])/giu;

/** People named in an English question, in its order: with a title, or where a subject stands. */
export function peopleIn(question: string): string[] {
  const withTitle = new RegExp(String.raw`(?<!\p{L})(?:Mrs?|Ms|Miss|Dr|Prof)\.?\s+\p{Lu}[\p{L}'’-]*(?:\s+\p{Lu}[\p{L}'’-]*)*`, 'gu');
  const subject = new RegExp(String.raw`(?<=(?:^|\s)${auxiliary}\s+)${nameWords}`, 'gu');
  const found = [...question.matchAll(withTitle), ...question.matchAll(subject)];
  return [...new Set(found.sort((a, b) => a.index - b.index).map(([name]) => name.replace(/['’]s?$/u, '').trim()))];
}

/** The thing an English question is about, with its article, where it names but one and nothing follows it: `What is the notice period?`. */
export function onlyThingIn(question: string): string | undefined {
  const articles = [...question.matchAll(/(?<!\p{L})(?:the|a|an|our|your|my|this)\s+/giu)];
  const [article] = articles;
  if (article === undefined || articles.length > 1) return undefined;
  const phrase = question.slice(article.index).replace(/[?.!\s]+$/u, '');
  const words = phrase.split(/\s+/u);
  const before = question.slice(0, article.index);
  if (words.length > 5 || words.slice(1).some((word) => phraseEnd.test(word)) || /[,;(]/u.test(phrase)) return undefined;
  // `Does the pump need oil?` has its verb behind the thing; only behind a form of `to be` it stands last for certain.
  if (!/(?:^|\s)(?:is|are|was|were)\s+$/iu.test(before) && words.length > 2) return undefined;
  if (!/(?:^|\s)(?:is|are|was|were|about|of|with)\s+$/iu.test(before) || /\s\p{Lu}/u.test(before)) return undefined;
  return phrase.replace(/^(?:a|an|this)\s/iu, 'the ').replace(/^\p{Lu}/u, (letter) => letter.toLowerCase());
}

/**
 * An English question with its pronoun replaced by what it must mean: `she` by the only woman or person named in the
 * latest earlier question that names one, `it` by the only thing of the question before. Undefined where that is not
 * certain. `earlier` is oldest first.
 */
export function replacePronoun(question: string, earlier: readonly string[]): string | undefined {
  for (const [pronouns, other] of [[feminine, /^Mr\.?\s/u], [masculine, /^(?:Mrs|Ms|Miss)\.?\s/u]] as const) {
    if (question.search(pronouns) < 0) continue;
    const people = earlier.map((one) => peopleIn(one).filter((name) => !other.test(name))).findLast((names) => names.length > 0);
    return people?.length === 1 ? replaceAll(question, pronouns, people[0] as string) : undefined;
  }
  const thing = question.search(neuter) < 0 ? undefined : onlyThingIn(earlier.at(-1) ?? '');
  return thing === undefined || question.toLowerCase().includes(thing.toLowerCase()) ? undefined : replaceAll(question, neuter, thing);
}

/** `her` before a noun is possessive, before anything else the object. */
function replaceAll(question: string, pronouns: RegExp, by: string): string {
  return question.replace(pronouns, (pronoun: string, at: number) => {
    const next = /^\s+([\p{L}'’-]+)/u.exec(question.slice(at + pronoun.length))?.[1] ?? '';
    const isPossessive = /^(?:his|its|hers)$/iu.test(pronoun) || (/^her$/iu.test(pronoun) && next !== '' && !phraseEnd.test(next));
    const text = isPossessive ? `${by}’s` : by;
    return at === 0 && !titled.test(text) ? text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase()) : text;
  });
}
