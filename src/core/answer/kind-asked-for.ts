const kinds: { question: RegExp; answer: RegExp }[] = [
  { question: /\b(?:what|which) year\b/iu, answer: /\b[12]\d{3}\b/u },
  { question: /\b(?:how (?:many|much|long|old|far|high|often|soon)|when|what (?:date|time|percentage|number))\b/iu, answer: /\d/u },
  { question: /\b(?:who|whose|whom)\b/iu, answer: /\P{L}\p{Lu}\p{L}/u },
  { question: /\b(?:wie ?(?:viele?|lange|alt|weit|hoch|oft)|wann)\b/iu, answer: /\d/u },
];

/**
 * A test for what kind of thing a question asks for: a year, a number or date, a name. A sentence without one seldom is the
 * answer. Passes nothing where the question names no kind.
 */
export function kindAskedFor(question: string): (sentence: string) => boolean {
  const kind = kinds.find((one) => one.question.test(question));
  return (sentence) => kind?.answer.test(sentence) ?? false;
}
