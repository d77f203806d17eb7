import type { Passage } from '../document/passage.ts';
import { AppError } from '../errors/app-error.ts';
import type { SegmentId } from '../ids.ts';
import { decodePassage } from '../segment/passage-json.ts';
import type { TxtMember } from '../segment/segment-manifest.ts';
import { readMember } from '../segment/txt-part.ts';
import { createByteLru } from './byte-lru.ts';

/** Reads single passages by inflating only the members they lie in, and keeps the members used last. */
export type PassageReader = {
  read(segment: SegmentId, rows: readonly number[]): Promise<Passage[]>;
  /** Spares the next `read` of a segment asking for its members, where they are known. */
  learn(segment: SegmentId, members: TxtMember[]): void;
  forgetAll(): void;
};

export type PassageSource = {
  readMembers(segment: SegmentId): Promise<TxtMember[]>;
  /** Bytes of the members with these numbers, in their order. Errors: `not-found`. */
  readMemberBytes(segment: SegmentId, members: readonly number[]): Promise<Uint8Array[]>;
};

const defaultCacheBytes = 16 * 1024 * 1024;
const tableBytes = 4 * 1024 * 1024;

/** `cacheBytes` bounds the inflated text kept, counted as UTF-16. */
export function createPassageReader(source: PassageSource, cacheBytes = defaultCacheBytes): PassageReader {
  const cachedLines = createByteLru<string[]>(cacheBytes);
  const tables = createByteLru<TxtMember[]>(tableBytes);

  async function tableOf(segment: SegmentId): Promise<TxtMember[]> {
    const known = tables.get(segment);
    if (known) return known;
    const members = await source.readMembers(segment);
    learn(segment, members);
    return members;
  }

  function learn(segment: SegmentId, members: TxtMember[]): void {
    tables.set(segment, members, 64 * members.length);
  }

  async function linesOf(segment: SegmentId, table: TxtMember[], wanted: ReadonlySet<number>): Promise<Map<number, string[]>> {
    const lines = new Map<number, string[]>();
    const missing: number[] = [];
    for (const member of wanted) {
      const cached = cachedLines.get(`${segment}/${member}`);
      if (cached) lines.set(member, cached);
      else missing.push(member);
    }
    const loaded = missing.length > 0 ? await source.readMemberBytes(segment, missing) : [];
    for (const [i, bytes] of loaded.entries()) {
      const member = missing[i]!;
      const read = readMember(bytes, table[member]!.rows);
      cachedLines.set(`${segment}/${member}`, read, read.reduce((sum, line) => sum + 2 * line.length, 64));
      lines.set(member, read);
    }
    return lines;
  }

  return {
    async read(segment, rows) {
      const table = await tableOf(segment);
      const places = rows.map((row) => findMember(table, row));
      const lines = await linesOf(segment, table, new Set(places));
      return rows.map((row, i) => decodePassage(lines.get(places[i]!)![row - table[places[i]!]!.firstRow]!));
    },
    learn,
    forgetAll() {
      cachedLines.clear();
      tables.clear();
    },
  };
}

function findMember(members: readonly TxtMember[], row: number): number {
  let low = 0;
  let high = members.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (members[middle]!.firstRow <= row) low = middle + 1;
    else high = middle;
  }
  const member = members[low - 1];
  if (!member || !Number.isInteger(row) || row >= member.firstRow + member.rows) throw new AppError('not-found', `no row ${row}`);
  return low - 1;
}
