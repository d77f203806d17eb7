import type { ProfileId } from '#core/ids.ts';
import type { SegmentRef } from '#core/segment/segment-manifest.ts';
import type { CorpusHead } from '#core/store/corpus-store.ts';

/** Segments of one corpus whose vectors are made and committed together. */
export type EmbedRound = { head: CorpusHead; refs: SegmentRef[] };

/**
 * The next segments without vectors of a profile: small ones together up to `maxRows`, a larger one alone. With `after`,
 * only segments that have vectors of that profile. `undefined` where nothing is left to do.
 */
export function planRound(heads: readonly CorpusHead[], { profile, after, maxRows }: { profile: ProfileId; after?: ProfileId; maxRows: number }): EmbedRound | undefined {
  for (const head of heads) {
    const refs: SegmentRef[] = [];
    let rows = 0;
    for (const ref of head.segments) {
      const isDue = ref.vec[profile] === undefined && (after === undefined || ref.vec[after] !== undefined);
      if (!isDue || (rows > 0 && rows + ref.rows > maxRows)) continue;
      refs.push(ref);
      rows += ref.rows;
    }
    if (refs.length > 0) return { head, refs };
  }
  return undefined;
}
