import type { Passage } from '../../document/passage.ts';
import type { CorpusId, DocumentId, ProfileId, Sha256 } from '../../ids.ts';
import type { DocumentToStore } from '../build-segment.ts';

const words = ['alpha', 'beacon', 'cedar', 'délta', '北京', 'ember', 'fjord', 'grain', 'harbor', 'ink'];

/** A seeded stream of numbers in [0, 1): mulberry32. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function makeText(random: () => number, wordCount: number): string {
  return Array.from({ length: wordCount }, () => words[Math.floor(random() * words.length)] ?? '').join(' ');
}

export function countTerms(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of text.split(' ')) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

/** A document whose text and terms depend on its id, the number of passages and the words in each alone. */
export function makeDocument(id: string, passageCount: number, wordCount = 12): DocumentToStore {
  const random = createRandom(Array.from(id).reduce((sum, letter) => 31 * sum + letter.charCodeAt(0), passageCount));
  const texts = Array.from({ length: passageCount }, () => `${makeText(random, wordCount)} `);
  let start = 0;
  const passages = texts.map((text, ordinal): Passage => {
    const passage: Passage = {
      document: id as DocumentId,
      ordinal,
      start,
      text,
      headings: ordinal % 2 === 0 ? [] : ['Chapter', `Part ${ordinal}`],
      blocks: [{ at: 0, kind: 'paragraph', anchor: { page: ordinal + 1 } }],
    };
    start += text.length;
    return passage;
  });
  return {
    document: {
      id: id as DocumentId,
      title: `Title of ${id}`,
      type: 'text',
      bytes: start,
      sha256: '0'.repeat(64) as Sha256,
      characters: start,
      language: 'en',
      addedAt: '2024-05-03T10:00:00.000Z',
    },
    passages,
    terms: texts.map((text) => countTerms(text.trim())),
  };
}

export const testCorpus = 'corpus-a' as CorpusId;
export const testProfile = 'a'.repeat(64) as ProfileId;
