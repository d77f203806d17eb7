import { useEffect, useMemo, useState } from 'preact/hooks';
import { nextTask } from '../next-task.ts';
import { findInText, matchLimit, type TextMatch } from './find-in-text.ts';
import { matchAfterSteps, nothingFound, type Found } from './found-range.ts';

/** Find-in-source: set the query, step through the matches. `more` is true when not all matches were counted. */
export type Find = {
  query: string;
  found: Found;
  searching: boolean;
  more: boolean;
  setQuery: (query: string) => void;
  step: (direction: 1 | -1) => void;
};

/** What the person asked for: steps count from the first match after `from`, also those taken before any was found. */
type Wish = { query: string; from: number; steps: number };
type Result = { query: string; matches: TextMatch[]; searching: boolean };

const nothing: Result = { query: '', matches: [], searching: false };

/** Searches `text` while the person types. The first match stepped to is the first one after the offset `from`. */
export function useFind(text: string, from: number): Find {
  const [{ query, from: start, steps }, setWish] = useState<Wish>({ query: '', from, steps: 0 });
  const [latest, setResult] = useState<Result>(nothing);
  useEffect(() => {
    let gone = false;
    void search(text, query, (matches, searching) => {
      if (!gone) setResult({ query, matches, searching });
      return !gone;
    });
    return () => {
      gone = true;
    };
  }, [text, query]);
  const { matches, searching } = latest.query === query ? latest : { matches: nothing.matches, searching: query.trim() !== '' };
  const current = matchAfterSteps(matches, start, steps, searching);
  const found = useMemo(() => (matches.length > 0 ? { matches, current } : nothingFound), [matches, current]);
  const setQuery = (next: string): void => setWish({ query: next, from, steps: 0 });
  const step = (direction: 1 | -1): void => setWish((wish) => ({ ...wish, steps: wish.steps + direction }));
  return { query, found, searching, more: matches.length >= matchLimit, setQuery, step };
}

async function search(text: string, query: string, report: (matches: TextMatch[], searching: boolean) => boolean): Promise<void> {
  let matches: TextMatch[] = [];
  for await (const sofar of findInText(text, query, nextTask)) {
    matches = sofar;
    if (!report(matches, true)) return;
  }
  report(matches, false);
}
