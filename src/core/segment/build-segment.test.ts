import { describe, expect, it } from 'vitest';
import { buildSegments, type DocumentToStore } from './build-segment.ts';
import { checkManifest, parseManifest } from './check-manifest.ts';
import { openKwPart } from './kw-part.ts';
import { segmentLimits, segmentTargets } from './segment-limits.ts';
import { segmentId } from './segment-id.ts';
import { makeDocument } from './test-data/make-documents.ts';
import { decodeTxtPart } from './txt-part.ts';
import { inspectSegment, verifySegment } from './verify-segment.ts';

const options = { analyzer: 'words-1' };

/** Passages whose terms are so long that only a few fit into one segment. */
function makeLongTerms(passageCount: number, termBytes: number): DocumentToStore {
  const document = makeDocument('long', passageCount);
  return { ...document, terms: document.passages.map((_, i) => new Map([[String(i).repeat(termBytes), 1]])) };
}

describe('building segments', () => {
  it('puts small documents into one sound segment, in order', async () => {
    const documents = [makeDocument('doc-1', 3), makeDocument('doc-2', 5), makeDocument('empty', 0), makeDocument('doc-3', 1)];
    const segments = await buildSegments(documents, options);
    expect(segments).toHaveLength(1);
    for (const segment of segments) {
      await verifySegment(segment);
      inspectSegment(segment);
      expect(parseManifest(JSON.stringify(segment.manifest))).toEqual(segment.manifest);
      expect(segment.manifest.documents.map(({ document, firstRow, rows }) => [document.id, firstRow, rows])).toEqual([
        ['doc-1', 0, 3], ['doc-2', 3, 5], ['doc-3', 8, 1],
      ]);
      expect([...decodeTxtPart({ bytes: segment.txt, members: segment.manifest.txt.members })]).toEqual(documents.flatMap(({ passages }) => passages));
      expect(openKwPart(segment.kw).rows).toBe(9);
    }
  });

  it('gives equal segments for equal input', async () => {
    expect(await buildSegments([makeDocument('doc-1', 30)], options)).toEqual(await buildSegments([makeDocument('doc-1', 30)], options));
    expect(await buildSegments([], options)).toEqual([]);
  });

  it('splits a large document so that no segment has too many rows, and loses none', async () => {
    const document = makeDocument('doc-1', 2 * segmentTargets.rows + 10, 3);
    const segments = await buildSegments([document], options);
    expect(segments.map(({ manifest }) => manifest.rows)).toEqual([segmentTargets.rows, segmentTargets.rows, 10]);
    expect(segments.map(({ manifest }) => manifest.documents.map(({ firstOrdinal }) => firstOrdinal))).toEqual([[0], [2048], [4096]]);
    const passages = segments.flatMap(({ txt, manifest }) => [...decodeTxtPart({ bytes: txt, members: manifest.txt.members })]);
    expect(passages).toEqual(document.passages);
  });

  it('splits where the keywords would be over the limit, down to single passages', async () => {
    const segments = await buildSegments([makeLongTerms(5, 3 * 1024 * 1024)], options);
    expect(segments.map(({ manifest }) => manifest.rows)).toEqual([2, 1, 2]);
    for (const segment of segments) await verifySegment(segment);
    await expect(buildSegments([makeLongTerms(2, segmentLimits.bytes)], options)).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('pauses while it works', async () => {
    let pauses = 0;
    await buildSegments([makeDocument('doc-1', 400, 100)], { ...options, pause: async () => void pauses++ });
    expect(pauses).toBeGreaterThan(5);
  });

  it('refuses what cannot be stored, and cuts what is only long', async () => {
    const document = makeDocument('doc-1', 2);
    await expect(buildSegments([{ ...document, terms: [] }], options)).rejects.toMatchObject({ code: 'invalid-input' });
    const pageStarts = Array.from({ length: 400_000 }, (_, page) => page * 1000);
    await expect(buildSegments([{ ...document, document: { ...document.document, pageStarts } }], options)).rejects.toMatchObject({ code: 'invalid-input' });
    const [segment] = await buildSegments([{ ...document, document: { ...document.document, title: 'x'.repeat(10_000) } }], options);
    expect(checkManifest(segment?.manifest).documents[0]?.document.title).toHaveLength(4096);
  });

  it('starts a new segment when descriptions of documents fill one', async () => {
    const pageStarts = Array.from({ length: 30_000 }, (_, page) => page * 1000);
    const documents = Array.from({ length: 6 }, (_, i) => makeDocument(`doc-${i}`, 1)).map((document) => ({ ...document, document: { ...document.document, pageStarts } }));
    const segments = await buildSegments(documents, options);
    expect(segments.length).toBeGreaterThan(1);
    for (const { manifest } of segments) expect(JSON.stringify(manifest).length).toBeLessThan(segmentLimits.manifestBytes);
  });
});

describe('checking a manifest from outside', () => {
  const corrupt = expect.objectContaining({ code: 'segment/corrupt' }) as unknown;

  it('refuses what is not consistent', async () => {
    const [segment] = await buildSegments([makeDocument('doc-1', 300, 40), makeDocument('doc-2', 5)], options);
    const good = structuredClone(segment?.manifest);
    expect(checkManifest(good)).toEqual(good);
    const breakIt: ((manifest: Record<string, unknown> & NonNullable<typeof good>) => void)[] = [
      (m) => (m.rows += 1),
      (m) => (m.rows = 0),
      (m) => (m.rows = -1),
      (m) => (m.txt.bytes += 1),
      (m) => (m.txt.bytes = segmentLimits.bytes),
      (m) => m.txt.members.pop(),
      (m) => m.txt.members.reverse(),
      (m) => m.documents.reverse(),
      (m) => (m.documents = []),
      (m) => (m.kw.sha256 = m.kw.sha256.toUpperCase() as never),
      (m) => (m.kw.analyzer = 7 as never),
      (m) => (m.documents[0] = { ...m.documents[0], document: null } as never),
      (m) => delete (m as Partial<typeof m>).kw,
      (m) => (m.format = '1' as never),
    ];
    for (const change of breakIt) {
      const manifest = structuredClone(good) as Parameters<typeof change>[0];
      change(manifest);
      expect(() => checkManifest(manifest)).toThrow(corrupt);
    }
  });

  it('tells a later format from a damaged one, and refuses text that is too long before parsing it', () => {
    expect(() => checkManifest({ format: 2 })).toThrow(expect.objectContaining({ code: 'version-not-supported' }));
    expect(() => parseManifest('{')).toThrow(corrupt);
    expect(() => parseManifest(' '.repeat(segmentLimits.manifestBytes + 1))).toThrow(corrupt);
    for (const value of [null, [], 'x', 3, undefined]) expect(() => checkManifest(value)).toThrow(corrupt);
  });

  it('keeps fields that a later program added, since the id is the hash of all', async () => {
    const [segment] = await buildSegments([makeDocument('doc-1', 2)], options);
    const later = { ...segment?.manifest, madeBy: 'a later program' };
    const read = parseManifest(JSON.stringify(later));
    expect(read).toEqual(later);
    expect(await segmentId(read)).not.toBe(segment?.id);
  });
});

describe('inspecting a segment from outside', () => {
  it('finds parts that do not belong to their manifest although hashes match', async () => {
    const [first] = await buildSegments([makeDocument('doc-1', 4)], options);
    const [other] = await buildSegments([makeDocument('doc-2', 4)], options);
    const [longer] = await buildSegments([makeDocument('doc-1', 5)], options);
    const corrupt = expect.objectContaining({ code: 'segment/corrupt' }) as unknown;
    if (!first || !other || !longer) throw new Error('a segment is missing');
    const foreignText = { ...first, txt: other.txt, manifest: { ...first.manifest, txt: other.manifest.txt } };
    expect(() => inspectSegment(foreignText)).toThrow(corrupt);
    expect(() => inspectSegment({ ...first, kw: longer.kw })).toThrow(corrupt);
  });
});
