import { analyze } from '../language/analyze-text.ts';
import type { RankedSentence } from './rank-sentences.ts';

const longestList = 900;
/** White space and markers between an item and the next. */
const widestGap = 12;
const asksForMany =
  /^\s*(?:(?:what|which)\s+(?:are|were)\s+(?:the|all|its|their|our|your)\b|(?:list|name|enumerate)\s|(?:was|wer|welche)\s+sind\b|quel(?:le)?s\s+(?:sont|étaient)\b|cuáles\s+(?:son|eran)\b)/iu;
const asksForWhich = /^\s*(?:what|which|welche[rsnm]?|was|quel(?:le)?s?|qué|cuál(?:es)?)\b/iu;

/**
 * The best sentence of a question that asks for several things, grown to what it stands in: an item to its whole list with
 * the sentence that introduces it, a sentence to the list that its paragraph introduces. An item grows too when it has
 * nothing of the question beyond what its introduction or heading has. Others, and lists that are too long, stay as they are.
 */
export function extendToList(question: string, best: RankedSentence, ranked: readonly RankedSentence[]): RankedSentence {
  const around = ranked.filter((other) => other.ranked === best.ranked).sort((a, b) => a.start - b.start || b.end - a.end);
  const many = asksForMany.test(question);
  if (best.isItem) {
    const run = listAround(best, around);
    return run !== undefined && (many || (asksForWhich.test(question) && isOneOfMany(question, best, run))) ? grownTo(best, run) : best;
  }
  if (!many) return best;
  const list = around.find(({ introducesTo, block, start }) => introducesTo !== undefined && block === best.block && start >= best.end);
  return list === undefined ? best : grownTo(best, { start: best.start, end: list.end });
}

type List = { start: number; end: number; items: number; introduction: string };

function listAround(best: RankedSentence, around: readonly RankedSentence[]): List | undefined {
  const items = around.filter(({ isItem }) => isItem);
  const at = items.indexOf(best);
  let [first, last] = [at, at];
  while (isNext(items[first - 1], items[first])) first -= 1;
  while (isNext(items[last], items[last + 1])) last += 1;
  const [opening, closing] = [items[first], items[last]];
  if (opening === undefined || closing === undefined || first === last) return undefined;
  const introduction = around.find(({ introducesTo, start }) => introducesTo !== undefined && start < opening.start && opening.start - introducesTo <= widestGap && opening.start >= introducesTo);
  const start = introduction?.start ?? opening.start;
  const text = best.ranked.passage.text.slice(introduction?.start ?? 0, introduction?.introducesTo ?? 0);
  return { start, end: closing.end, items: last - first + 1, introduction: [...best.context, text].join('\n') };
}

function isNext(before: RankedSentence | undefined, after: RankedSentence | undefined): boolean {
  return before !== undefined && after !== undefined && after.start - before.end <= widestGap;
}

function isOneOfMany(question: string, best: RankedSentence, { introduction }: List): boolean {
  const { language } = best.ranked.document;
  const introduced = analyze(introduction, language);
  const asked = [...analyze(question, language).keys()];
  return asked.some((term) => introduced.has(term)) && asked.every((term) => !best.terms.has(term) || introduced.has(term));
}

function grownTo(best: RankedSentence, { start, end }: { start: number; end: number }): RankedSentence {
  return end - start > longestList ? best : { ...best, start, end, text: best.ranked.passage.text.slice(start, end) };
}
