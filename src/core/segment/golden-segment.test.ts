import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import { quantizeVectors } from '../vectors/quantize-vectors.ts';
import { parseManifest } from './check-manifest.ts';
import { openKwPart } from './kw-part.ts';
import { segmentId } from './segment-id.ts';
import { goldenDeletedRow, goldenDims, goldenDocuments, goldenProfile, goldenVectors, makeGoldenFiles } from './test-data/golden-segment.ts';
import { decodeTxtPart } from './txt-part.ts';
import { openVecPart } from './vec-part.ts';
import { inspectSegment, verifySegment } from './verify-segment.ts';

type Golden = Record<'manifest.json' | 'txt.gz' | 'kw' | 'vec', Uint8Array>;

async function readGolden(name: string): Promise<Golden> {
  const read = async (part: string): Promise<Uint8Array> => new Uint8Array(await readFile(new URL(`fixtures/${name}.${part}`, import.meta.url)));
  return { 'manifest.json': await read('manifest.json'), 'txt.gz': await read('txt.gz'), kw: await read('kw'), vec: await read('vec') };
}

describe('the golden files', () => {
  let plain: Golden;
  let merged: Golden;
  beforeAll(async () => {
    [plain, merged] = [await readGolden('plain'), await readGolden('merged')];
  });

  it('are what this program writes, byte for byte', async () => {
    const written = await makeGoldenFiles();
    expect([...written.keys()].sort()).toEqual(['plain', 'merged'].flatMap((name) => Object.keys(plain).map((part) => `${name}.${part}`)).sort());
    for (const [name, golden] of Object.entries({ plain, merged })) {
      for (const [part, bytes] of Object.entries(golden)) expect(written.get(`${name}.${part}`)).toEqual(bytes);
    }
  });

  it('are sound segments with the ids that the format page states', async () => {
    const ids: string[] = [];
    for (const golden of [plain, merged]) {
      const manifest = parseManifest(new TextDecoder().decode(golden['manifest.json']));
      const segment = { id: await segmentId(manifest), manifest, txt: golden['txt.gz'], kw: golden.kw };
      await verifySegment(segment);
      inspectSegment(segment);
      ids.push(segment.id);
    }
    const page = await readFile(new URL('../../../docs/segment-format.md', import.meta.url), 'utf8');
    for (const id of ids) expect(page).toContain(id);
  });

  it('hold the passages, terms and vectors they were made from', async () => {
    const documents = await goldenDocuments();
    const passages = documents.flatMap((document) => document.passages);
    const terms = documents.flatMap((document) => document.terms);
    const isKept = (_: unknown, row: number): boolean => row !== goldenDeletedRow;
    expect(readAll(plain)).toEqual({ passages, terms: terms.map((row) => new Map(row)) });
    expect(readAll(merged)).toEqual({ passages: passages.filter(isKept), terms: terms.filter(isKept).map((row) => new Map(row)) });
    const { scales, high, low } = quantizeVectors(goldenVectors, goldenDims);
    expect(openVecPart(plain.vec, { profile: goldenProfile, rows: 4 })).toEqual({ dims: goldenDims, rows: 4, scales, high, low, profile: goldenProfile });
    expect(openVecPart(merged.vec).scales).toEqual(scales.filter(isKept));
  });
});

function readAll(golden: Golden): { passages: unknown[]; terms: Map<string, number>[] } {
  const manifest = parseManifest(new TextDecoder().decode(golden['manifest.json']));
  const part = openKwPart(golden.kw);
  const terms = Array.from({ length: part.rows }, () => new Map<string, number>());
  const rows = new Uint32Array(part.rows);
  const frequencies = new Uint32Array(part.rows);
  for (let term = 0; term < part.terms; term++) {
    const count = part.readPostings(term, rows, frequencies);
    for (const [i, row] of rows.subarray(0, count).entries()) terms[row]?.set(part.termAt(term), frequencies.at(i) ?? NaN);
  }
  return { passages: [...decodeTxtPart({ bytes: golden['txt.gz'], members: manifest.txt.members })], terms };
}
