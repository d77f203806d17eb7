import { createPieceFilter, type Piece, type PieceContext, type TextFilter } from './piece-filter.ts';

const list = String.raw`\^?(?:(?:passage id|passages?|sources?|id|quelle)\s*[=:#]?\s*)?#?\d{1,3}(?:\s*(?:,|;|&|and|und|-|–)\s*[#^]?\d{1,3}){0,8}`;
const mark = new RegExp(String.raw`^(?:\[\s*(${list})\s*\]|【\s*(${list})[^】\n]{0,20}】)`, 'iu');
const plain = /^[^\s[\]【]+/u;
const longestMark = 80;
const mostNumbers = 9;

/**
 * Lets of all marks only those through that name passages given, one number a mark: `[1, 7]` becomes `[1]` where there is
 * no seventh; `[passage 2]`, `[^2]` and `【2】` become `[2]`. No mark comes out that does not stand in `numbers`.
 */
export function constrainCitations(numbers: ReadonlySet<number>): TextFilter {
  // What is left out inside an open bracket leaves a dash, or the rest of it could close up to a mark.
  let isOpen = false;
  const readBracket = (rest: string, { mustDecide }: PieceContext): Piece | 'more' | undefined => {
    if (rest.startsWith(']')) isOpen = false;
    if (!/^[[【]/u.test(rest)) return undefined;
    const found = mark.exec(rest);
    if (found === null || found[0].length >= longestMark) {
      if (/^[[【][^\]】\n]*$/u.test(rest) && rest.length < longestMark && !mustDecide) return 'more';
      isOpen = true;
      return undefined;
    }
    const [{ length }, square, lenticular] = found;
    const text = numbersOf(square ?? lenticular ?? '').filter((number) => numbers.has(number)).map((number) => `[${number}]`).join('');
    if (text !== '') isOpen = false;
    return text !== '' ? { length, text } : isOpen ? { length, text: '–' } : { length, text: '', isDropped: true };
  };
  return createPieceFilter([readBracket], plain);
}

function numbersOf(text: string): number[] {
  const numbers = [...text.matchAll(/(\d{1,3})(?:\s*[-–]\s*[#^]?(\d{1,3}))?/gu)].flatMap(([, first, last]) => {
    const from = Number(first);
    const to = last === undefined ? from : Number(last);
    return to >= from && to - from < mostNumbers ? Array.from({ length: to - from + 1 }, (_, i) => from + i) : [from, to];
  });
  return [...new Set(numbers)];
}
