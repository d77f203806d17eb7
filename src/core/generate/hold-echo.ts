import { analyze } from '../language/analyze-text.ts';
import type { TextFilter } from './piece-filter.ts';

/** Words that speak of the text instead of its content. */
const framing = 'according passage text document question answer mention state describe say following laut text dokument frage antwort';

/**
 * Holds a text back until it has a word that is neither the question's nor about the passage as such, and for good where
 * none comes: small models answer `What is the system?` with `The system is the system.`
 */
export function createEchoHold(question: string, language: string): TextFilter {
  const known = new Set([...analyze(question, language).keys(), ...analyze(framing, language).keys()]);
  let held = '';
  let isOpen = false;
  const open = (text: string): void => {
    isOpen = [...analyze(text.replace(/\[\d{1,3}\]/gu, ''), language).keys()].some((term) => !known.has(term));
  };
  const release = (): string => {
    const text = isOpen ? held : '';
    if (isOpen) held = '';
    return text;
  };
  return {
    push(delta) {
      held += delta;
      // The last word may be a part of one.
      if (!isOpen) open(held.slice(0, Math.max(0, held.search(/\S*$/u))));
      return release();
    },
    end() {
      if (!isOpen) open(held);
      return release();
    },
  };
}
