import { hashOf } from './seeded-choice.ts';

const synonyms: readonly [RegExp, string][] = (
  'located>situated;began>started;begin>start;established>founded;approximately>about;(?<!more )numerous>many;built>constructed;also>;however,>;although>though;' +
  'usually>normally;often>frequently;people>persons;large>big;purchased>bought;received>got;obtain>get;nearly>almost;almost>nearly;primarily>mainly;mainly>chiefly;' +
  'such as>like;because of>owing to;in order to>to;due to>because of;known as>called;called>named;consists of>is made up of;attempt>try;assist>help;require>need;requires>needs;' +
  'entire>whole;whole>entire;difficult>hard;important>significant;created>made;ended>finished;throughout>all over;children>kids;several>a number of;under>below;became>turned into;said>stated'
).split(';').map((pair) => {
  const [from, to] = pair.split('>') as [string, string];
  return [new RegExp(`(?<![\\p{L}-])${from}(?![\\p{L}-])${to === '' ? ' ?' : ''}`, 'u'), to];
});
const digitsOf = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');
const months = 'January|February|March|April|May|June|July|August|September|October|November|December';
const framings = ['According to the text, ', 'The document says that ', 'As the passage states, ', '', '', ''];

/** The same said a little differently, by rule; undefined where too little can be changed. */
export function paraphraseByRule(sentence: string, key: string): string | undefined {
  let [said, changes] = [sentence, 0];
  const apply = (next: string) => {
    if (next === said) return;
    said = next;
    changes += 1;
  };
  apply(said.replace(/ \([^()]*\)/u, ''));
  for (const [pattern, to] of synonyms) if (changes < 4) apply(said.replace(pattern, to));
  apply(said.replace(/(?<![\p{L}-])(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?= \p{Ll})/u, (word) => String(digitsOf.indexOf(word))));
  apply(said.replace(new RegExp(`\\b(${months}) (\\d{1,2}), (\\d{4})`, 'u'), '$2 $1 $3'));
  apply(said.replace(/^(In (?:\p{Lu}\p{Ll}+ )?\d{4}), (.+)\.$/u, (_, when: string, rest: string) => `${rest[0]?.toUpperCase()}${rest.slice(1)} ${when.toLowerCase().replace(/\b\p{Ll}(?=\p{Ll}+ \d)/gu, (letter) => letter.toUpperCase()).replace('In', 'in')}.`));
  if (changes < 2) return undefined;
  const framing = framings[hashOf(key) % framings.length] ?? '';
  return framing === '' || !/^(?:The|In|It|They|He|She|This|These|A|An|Many|Some|There) /u.test(said) ? `${said[0]?.toUpperCase()}${said.slice(1)}` : `${framing}${said[0]?.toLowerCase()}${said.slice(1)}`;
}
