import type { SegmentId } from '#core/ids.ts';
import { namedVecParts } from '#core/store/prepare-commit.ts';
import { membersOf, type CorpusDatabase, type VectorKey } from './dexie-corpus-tables.ts';

/**
 * Deletes what no head names and returns the bytes of the parts deleted. One transaction, so that a commit that takes up
 * an old segment again comes wholly before or wholly after.
 */
export async function collectCorpusGarbage(db: CorpusDatabase): Promise<number> {
  const { dexie, heads, segments, members, keywords, vectors } = db;
  return dexie.transaction('rw', [heads, segments, members, keywords, vectors], async () => {
    const storedHeads = await heads.toArray();
    const liveSegments = new Set<SegmentId>(storedHeads.flatMap((head) => head.segments.map(({ id }) => id)));
    const liveVectors = new Set(storedHeads.flatMap(namedVecParts).map((part) => `${part.segment}/${part.profile}/${part.sha256}`));
    let freedBytes = 0;
    for (const id of await segments.toCollection().primaryKeys()) {
      if (!liveSegments.has(id)) freedBytes += await deleteSegment(db, id);
    }
    const keys = await vectors.toCollection().primaryKeys();
    const dead = keys.filter(([segment, profile, sha256]) => !liveVectors.has(`${segment}/${profile}/${sha256}`));
    await vectors.bulkDelete(dead);
    return freedBytes + sumBytes(dead);
  });
}

async function deleteSegment(db: CorpusDatabase, id: SegmentId): Promise<number> {
  const row = await db.segments.get(id);
  await membersOf(db, id).delete();
  await db.keywords.delete(id);
  await db.segments.delete(id);
  return row ? row.manifest.txt.bytes + row.manifest.kw.bytes : 0;
}

function sumBytes(keys: readonly VectorKey[]): number {
  return keys.reduce((sum, [, , , bytes]) => sum + bytes, 0);
}
