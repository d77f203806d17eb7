import type { SegmentId } from '../ids.ts';
import type { VectorIndex, VectorRows } from '../vectors/vector-index.ts';

type Block = { segment: SegmentId; firstRow: number; rows: number };

const maxDeadShare = 0.25;
const minDeadRows = 2048;

let banks = 0;

/** A `VectorIndex` filled segment by segment, which knows which of its rows belong to which segment. */
export class VectorBank {
  readonly index: VectorIndex;
  /** Tells this bank from every other of this program. */
  readonly number = ++banks;
  /** In rising `firstRow`; dropped blocks are gone from here, not from the index. */
  readonly #blocks: Block[] = [];
  readonly #firstRows = new Map<SegmentId, number>();
  #liveRows = 0;
  #revision = 0;

  constructor(index: VectorIndex) {
    this.index = index;
  }

  /** Rows of segments not dropped. */
  get liveRows(): number {
    return this.#liveRows;
  }

  /** Changes with every `add` and `drop`. */
  get revision(): number {
    return this.#revision;
  }

  /** True when so many rows are of dropped segments that a new bank is worth its loading. */
  get isSparse(): boolean {
    const dead = this.index.size - this.#liveRows;
    return dead > minDeadRows && dead > maxDeadShare * this.index.size;
  }

  has(segment: SegmentId): boolean {
    return this.#firstRows.has(segment);
  }

  /** Index row of the segment's row 0, or -1. */
  firstRowOf(segment: SegmentId): number {
    return this.#firstRows.get(segment) ?? -1;
  }

  add(segment: SegmentId, rows: VectorRows): void {
    const firstRow = this.index.add(rows);
    this.#blocks.push({ segment, firstRow, rows: rows.rows });
    this.#firstRows.set(segment, firstRow);
    this.#liveRows += rows.rows;
    this.#revision++;
  }

  drop(segment: SegmentId): void {
    const at = this.#blocks.findIndex((block) => block.segment === segment);
    const [block] = at < 0 ? [] : this.#blocks.splice(at, 1);
    if (block === undefined) return;
    this.#firstRows.delete(segment);
    this.#liveRows -= block.rows;
    this.#revision++;
    this.index.remove(Array.from({ length: block.rows }, (_, row) => block.firstRow + row));
  }

  segments(): SegmentId[] {
    return [...this.#firstRows.keys()];
  }
}
