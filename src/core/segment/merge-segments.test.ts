import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Passage } from '../document/passage.ts';
import type { DocumentId, ProfileId, SegmentId } from '../ids.ts';
import { buildSegments } from './build-segment.ts';
import { openKwPart } from './kw-part.ts';
import { mergeSegments, type MergeInput } from './merge-segments.ts';
import { planMerge, toMergeCandidate } from './plan-merge.ts';
import type { SegmentRef } from './segment-manifest.ts';
import { createRandom, makeDocument } from './test-data/make-documents.ts';
import { isDeleted, withDeleted } from './tombstones.ts';
import { decodeTxtPart } from './txt-part.ts';
import { encodeVecPart, openVecPart } from './vec-part.ts';
import { inspectSegment, verifySegment } from './verify-segment.ts';

const profiles = ['a', 'b'].map((digit) => digit.repeat(64) as ProfileId);
const dims = 5;

/** What a live passage must still be after any number of merges. */
type LiveRow = { passage: Passage; terms: [string, number][]; vectors: number[][] };
type Stored = MergeInput & { id: SegmentId };

async function addDocument(corpus: Stored[], id: string, passageCount: number, seed: number): Promise<Stored[]> {
  const segments = await buildSegments([makeDocument(id, passageCount)], { analyzer: 'words-1' });
  const random = createRandom(seed);
  const added = segments.map(({ id: segment, manifest, txt, kw }): Stored => {
    const vectors = Float32Array.from({ length: manifest.rows * dims }, () => random() - 0.5);
    const vec = new Map(profiles.map((profile) => [profile, encodeVecPart(vectors, dims, profile)]));
    return { id: segment, manifest, txt, kw, vec };
  });
  return [...corpus, ...added];
}

function deleteDocument(corpus: Stored[], id: string): Stored[] {
  return corpus.map((segment) => {
    const dead = segment.manifest.documents
      .filter(({ document }) => document.id === id)
      .flatMap(({ firstRow, rows }) => Array.from({ length: rows }, (_, i) => firstRow + i));
    return { ...segment, tombstones: withDeleted(segment.tombstones, segment.manifest.rows, dead) };
  });
}

async function mergeChosen(corpus: Stored[], chosen: readonly SegmentId[]): Promise<Stored[]> {
  const inputs = corpus.filter(({ id }) => chosen.includes(id));
  const merged = await mergeSegments(inputs);
  const rest = corpus.filter(({ id }) => !chosen.includes(id));
  if (!merged) return rest;
  await verifySegment(merged.segment);
  inspectSegment(merged.segment);
  return [...rest, { ...merged.segment, vec: merged.vec }];
}

function readLive(corpus: Stored[]): LiveRow[] {
  const live = corpus.flatMap((segment) => {
    const passages = [...decodeTxtPart({ bytes: segment.txt, members: segment.manifest.txt.members })];
    const terms = readTerms(segment.kw);
    const planes = [...segment.vec.values()].map((bytes) => openVecPart(bytes));
    return passages.flatMap((passage, row): LiveRow[] => {
      if (isDeleted(segment.tombstones, row)) return [];
      const vectors = planes.map(({ high, low, scales }) => {
        const width = high.length / segment.manifest.rows;
        return [scales.at(row) ?? NaN, ...high.slice(row * width, (row + 1) * width), ...low.slice(row * width, (row + 1) * width)];
      });
      return [{ passage, terms: terms[row] ?? [], vectors }];
    });
  });
  const keyOf = ({ passage }: LiveRow): string => `${passage.document} ${String(passage.ordinal).padStart(6, '0')}`;
  return live.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

function readTerms(kw: Uint8Array): [string, number][][] {
  const part = openKwPart(kw);
  const terms = Array.from({ length: part.rows }, (): [string, number][] => []);
  const rows = new Uint32Array(part.rows);
  const frequencies = new Uint32Array(part.rows);
  for (let term = 0; term < part.terms; term++) {
    const count = part.readPostings(term, rows, frequencies);
    for (const [i, row] of rows.subarray(0, count).entries()) terms[row]?.push([part.termAt(term), frequencies.at(i) ?? NaN]);
  }
  return terms;
}

const toCandidate = ({ id, manifest, tombstones, vec }: Stored) => {
  const ref: SegmentRef = { id, rows: manifest.rows, vec: Object.fromEntries([...vec].map(([profile, bytes]) => [profile, { sha256: id as never, bytes: bytes.length }])) };
  return toMergeCandidate(tombstones ? { ...ref, tombstones } : ref, manifest);
};

type Step = { add: number } | { remove: number } | { merge: boolean[] } | { plan: true };
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ add: fc.integer({ min: 1, max: 9 }) }) },
  { weight: 2, arbitrary: fc.record({ remove: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.record({ merge: fc.array(fc.boolean(), { minLength: 30, maxLength: 30 }) }) },
  { weight: 2, arbitrary: fc.constant({ plan: true as const }) },
);

describe('merging segments', () => {
  it('keeps live passages, their terms and their vectors through any sequence of adding, deleting and merging', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyStep, { minLength: 5, maxLength: 40, size: 'max' }), async (steps) => {
        let corpus: Stored[] = [];
        let model: LiveRow[] = [];
        for (const [i, step] of steps.entries()) {
          if ('add' in step) {
            const before = corpus.length;
            corpus = await addDocument(corpus, `doc-${i}`, step.add, i);
            model = [...model, ...readLive(corpus.slice(before))];
          } else if ('remove' in step) {
            corpus = deleteDocument(corpus, `doc-${step.remove}`);
            model = model.filter(({ passage }) => passage.document !== (`doc-${step.remove}` as DocumentId));
          } else if ('merge' in step) {
            const chosen = corpus.filter((_, place) => step.merge[place]).map(({ id }) => id);
            if (chosen.length > 0) corpus = await mergeChosen(corpus, chosen);
          } else {
            const plan = planMerge(corpus.map(toCandidate));
            if (plan) corpus = await mergeChosen(corpus, plan);
          }
          const live = readLive(corpus);
          expect(live.map(({ passage }) => passage)).toEqual(model.map(({ passage }) => passage).sort(byPlace));
          expect(new Map(live.map((row) => [placeOf(row.passage), row]))).toEqual(new Map(model.map((row) => [placeOf(row.passage), row])));
        }
      }),
      { numRuns: 40 },
    );
  }, 60_000);

  it('gives equal bytes for equal input, and none when nothing lives', async () => {
    const corpus = await addDocument(await addDocument([], 'doc-1', 4, 1), 'doc-2', 5, 2);
    expect(await mergeSegments(corpus)).toEqual(await mergeSegments(corpus));
    expect(await mergeSegments(deleteDocument(deleteDocument(corpus, 'doc-1'), 'doc-2'))).toBeUndefined();
  });

  it('joins the runs of a document that spanned segments, and splits a run that lost rows', async () => {
    const whole = makeDocument('doc-1', 9);
    const halves = [whole.passages.slice(0, 4), whole.passages.slice(4)];
    const inputs: MergeInput[] = [];
    for (const passages of halves) {
      const terms = whole.terms.slice(inputs.length * 4, inputs.length * 4 + passages.length);
      const [segment] = await buildSegments([{ ...whole, passages, terms }], { analyzer: 'words-1' });
      if (segment) inputs.push({ ...segment, vec: new Map() });
    }
    const joined = await mergeSegments(inputs);
    expect(joined?.segment.manifest.documents).toEqual([{ document: whole.document, firstRow: 0, rows: 9, firstOrdinal: 0 }]);
    const split = await mergeSegments(inputs.map((input) => ({ ...input, tombstones: withDeleted(undefined, input.manifest.rows, [1]) })));
    expect(split?.segment.manifest.documents.map(({ firstOrdinal, rows }) => [firstOrdinal, rows])).toEqual([[0, 1], [2, 3], [6, 3]]);
  });

  it('copies well-filled members as they are', async () => {
    const [first] = await buildSegments([makeDocument('doc-1', 200, 100)], { analyzer: 'words-1' });
    const [second] = await buildSegments([makeDocument('doc-2', 200, 100)], { analyzer: 'words-1' });
    const inputs = [first, second].flatMap((segment) => (segment ? [{ ...segment, vec: new Map<ProfileId, Uint8Array>() }] : []));
    const merged = await mergeSegments(inputs);
    const member = first?.manifest.txt.members[1];
    expect(merged?.segment.manifest.txt.members[1]).toEqual(member);
    expect(merged?.segment.txt.slice(0, member?.offset)).toEqual(first?.txt.slice(0, member?.offset));
  });

  it('refuses segments whose vectors or terms mean different things', async () => {
    const corpus = await addDocument(await addDocument([], 'doc-1', 2, 1), 'doc-2', 2, 2);
    const [first, second] = corpus as [Stored, Stored];
    await expect(mergeSegments([first, { ...second, vec: new Map() }])).rejects.toMatchObject({ code: 'invalid-input' });
    const otherTerms = { ...second.manifest, kw: { ...second.manifest.kw, analyzer: 'words-2' } };
    await expect(mergeSegments([first, { ...second, manifest: otherTerms }])).rejects.toMatchObject({ code: 'invalid-input' });
  });
});

const placeOf = ({ document, ordinal }: Passage): string => `${document} ${String(ordinal).padStart(6, '0')}`;
const byPlace = (a: Passage, b: Passage): number => (placeOf(a) < placeOf(b) ? -1 : 1);
