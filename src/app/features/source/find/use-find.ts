import { useEffect, useMemo, useState } from 'preact/hooks';
import { nextTask } from '../next-task.ts';
import { findInText, matchLimit, type TextMatch } from './find-in-text.ts';
import { firstMatchAfter, nothingFound, type Found } from './found-range.ts';

/** Find-in-source: set the query, step through the matches. `more` is true when not all matches were counted. */
export type Find = {
  query: string;
  found: Found;
  searching: boolean;
  more: boolean;
  setQuery: (query: string) => void;
  step: (direction: 1 | -1) => void;
};

type Result = { query: string; matches: TextMatch[]; searching: boolean };

/** Searches `text` while the person types. The first match stepped to is the first one after the offset `from`. */
export function useFind(text: string, from: number): Find {
  const [query, setQuery] = useState('');
  const [result, setResult] = useState<Result>({ query: '', matches: [], searching: false });
  const [current, setCurrent] = useState(-1);
  useEffect(() => {
    let gone = false;
    setCurrent(-1);
    void search(text, query, (matches, searching) => {
      if (gone) return false;
      setResult({ query, matches, searching });
      setCurrent((before) => (before >= 0 ? before : startIndex(matches, from, searching)));
      return true;
    });
    return () => {
      gone = true;
    };
  }, [text, query]);
  const { matches } = result;
  const found = useMemo(() => (result.query === query && query !== '' ? { matches, current } : nothingFound), [result, query, current]);
  const step = (direction: 1 | -1): void => {
    if (matches.length > 0) setCurrent((before) => (before + direction + matches.length) % matches.length);
  };
  return { query, found, searching: result.searching, more: matches.length >= matchLimit, setQuery, step };
}

async function search(text: string, query: string, report: (matches: TextMatch[], searching: boolean) => boolean): Promise<void> {
  let matches: TextMatch[] = [];
  for await (const sofar of findInText(text, query, nextTask)) {
    matches = sofar;
    if (!report(matches, true)) return;
  }
  report(matches, false);
}

/** -1 while no match after `from` is known and more may come. */
function startIndex(matches: readonly TextMatch[], from: number, searching: boolean): number {
  const index = firstMatchAfter(matches, from);
  if (index < matches.length) return index;
  return searching || matches.length === 0 ? -1 : 0;
}
