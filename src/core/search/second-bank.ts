import type { ProfileId, SegmentId } from '../ids.ts';
import { toWireError } from '../errors/app-error.ts';
import type { SegmentRef } from '../segment/segment-manifest.ts';
import type { CorpusStore } from '../store/corpus-store.ts';
import type { VectorIndex } from '../vectors/vector-index.ts';
import type { SkippedPart, Snapshot } from './corpus-library.ts';
import { mapInBatches } from './map-in-batches.ts';
import { readVectorPart } from './read-vector-part.ts';
import { VectorBank } from './vector-bank.ts';

export type SecondBankOptions = { store: CorpusStore; profile: ProfileId; createIndex: () => VectorIndex };

/**
 * The vectors of a further profile, loaded beside those every search can use. It follows the library's states in the
 * background, so that no question waits for its loading; what it lacks, a scope made with `bank` shows. Nothing of a corpus
 * is loaded before all its segments have vectors of the profile, since until then they would not be searched by.
 */
export class SecondBank {
  readonly #options: SecondBankOptions;
  #bank: VectorBank;
  #wanted: Snapshot | undefined;
  #running: Promise<SkippedPart[]> | undefined;

  constructor(options: SecondBankOptions) {
    this.#options = options;
    this.#bank = new VectorBank(options.createIndex());
  }

  get profile(): ProfileId {
    return this.#options.profile;
  }

  get bank(): VectorBank {
    return this.#bank;
  }

  /** Loads what a state has and this has not, and lets go of what that state no longer has. Resolves with the parts that cannot be read. */
  follow(snapshot: Snapshot): Promise<SkippedPart[]> {
    this.#wanted = snapshot;
    this.#running ??= this.#run();
    return this.#running;
  }

  /** Resolves when nothing is being loaded. */
  async settled(): Promise<void> {
    await this.#running;
  }

  async #run(): Promise<SkippedPart[]> {
    let skipped: SkippedPart[] = [];
    try {
      while (this.#wanted !== undefined) {
        const snapshot = this.#wanted;
        this.#wanted = undefined;
        skipped = await this.#update(snapshot);
      }
    } finally {
      this.#running = undefined;
    }
    return skipped;
  }

  async #update(snapshot: Snapshot): Promise<SkippedPart[]> {
    const { store, profile, createIndex } = this.#options;
    const wanted = this.#wantedOf(snapshot);
    const target = this.#bank.isSparse ? new VectorBank(createIndex()) : this.#bank;
    const missing = [...wanted.values()].filter(({ id }) => !target.has(id));
    const skipped: SkippedPart[] = [];
    await mapInBatches(missing, async (ref) => {
      try {
        const rows = await readVectorPart(store, { ...ref, rows: snapshot.segments.get(ref.id)!.rows }, profile);
        target.add(ref.id, rows);
      } catch (error) {
        skipped.push({ segment: ref.id, part: 'vec', error: toWireError(error) });
      }
    });
    for (const id of target.segments()) if (!wanted.has(id)) target.drop(id);
    this.#bank = target;
    return skipped;
  }

  #wantedOf({ heads, segments }: Snapshot): Map<SegmentId, SegmentRef> {
    const { profile } = this.#options;
    const wanted = new Map<SegmentId, SegmentRef>();
    for (const head of heads.values()) {
      const isComplete = head.segments.every((ref) => ref.vec[profile] !== undefined);
      for (const ref of head.segments) {
        if (ref.vec[profile] !== undefined && segments.has(ref.id) && (isComplete || this.#bank.has(ref.id))) wanted.set(ref.id, ref);
      }
    }
    return wanted;
  }
}
