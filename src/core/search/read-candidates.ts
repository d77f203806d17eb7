import type { CorpusStore } from '../store/corpus-store.ts';
import { documentAt } from './loaded-segment.ts';
import { DuplicateFilter } from './near-duplicates.ts';
import type { Candidate } from './rank-passages.ts';
import { placeOf, type SearchScope } from './search-scope.ts';
import type { RankedPassage } from './search-types.ts';

/** Where candidates' passages are read, and which of them are wanted. */
export type ReadOptions = {
  store: CorpusStore;
  scope: SearchScope;
  /** How many passages to give. */
  k: number;
  accept?: (passage: RankedPassage) => boolean;
  signal?: AbortSignal | undefined;
};

/**
 * The first `k` accepted passages in the order of the candidates, near-duplicates of an earlier one left out. Reads no more
 * text than that takes, `k` passages at a time. Errors: those of `readPassages`; `aborted`.
 */
export async function readCandidates(candidates: readonly Candidate[], options: ReadOptions): Promise<RankedPassage[]> {
  const { k, accept, signal } = options;
  const duplicates = new DuplicateFilter();
  const taken: RankedPassage[] = [];
  for (let from = 0; from < candidates.length && taken.length < k; ) {
    signal?.throwIfAborted();
    const batch = candidates.slice(from, from + Math.max(k - taken.length, accept === undefined ? 1 : k));
    from += batch.length;
    for (const passage of await readBatch(batch, options)) {
      if (taken.length < k && (accept?.(passage) ?? true) && duplicates.takes(passage.passage.text)) taken.push(passage);
    }
  }
  return taken;
}

async function readBatch(batch: readonly Candidate[], { store, scope }: ReadOptions): Promise<RankedPassage[]> {
  const places = batch.map((candidate) => placeOf(scope, candidate.row));
  const entries = [...new Set(places.map(({ entry }) => entry))];
  const read = await Promise.all(
    entries.map(async ({ segment }, index) => {
      const rows = places.filter(({ entry }) => entry === entries[index]).map(({ row }) => row);
      const passages = await store.readPassages(segment.id, rows);
      return new Map(rows.map((row, at) => [row, passages[at]!]));
    }),
  );
  return batch.map(({ keyword, cosine, fused }, at) => {
    const { entry, row } = places[at]!;
    const { document } = documentAt(entry.segment, row);
    const passage = read[entries.indexOf(entry)]!.get(row)!;
    return { corpus: entry.corpus, segment: entry.segment.id, row, passage, document, keyword, meaning: cosine ?? 0, fused };
  });
}
