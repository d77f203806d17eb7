import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { CorpusId, DocumentId, ProfileId, SegmentId } from '../ids.ts';
import type { DocumentInfo, SegmentManifest, SegmentRef } from '../segment/segment-manifest.ts';
import type { CorpusHead } from '../store/corpus-store.ts';
import { countPassages, segmentsHolding, withDocumentReplaced, withDocumentsRestored, withoutDeadSegments, withoutDocuments, withVectors } from './head-edits.ts';

const profile = 'p' as ProfileId;
const empty: CorpusHead = { corpus: 'c' as CorpusId, name: 'C', seq: 1, segments: [] };
const manifests = new Map<SegmentId, SegmentManifest>();

/** A segment of one version of one document. */
function segmentOf(document: number, version: number): SegmentRef {
  const id = `s${document}.${version}` as SegmentId;
  const rows = 1 + ((document + version) % 11);
  const info = { id: `d${document}` as DocumentId } as DocumentInfo;
  manifests.set(id, { rows, documents: [{ document: info, firstRow: 0, rows, firstOrdinal: 0 }] } as unknown as SegmentManifest);
  return { id, rows, vec: {} };
}

const counts = (head: CorpusHead) => Object.fromEntries(Array.from(countPassages(head, manifests, profile), ([id, { passages }]) => [id, passages]));
const one = (document: number) => new Set([`d${document}` as DocumentId]);

const edit = fc.record({ kind: fc.constantFrom('replace', 'remove', 'remove and undo', 'drop dead'), document: fc.nat(5), version: fc.nat(3) });

it('any sequence of edits holds the same documents as a plain list of them', () => {
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 40 }), (edits) => {
      let head = empty;
      const model = new Map<string, number>();
      for (const { kind, document, version } of edits) {
        const seq = head.seq;
        if (kind === 'replace') {
          const ref = segmentOf(document, version);
          head = withDocumentReplaced(head, manifests, `d${document}` as DocumentId, [ref]);
          model.set(`d${document}`, ref.rows);
        } else if (kind === 'drop dead') {
          head = withoutDeadSegments(head);
        } else {
          const holding = new Set(segmentsHolding(head, manifests, one(document)));
          head = withoutDocuments(head, manifests, one(document));
          if (kind === 'remove') model.delete(`d${document}`);
          else head = withDocumentsRestored(head, manifests, one(document), holding);
        }
        expect(head.seq).toBeGreaterThanOrEqual(seq);
        expect(counts(head)).toEqual(Object.fromEntries(model));
        expect(new Set(head.segments.map((ref) => ref.id)).size).toBe(head.segments.length);
      }
    }),
  );
});

it('replacing a document with the same segments again changes nothing and keeps its vectors', () => {
  const ref = segmentOf(1, 1);
  const once = withDocumentReplaced(empty, manifests, 'd1' as DocumentId, [ref]);
  const embedded = withVectors(once, profile, new Map([[ref.id, { sha256: 'h' as never, bytes: 1 }]]));
  const twice = withDocumentReplaced(embedded, manifests, 'd1' as DocumentId, [ref]);
  expect(twice).toEqual({ ...embedded, seq: embedded.seq + 1 });
  expect(countPassages(twice, manifests, profile).get('d1' as DocumentId)).toEqual({ passages: ref.rows, byMeaning: ref.rows });
});

it('older heads are left as they were', () => {
  const before = withDocumentReplaced(empty, manifests, 'd2' as DocumentId, [segmentOf(2, 0)]);
  const copy = structuredClone(before);
  withoutDocuments(before, manifests, one(2));
  expect(before).toEqual(copy);
});
