import type { Passage } from '../../document/passage.ts';
import type { DocumentId, ProfileId } from '../../ids.ts';
import { buildSegments, type DocumentToStore } from '../build-segment.ts';
import { canonicalJson } from '../canonical-json.ts';
import { mergeSegments, type MergeInput } from '../merge-segments.ts';
import { sha256OfText } from '../sha256.ts';
import { withDeleted } from '../tombstones.ts';
import { encodeVecPart } from '../vec-part.ts';

/** What the golden files of docs/segment-format.md hold, as values. */
export const goldenProfile = '0123456789abcdef'.repeat(4) as ProfileId;
export const goldenDims = 3;
/** Row 2 is a zero vector: a text in which the model knows no word. */
export const goldenVectors = Float32Array.of(1, 0, 0, 0.6, -0.8, 0, 0, 0, 0, 0.5, 0.5, -0.7);
/** Row that is deleted before the merge. */
export const goldenDeletedRow = 1;

const letters: Passage[] = [
  {
    document: 'letters' as DocumentId,
    ordinal: 0,
    start: 0,
    text: 'Dear Ada,\nthe engine works. ',
    headings: [],
    blocks: [{ at: 0, kind: 'paragraph', anchor: { page: 1 } }],
  },
  {
    document: 'letters' as DocumentId,
    ordinal: 1,
    start: 28,
    text: 'It counts to 42, \u{1f600} and 北京 too.',
    headings: ['Letters', '“Second”'],
    blocks: [
      { at: 0, kind: 'list-item', level: 2 },
      { at: 17, kind: 'table-row', anchor: { path: 'body/2/0' }, header: 'city | state' },
    ],
  },
  {
    document: 'letters' as DocumentId,
    ordinal: 2,
    start: 59,
    text: '---',
    headings: ['Letters'],
    blocks: [{ at: 0, kind: 'paragraph' }],
  },
];
const notes: Passage[] = [
  { document: 'notes' as DocumentId, ordinal: 0, start: 0, text: 'engine engine engine', headings: [], blocks: [{ at: 0, kind: 'code' }] },
];

export async function goldenDocuments(): Promise<DocumentToStore[]> {
  const common = { language: 'en', addedAt: '2024-05-03T10:00:00.000Z' };
  return [
    {
      document: {
        ...common, id: 'letters' as DocumentId, title: 'Letters', type: 'pdf', bytes: 1234, characters: 62, path: 'post/letters.pdf',
        sha256: await sha256OfText('letters'), pageStarts: [0, 28], coverage: { pages: 3, unreadPages: [3] },
      },
      passages: letters,
      terms: [new Map([['dear', 1], ['ada', 1], ['engin', 1], ['work', 1]]), new Map([['count', 1], ['42', 1], ['北京', 1]]), new Map()],
    },
    {
      document: { ...common, id: 'notes' as DocumentId, title: 'Notes', type: 'code', bytes: 20, characters: 20, sha256: await sha256OfText('notes') },
      passages: notes,
      terms: [new Map([['engin', 3]])],
    },
  ];
}

/** The golden files by name: a segment with its vectors, and what merging gives once one row is deleted. */
export async function makeGoldenFiles(): Promise<Map<string, Uint8Array>> {
  const [segment] = await buildSegments(await goldenDocuments(), { analyzer: 'golden-1' });
  if (!segment) throw new Error('the golden documents gave no segment');
  const vec = encodeVecPart(goldenVectors, goldenDims, goldenProfile);
  const tombstones = withDeleted(undefined, segment.manifest.rows, [goldenDeletedRow]);
  const input: MergeInput = { ...segment, tombstones, vec: new Map([[goldenProfile, vec]]) };
  const merged = await mergeSegments([input]);
  if (!merged) throw new Error('the golden merge gave no segment');
  return new Map([...filesOf('plain', { ...segment, vec: input.vec }), ...filesOf('merged', { ...merged.segment, vec: merged.vec })]);
}

function filesOf(name: string, { manifest, txt, kw, vec }: MergeInput): [string, Uint8Array][] {
  return [
    [`${name}.manifest.json`, new TextEncoder().encode(canonicalJson(manifest))],
    [`${name}.txt.gz`, txt],
    [`${name}.kw`, kw],
    [`${name}.vec`, vec.get(goldenProfile) ?? new Uint8Array(0)],
  ];
}
