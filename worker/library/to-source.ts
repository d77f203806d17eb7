import type { DocumentCount } from '#core/engine/head-edits.ts';
import type { Source, SourceState } from '#core/engine/engine-api.ts';
import type { SourceRecord } from '../store/source-record.ts';

export type SourceFacts = {
  count: DocumentCount | undefined;
  isPaused: boolean;
  /** Pages or blocks read so far, while it is read. */
  reading?: { done: number; total: number } | undefined;
  /** Passages embedded but not yet committed. */
  embedded?: number | undefined;
};

function stateOf(record: SourceRecord, { count, isPaused }: SourceFacts): SourceState {
  if (record.state === 'queued') return isPaused ? 'paused' : 'queued';
  if (record.state !== 'read') return record.state;
  return count !== undefined && count.byMeaning < count.passages ? 'searchable-by-keyword' : 'ready';
}

function progressOf(state: SourceState, { count, reading, embedded }: SourceFacts): Source['progress'] {
  if (state === 'reading') return reading;
  if (state !== 'searchable-by-keyword' || count === undefined) return undefined;
  return { done: Math.min(count.passages, count.byMeaning + (embedded ?? 0)), total: count.passages };
}

/** The row of the library for a stored record and what the corpus' head says about it. */
export function toSource(record: SourceRecord, facts: SourceFacts): Source {
  const state = stateOf(record, facts);
  const progress = progressOf(state, facts);
  const { type, coverage, error } = record;
  return {
    id: record.id,
    collection: record.collection,
    title: record.title,
    path: record.path,
    bytes: record.bytes,
    addedAt: record.addedAt,
    state,
    tags: record.tags,
    hasOriginal: record.hasOriginal,
    ...(type !== undefined && { type }),
    ...(progress !== undefined && { progress }),
    ...(facts.count !== undefined && { passages: facts.count.passages }),
    ...(coverage !== undefined && { coverage }),
    ...(error !== undefined && { error }),
  };
}
