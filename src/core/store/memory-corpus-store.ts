import { AppError } from '../errors/app-error.ts';
import type { CorpusId, ProfileId, SegmentId, Sha256 } from '../ids.ts';
import { verifyPart } from '../segment/verify-segment.ts';
import { memberBytes } from '../segment/txt-part.ts';
import type { SegmentBytes } from '../segment/segment-manifest.ts';
import type { Commit, CorpusHead, CorpusStore } from './corpus-store.ts';
import { createPassageReader, type PassageReader } from './passage-reader.ts';
import { checkSequence, namedVecParts, prepareCommit, type NamedVecPart } from './prepare-commit.ts';

/** What a memory store holds; two stores over the same tables see the same corpora. */
export type MemoryTables = {
  heads: Map<CorpusId, CorpusHead>;
  segments: Map<SegmentId, SegmentBytes>;
  /** Keyed by segment, profile and hash. */
  vec: Map<string, NamedVecPart>;
};

export function createMemoryTables(): MemoryTables {
  return { heads: new Map(), segments: new Map(), vec: new Map() };
}

/** A `CorpusStore` in memory, for tests and for machines that allow no storage. `quota` gives the bytes it may hold. */
export function createMemoryCorpusStore({
  tables = createMemoryTables(),
  quota = () => Infinity,
}: { tables?: MemoryTables; quota?: () => number } = {}): CorpusStore {
  return new MemoryCorpusStore(tables, quota);
}

class MemoryCorpusStore implements CorpusStore {
  readonly #tables: MemoryTables;
  readonly #quota: () => number;
  readonly #passages: PassageReader;

  constructor(tables: MemoryTables, quota: () => number) {
    this.#tables = tables;
    this.#quota = quota;
    this.#passages = createPassageReader({
      readMembers: async (segment) => this.#segment(segment).manifest.txt.members,
      readMemberBytes: async (segment, members) => {
        const { manifest, txt } = this.#segment(segment);
        return members.map((member) => memberBytes(txt, manifest.txt.members[member]!));
      },
    });
  }

  async readHeads(): Promise<CorpusHead[]> {
    return [...this.#tables.heads.values()].map((head) => structuredClone(head));
  }

  async readHead(corpus: CorpusId): Promise<CorpusHead | undefined> {
    return structuredClone(this.#tables.heads.get(corpus));
  }

  async commit(commit: Commit): Promise<void> {
    const vec = await prepareCommit(commit);
    // From here on nothing is awaited, so that the commit is seen whole or not at all.
    const { head, segments = [] } = commit;
    checkSequence(head, this.#tables.heads.get(head.corpus));
    this.#checkReferences(head, segments, vec);
    const parts = [...segments.flatMap(({ txt, kw }) => [txt, kw]), ...vec.map(({ bytes }) => bytes)];
    const newBytes = parts.reduce((sum, { length }) => sum + length, 0);
    if (this.#usedBytes() + newBytes > this.#quota()) throw new AppError('quota-exceeded', 'the memory store is full');
    for (const { id, manifest, txt, kw } of segments) {
      this.#tables.segments.set(id, { id, manifest: structuredClone(manifest), txt: txt.slice(), kw: kw.slice() });
    }
    for (const part of vec) this.#tables.vec.set(vecKey(part), { ...part, bytes: part.bytes.slice() });
    this.#tables.heads.set(head.corpus, structuredClone(head));
  }

  async readManifest(segment: SegmentId): Promise<SegmentBytes['manifest']> {
    return structuredClone(this.#segment(segment).manifest);
  }

  async readPart(...[segment, part]: Parameters<CorpusStore['readPart']>): Promise<Uint8Array> {
    if (typeof part !== 'string') return this.#readVec(segment, part.vec, part.sha256);
    const stored = this.#segment(segment);
    await verifyPart(stored[part], stored.manifest[part]);
    return stored[part].slice();
  }

  async readPassages(...[segment, rows]: Parameters<CorpusStore['readPassages']>): ReturnType<CorpusStore['readPassages']> {
    return this.#passages.read(segment, rows);
  }

  async removeCorpus(corpus: CorpusId): Promise<void> {
    this.#tables.heads.delete(corpus);
  }

  async collectGarbage(): Promise<number> {
    const before = this.#usedBytes();
    const heads = [...this.#tables.heads.values()];
    const liveSegments = new Set(heads.flatMap((head) => head.segments.map(({ id }) => id)));
    const liveVec = new Set(heads.flatMap((head) => namedVecParts(head).map(vecKey)));
    for (const id of this.#tables.segments.keys()) if (!liveSegments.has(id)) this.#tables.segments.delete(id);
    for (const key of this.#tables.vec.keys()) if (!liveVec.has(key)) this.#tables.vec.delete(key);
    this.#passages.forgetAll();
    return before - this.#usedBytes();
  }

  async #readVec(segment: SegmentId, profile: ProfileId, hash: Sha256 | undefined): Promise<Uint8Array> {
    const wanted = hash ?? this.#currentVecHash(segment, profile);
    const stored = wanted && this.#tables.vec.get(vecKey({ segment, profile, sha256: wanted }));
    if (!stored) throw new AppError('not-found', 'no such vec part');
    await verifyPart(stored.bytes, { sha256: stored.sha256, bytes: stored.bytes.length });
    return stored.bytes.slice();
  }

  #currentVecHash(segment: SegmentId, profile: ProfileId): Sha256 | undefined {
    for (const { segments } of this.#tables.heads.values()) {
      const ref = segments.find(({ id }) => id === segment)?.vec[profile];
      if (ref) return ref.sha256;
    }
    return [...this.#tables.vec.values()].find((part) => part.segment === segment && part.profile === profile)?.sha256;
  }

  #segment(id: SegmentId): SegmentBytes {
    const segment = this.#tables.segments.get(id);
    if (!segment) throw new AppError('not-found', `no segment ${id}`);
    return segment;
  }

  #checkReferences(head: CorpusHead, segments: readonly SegmentBytes[], vec: readonly NamedVecPart[]): void {
    const newSegments = new Set(segments.map(({ id }) => id));
    const newVec = new Set(vec.map(vecKey));
    const hasSegments = head.segments.every(({ id }) => newSegments.has(id) || this.#tables.segments.has(id));
    const hasVec = namedVecParts(head).every((part) => newVec.has(vecKey(part)) || this.#tables.vec.has(vecKey(part)));
    if (!hasSegments || !hasVec) throw new AppError('not-found', 'the head names a part that is not stored');
  }

  #usedBytes(): number {
    let bytes = 0;
    for (const { txt, kw } of this.#tables.segments.values()) bytes += txt.length + kw.length;
    for (const part of this.#tables.vec.values()) bytes += part.bytes.length;
    return bytes;
  }
}

function vecKey({ segment, profile, sha256 }: { segment: SegmentId; profile: ProfileId; sha256: Sha256 }): string {
  return `${segment}/${profile}/${sha256}`;
}
