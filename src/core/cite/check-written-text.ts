import type { AnswerSentence, Citation } from '../answer/answer-types.ts';
import type { Embedder } from '../embed/embedder.ts';
import type { RankedPassage } from '../search/search-types.ts';
import { checkSentence, type CheckedSentence, type CitablePassage, type CheckOptions } from './check-sentence.ts';
import { showUnfinished, showWritten } from './show-written.ts';
import { toCitations } from './to-citations.ts';
import { WrittenTextSplitter } from './written-text-splitter.ts';

export type WrittenTextOptions = {
  /** As they were given to the generator: `[1]` is the first. */
  passages: readonly RankedPassage[];
  /** Number of the first new citation. */
  firstNumber: number;
  /** Citations shown already; equal spans keep their numbers. */
  known: readonly Citation[];
  question?: string;
  /** Knows synonyms, where it knows single words. */
  embedder?: Embedder;
};

/** A checked sentence with its citations, new and known; or only what has been begun since. */
export type WrittenStep = { sentence?: AnswerSentence; citations: Citation[]; rest: string };

const maxSupports = 3;
const introduction = /^([^\n]*[:：])\s*\n/u;
const item = /^\s*(?:[-*+•–]|\d{1,3}[.)])\s/u;

/**
 * Checks what a generator writes, sentence by sentence, against the passages it was given. Sentences come without their
 * marks; citations are those of the spans found, whatever the marks said. Pulled: nothing is read ahead. The sentences do not
 * depend on how the text was cut into pieces. Errors: those of `text`, after what was whole before has been given.
 */
export async function* checkWrittenText(text: AsyncIterable<string>, options: WrittenTextOptions): AsyncGenerator<WrittenStep, void, undefined> {
  const checker = createChecker(options);
  const splitter = new WrittenTextSplitter();
  for await (const delta of text) {
    const ended = splitter.push(delta);
    for (const [i, raw] of ended.entries()) {
      const step = checker(raw);
      const behind = ended.slice(i + 1).join('') + splitter.rest;
      if (step !== undefined) yield { ...step, rest: showUnfinished(behind) };
    }
    if (ended.length === 0) yield { citations: [], rest: showUnfinished(splitter.rest) };
  }
  const ended = splitter.end();
  for (const [i, raw] of ended.entries()) {
    const step = checker(raw);
    if (step !== undefined) yield { ...step, rest: showUnfinished(ended.slice(i + 1).join('')) };
  }
}

function createChecker({ passages, firstNumber, known, question, embedder }: WrittenTextOptions): (raw: string) => Omit<WrittenStep, 'rest'> | undefined {
  const citable: CitablePassage[] = passages.map(({ passage, document }, i) => ({ number: i + 1, text: passage.text, title: [document.title, ...passage.headings].join(' ') }));
  const options: CheckOptions = { ...(question !== undefined && { question }), ...(embedder !== undefined && { embedder }) };
  const all = [...known];
  let [nextNumber, startsParagraph, lead] = [firstNumber, false, ''];
  return (raw) => {
    const isStart = startsParagraph || /^\s*\n\s*\n/u.test(raw);
    startsParagraph = /\n\s*\n\s*$/u.test(raw);
    const text = showWritten(raw);
    if (!/[\p{L}\p{N}]/u.test(text)) return undefined;
    lead = introduction.exec(raw)?.[1] ?? (item.test(raw) ? lead : '');
    const checked = checkPiece(raw, lead);
    const citations = toCitations(checked.supports.slice(0, maxSupports), passages, all, nextNumber, checked.verification);
    for (const citation of citations) if (!all.includes(citation)) all.push(citation);
    nextNumber = Math.max(nextNumber, ...citations.map(({ number }) => number + 1));
    return { sentence: toSentence(text, checked, citations, isStart), citations };
  };

  /** An item of a list means what it says together with the words that introduce it. */
  function checkPiece(raw: string, introducedBy: string): CheckedSentence {
    const alone = checkSentence(raw, citable, options);
    if (introducedBy === '' || alone.verification === 'verified' || raw.startsWith(introducedBy)) return alone;
    const together = checkSentence(`${introducedBy} ${raw}`, citable, options);
    return together.verification === 'verified' || alone.verification === 'unsupported' ? together : alone;
  }
}

function toSentence(text: string, { verification, doubt, repairedFrom }: CheckedSentence, citations: readonly Citation[], startsParagraph: boolean): AnswerSentence {
  return {
    text,
    verification,
    citations: citations.map(({ number }) => number),
    ...(doubt !== undefined && { doubt }),
    ...(startsParagraph && { startsParagraph }),
    ...(repairedFrom !== undefined && { isRepaired: true }),
  };
}
