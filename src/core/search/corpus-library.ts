import type { CorpusId, ProfileId, SegmentId } from '../ids.ts';
import { toWireError, type WireError } from '../errors/app-error.ts';
import type { SegmentRef } from '../segment/segment-manifest.ts';
import type { CorpusHead, CorpusStore } from '../store/corpus-store.ts';
import type { VectorIndex, VectorRows } from '../vectors/vector-index.ts';
import { loadSegment, type LoadedSegment } from './loaded-segment.ts';
import { mapInBatches } from './map-in-batches.ts';
import { readVectorPart } from './read-vector-part.ts';
import { createSearchScope, type SearchScope } from './search-scope.ts';
import type { SearchFilters } from './search-types.ts';
import { VectorBank } from './vector-bank.ts';

/** A part that could not be read. What else there is stays searchable. */
export type SkippedPart = { segment: SegmentId; part: 'kw' | 'vec'; error: WireError };

export type RefreshReport = { changed: boolean; skipped: SkippedPart[] };

/** One state of all corpora, as a search sees it from beginning to end. */
export type Snapshot = {
  heads: ReadonlyMap<CorpusId, CorpusHead>;
  segments: ReadonlyMap<SegmentId, LoadedSegment>;
  bank: VectorBank;
  /** Rises when a part that could not be read before was, with heads unchanged. */
  repairs: number;
  /** Scopes made so far of this state, by corpora and filters. */
  scopes: Map<string, SearchScope>;
};

export type LibraryOptions = { store: CorpusStore; profile: ProfileId; createIndex: () => VectorIndex };

const maxScopes = 32;

/** The searchable state of all corpora of a store, brought up to date by `refresh`, which loads only what is new. */
export class CorpusLibrary {
  readonly #options: LibraryOptions;
  #snapshot: Snapshot;
  #running: Promise<RefreshReport> | undefined;
  #next: Promise<RefreshReport> | undefined;

  constructor(options: LibraryOptions) {
    this.#options = options;
    this.#snapshot = { heads: new Map(), segments: new Map(), bank: new VectorBank(options.createIndex()), repairs: 0, scopes: new Map() };
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  /**
   * The scope of some corpora in the present state, with the vectors of its own bank or of another; asked for again, it
   * costs nothing.
   */
  scopeOf(corpora: readonly CorpusId[], filters: SearchFilters | undefined, bank = this.#snapshot.bank): SearchScope {
    const { heads, segments, scopes } = this.#snapshot;
    const wanted = [...new Set(corpora)].sort();
    const key = JSON.stringify([wanted, filters ?? {}, bank.number, bank.revision]);
    let scope = scopes.get(key);
    if (scope === undefined) {
      scope = createSearchScope(wanted.flatMap((corpus) => heads.get(corpus) ?? []), segments, bank, filters);
      if (scopes.size >= maxScopes) scopes.clear();
      scopes.set(key, scope);
    }
    return scope;
  }

  /**
   * Takes up what was committed before the call. Searches go on in the old state until the new one is whole. Calls while
   * one is running share a single later run. Errors: those of `readHeads`; a part that cannot be read is reported instead.
   */
  refresh(): Promise<RefreshReport> {
    if (this.#running === undefined) {
      this.#running = this.#run();
      return this.#running;
    }
    this.#next ??= this.#running.then(
      () => this.#startNext(),
      () => this.#startNext(),
    );
    return this.#next;
  }

  #startNext(): Promise<RefreshReport> {
    this.#next = undefined;
    this.#running = this.#run();
    return this.#running;
  }

  async #run(): Promise<RefreshReport> {
    try {
      return await this.#update();
    } finally {
      this.#running = undefined;
    }
  }

  async #update(): Promise<RefreshReport> {
    const heads = new Map((await this.#options.store.readHeads()).map((head) => [head.corpus, head]));
    const old = this.#snapshot;
    const refs = new Map<SegmentId, SegmentRef>();
    for (const ref of [...heads.values()].flatMap((head) => head.segments)) {
      if (!this.#hasVectors(refs.get(ref.id))) refs.set(ref.id, ref);
    }
    const skipped: SkippedPart[] = [];
    const segments = await this.#loadSegments(refs, skipped);
    const isComplete = [...segments.keys()].every((id) => old.bank.has(id) || !this.#hasVectors(refs.get(id)));
    const sameHeads = isSameState(old.heads, heads);
    if (sameHeads && segments.size === old.segments.size && isComplete) return { changed: false, skipped };
    const bank = await this.#updateBank(refs, segments, skipped);
    this.#snapshot = { heads, segments, bank, repairs: old.repairs + (sameHeads ? 1 : 0), scopes: new Map() };
    return { changed: true, skipped };
  }

  #hasVectors(ref: SegmentRef | undefined): boolean {
    return ref?.vec[this.#options.profile] !== undefined;
  }

  async #loadSegments(refs: ReadonlyMap<SegmentId, SegmentRef>, skipped: SkippedPart[]): Promise<Map<SegmentId, LoadedSegment>> {
    const loaded = await mapInBatches([...refs.keys()], async (id) => {
      try {
        return this.#snapshot.segments.get(id) ?? (await loadSegment(this.#options.store, id));
      } catch (error) {
        skipped.push({ segment: id, part: 'kw', error: toWireError(error) });
        return undefined;
      }
    });
    return new Map(loaded.flatMap((segment) => (segment === undefined ? [] : [[segment.id, segment]])));
  }

  /**
   * Vectors of segments gone leave the bank, and those of new ones join it, in one step without a pause, so that no search
   * sees half of it. A new bank is filled instead where there was none yet or the old has become sparse.
   */
  async #updateBank(
    refs: ReadonlyMap<SegmentId, SegmentRef>, segments: ReadonlyMap<SegmentId, LoadedSegment>, skipped: SkippedPart[],
  ): Promise<VectorBank> {
    const { bank } = this.#snapshot;
    const isWanted = (id: SegmentId): boolean => segments.has(id) && this.#hasVectors(refs.get(id));
    const wanted = [...refs.values()].filter(({ id }) => isWanted(id));
    if (bank.isSparse || (bank.index.size === 0 && wanted.length > 0)) {
      const fresh = new VectorBank(this.#options.createIndex());
      await this.#readVectors(wanted, segments, skipped, (id, rows) => fresh.add(id, rows));
      return fresh;
    }
    const read: Array<() => void> = [];
    const missing = wanted.filter(({ id }) => !bank.has(id));
    await this.#readVectors(missing, segments, skipped, (id, rows) => read.push(() => bank.add(id, rows)));
    for (const id of bank.segments()) if (!isWanted(id)) bank.drop(id);
    for (const add of read) add();
    return bank;
  }

  async #readVectors(
    refs: readonly SegmentRef[], segments: ReadonlyMap<SegmentId, LoadedSegment>, skipped: SkippedPart[],
    take: (id: SegmentId, rows: VectorRows) => void,
  ): Promise<void> {
    const { store, profile } = this.#options;
    await mapInBatches(refs, async (ref) => {
      try {
        take(ref.id, await readVectorPart(store, { ...ref, rows: segments.get(ref.id)!.rows }, profile));
      } catch (error) {
        skipped.push({ segment: ref.id, part: 'vec', error: toWireError(error) });
      }
    });
  }
}

function isSameState(a: ReadonlyMap<CorpusId, CorpusHead>, b: ReadonlyMap<CorpusId, CorpusHead>): boolean {
  return a.size === b.size && [...a].every(([corpus, { seq }]) => b.get(corpus)?.seq === seq);
}
