import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SegmentId } from '../ids.ts';
import { planMerge, type MergeCandidate } from './plan-merge.ts';

const mebibyte = 1024 * 1024;
let nextId = 0;
const anyCandidate: fc.Arbitrary<MergeCandidate> = fc
  .record({ rows: fc.integer({ min: 1, max: 2048 }), live: fc.double({ min: 0, max: 1, noNaN: true }), rowBytes: fc.integer({ min: 60, max: 2500 }), group: fc.constantFrom('a', 'b') })
  .map(({ rows, live, rowBytes, group }) => ({
    id: `segment-${nextId++}` as SegmentId,
    group,
    rows,
    liveRows: Math.round(live < 0.5 ? rows : rows * live),
    bytes: rows * rowBytes,
    documentBytes: 300,
  }));

/** Replaces what the plan names by the segment that merging would give. */
function applyPlan(candidates: readonly MergeCandidate[], plan: readonly SegmentId[]): MergeCandidate[] {
  const chosen = candidates.filter(({ id }) => plan.includes(id));
  const liveRows = chosen.reduce((sum, candidate) => sum + candidate.liveRows, 0);
  const rest = candidates.filter(({ id }) => !plan.includes(id));
  if (liveRows === 0) return rest;
  const bytes = chosen.reduce((sum, candidate) => sum + (candidate.bytes * candidate.liveRows) / candidate.rows, 0);
  const documentBytes = chosen.reduce((sum, candidate) => sum + candidate.documentBytes, 0);
  const group = chosen.at(0)?.group ?? '';
  return [...rest, { id: `segment-${nextId++}` as SegmentId, group, rows: liveRows, liveRows, bytes, documentBytes }];
}

function mergeAll(start: readonly MergeCandidate[]): { merged: MergeCandidate[]; plans: number; rowsMerged: number } {
  let merged = [...start];
  let plans = 0;
  let rowsMerged = 0;
  for (let plan = planMerge(merged); plan; plan = planMerge(merged)) {
    rowsMerged += merged.filter(({ id }) => plan?.includes(id)).reduce((sum, { liveRows }) => sum + liveRows, 0);
    merged = applyPlan(merged, plan);
    if (++plans > 10_000) throw new Error('merging does not end');
  }
  return { merged, plans, rowsMerged };
}

describe('planning merges', () => {
  it('ends, with few small segments in each group, none of them a quarter dead', () => {
    fc.assert(
      fc.property(fc.array(anyCandidate, { maxLength: 120 }), (candidates) => {
        const { merged } = mergeAll(candidates);
        for (const group of ['a', 'b']) {
          const small = merged.filter((segment) => segment.group === group && segment.liveRows <= 1024 && segment.bytes <= 2 * mebibyte);
          expect(small.length).toBeLessThanOrEqual(18);
        }
        for (const { rows, liveRows } of merged) expect(liveRows / rows).toBeGreaterThan(0.75);
      }),
    );
  });

  it('never plans a segment over the limits, nor one across groups', () => {
    fc.assert(
      fc.property(fc.array(anyCandidate, { maxLength: 60 }), (candidates) => {
        let current = candidates;
        for (let plan = planMerge(current); plan; plan = planMerge(current)) {
          const chosen = current.filter(({ id }) => plan?.includes(id));
          expect(new Set(chosen.map(({ group }) => group)).size).toBe(1);
          expect(chosen.length).toBeLessThanOrEqual(16);
          const bytes = chosen.reduce((sum, candidate) => sum + candidate.bytes, 0);
          expect(chosen.length === 1 || bytes <= 5.4 * mebibyte).toBe(true);
          current = applyPlan(current, plan);
        }
      }),
    );
  });

  it('rewrites each passage only a few times while 20,000 arrive one by one', () => {
    let segments: MergeCandidate[] = [];
    let rowsMerged = 0;
    let most = 0;
    for (let i = 0; i < 20_000; i++) {
      const added = { id: `segment-${nextId++}` as SegmentId, group: 'a', rows: 1, liveRows: 1, bytes: 1500, documentBytes: 0 };
      const result = mergeAll([...segments, added]);
      segments = result.merged;
      rowsMerged += result.rowsMerged;
      most = Math.max(most, segments.length);
    }
    expect(rowsMerged / 20_000).toBeLessThan(8);
    expect(most).toBeLessThanOrEqual(18 + Math.ceil(20_000 / 1024));
  });

  it('names what it merges in the order given', () => {
    const sizes = [9, 3, 7, 5];
    const candidates = sizes.map((rows, i) => ({ id: `s${i}` as SegmentId, group: 'a', rows, liveRows: rows, bytes: 100 * rows, documentBytes: 10 }));
    expect(planMerge(candidates.map((candidate) => ({ ...candidate, rows: 5, liveRows: 5 })))).toEqual(['s0', 's1', 's2', 's3']);
  });

  it('leaves a few segments alone', () => {
    expect(planMerge([])).toBeUndefined();
    expect(planMerge([{ id: 's' as SegmentId, group: 'a', rows: 8, liveRows: 7, bytes: 10, documentBytes: 10 }])).toBeUndefined();
  });
});
