/** `question` tells the kind, `answer` a sentence that has one, and `words` are the question's words that such a sentence answers. */
type Kind = { question: RegExp; answer: RegExp; words?: RegExp };

const duration = String.raw`(?:second|minute|hour|day|night|week|month|quarter|year|decade)s?`;
const figure = /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|sixty|ninety|hundred|half)\b/iu;

const kinds: Kind[] = [
  { question: /\b(?:what|which) year\b/iu, answer: /\b[12]\d{3}\b/u },
  {
    question: /\bhow often\b/iu,
    answer: new RegExp(String.raw`\b(?:every|each|once|twice|daily|hourly|weekly|monthly|quarterly|yearly|annually|times|per)\b|\b\d[\d,.]* ${duration}\b|\b(?:a|an) ${duration}\b`, 'iu'),
  },
  {
    question: /\bhow (?:much\b.*\b(?:costs?|pay|paid|charged?|rent|fee|price)|expensive)\b|\bwhat\b.*\b(?:costs?|price|worth)\b/iu,
    answer: /[€$£¥]|\b(?:euros?|pounds?|dollars?|francs?|cents?)\b|\d,\d{3}\b(?!\s*\p{L}*(?:hours?|m|kg|km|rpm|miles)\b)/iu,
    words: /^(?:costs?|pay|paid|charged?|price|expensive|worth)$/u,
  },
  {
    question: /\bhow (?:heavy|much\b.*\bweighs?)\b/iu,
    answer: /\d\s?(?:kg|g|mg|t|lbs?|st|oz|tonnes?|pounds?|kilograms?|grams?)\b/iu,
    words: /^(?:heavy|weighs?)$/u,
  },
  { question: /\b(?:how (?:many|much|long|old|far|high|soon|fast|hot|cold|deep|wide|tall|loud|big|large)|when|what (?:date|time|percentage|number))\b/iu, answer: figure },
  {
    question: /\bwhat (?:is|was|are|were)\b.*\b(?:cap|limit|maximum|minimum|amount|size|fee|rent|deposit|rate|speed|capacity|temperature|pressure|weight|height|period|length|dose)\b/iu,
    answer: figure,
    words: /^(?:cap|limit|maximum|minimum|amount|size)$/u,
  },
  { question: /\bmade (?:of|from|out of)\b/iu, answer: /\b(?:materials?|made|consists?)\b/iu, words: /^made$/u },
  {
    question: /\b(?:avoid|forbidden|prohibited|contraindicated|(?:must|should|may|can) (?:\P{P}+ )?(?:not|never))\b/iu,
    answer: /\b(?:(?:must|should|shall|may|can|do|does) not|cannot|never|avoid|forbidden|prohibited|contraindicated|stopped|no other|no more)\b/iu,
    words: /^(?:avoid|forbidden|prohibited|contraindicated)$/u,
  },
  { question: /\b(?:who|whose|whom)\b/iu, answer: /\P{L}\p{Lu}\p{L}/u },
  { question: /\b(?:wie ?(?:viele?|lange|alt|weit|hoch|oft)|wann)\b/iu, answer: /\d/u },
];

export type AskedKind = {
  /** Whether a sentence has a thing of the kind. Nothing has where the question names no kind. */
  isIn(sentence: string): boolean;
  /** Whether a word of the question (`cost`, `heavy`) only names the kind, so that a sentence that has one need not hold it. */
  isNamedBy(word: string): boolean;
};

/**
 * What kind of thing a question asks for: a year, how often, a price, a weight, a number or date, a material, what must not
 * be, a name. A sentence without one seldom is the answer.
 */
export function kindAskedFor(question: string): AskedKind {
  const kind = kinds.find((one) => one.question.test(question));
  return {
    isIn: (sentence) => kind?.answer.test(sentence) ?? false,
    isNamedBy: (word) => kind?.words?.test(word.toLowerCase()) ?? false,
  };
}
