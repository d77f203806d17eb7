import { foldWord, normalizeText } from '../language/fold-word.ts';

const shingleCharacters = 12;
const duplicateSimilarity = 0.9;
const base = 0x01000193;

/**
 * Recognises passages that say the same as one already taken: nine tenths of their overlapping stretches of twelve
 * characters are common to both (Broder, "On the resemblance and containment of documents", 1997), case, accents and
 * white space aside.
 */
export class DuplicateFilter {
  readonly #taken: Set<number>[] = [];

  /** True for the first of its like; such a text counts as taken from then on. */
  takes(text: string): boolean {
    const shingles = shinglesOf(text);
    if (this.#taken.some((other) => isAlike(shingles, other))) return false;
    this.#taken.push(shingles);
    return true;
  }
}

/** Rolling hashes (Karp and Rabin, 1987) of all stretches of the text; of a shorter text, its own hash. */
function shinglesOf(text: string): Set<number> {
  const plain = foldWord(normalizeText(text)).replace(/\s+/gu, ' ').trim();
  let outgoing = 1;
  for (let i = 0; i < shingleCharacters; i++) outgoing = Math.imul(outgoing, base);
  const shingles = new Set<number>();
  let hash = 0;
  for (let at = 0; at < plain.length; at++) {
    hash = (Math.imul(hash, base) + plain.charCodeAt(at)) | 0;
    if (at >= shingleCharacters) hash = (hash - Math.imul(outgoing, plain.charCodeAt(at - shingleCharacters))) | 0;
    if (at >= shingleCharacters - 1) shingles.add(hash);
  }
  return shingles.size === 0 ? shingles.add(hash) : shingles;
}

/** Whether common / all is at least the limit; gives up as soon as too many are missing. */
function isAlike(a: ReadonlySet<number>, b: ReadonlySet<number>): boolean {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  const needed = Math.ceil((duplicateSimilarity * (small.size + large.size)) / (1 + duplicateSimilarity));
  let spare = small.size - needed;
  for (const shingle of small) if (!large.has(shingle) && --spare < 0) return false;
  return spare >= 0;
}
