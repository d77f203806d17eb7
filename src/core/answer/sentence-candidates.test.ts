import { describe, expect, it } from 'vitest';
import type { PassageBlock } from '../document/passage.ts';
import type { DocumentId } from '../ids.ts';
import { findCandidates } from './sentence-candidates.ts';
import { showQuote } from './show-quote.ts';

function quotes(text: string, blocks: PassageBlock[] = [{ at: 0, kind: 'paragraph' }]): string[] {
  const passage = { document: 'd' as DocumentId, ordinal: 0, start: 0, text, headings: [], blocks };
  return findCandidates(passage).map(({ start, end }) => text.slice(start, end));
}

describe('what may be quoted', () => {
  it('is never the comment of a page, nor a part of one', () => {
    const text = 'The mill grinds rye.\n\n<!-- to be checked by hand\nanywhere, run the mill twice and compare. -->\n\nThe dam holds.';
    expect(quotes(text)).toEqual(['The mill grinds rye.', 'The dam holds.']);
  });

  it('begins behind a comment in its own line', () => {
    expect(quotes('<!-- checked --> The weir was rebuilt in 1904.')).toEqual(['The weir was rebuilt in 1904.']);
  });

  it('is a comment where the document is code', () => {
    expect(quotes('<!-- the frame of the page -->\n<main></main>', [{ at: 0, kind: 'code' }]).join('')).toContain('the frame of the page');
  });
});

describe('a quote as it is shown', () => {
  it('loses the marks of code that runs over the end of a line', () => {
    expect(showQuote('uses when you run `cargo\nbuild`, and the `release` profile', 'markdown')).toBe('uses when you run cargo build, and the release profile');
  });
});
