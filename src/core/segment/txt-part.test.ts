import { gunzipSync, gzipSync, strToU8 } from 'fflate';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Passage } from '../document/passage.ts';
import type { DocumentId } from '../ids.ts';
import { crc32 } from './crc32.ts';
import { inflateMember } from './gzip-member.ts';
import { decodePassage, encodePassage } from './passage-json.ts';
import { segmentLimits, segmentTargets } from './segment-limits.ts';
import { makeDocument } from './test-data/make-documents.ts';
import { decodeTxtPart, encodeTxtPart, memberBytes, readMember } from './txt-part.ts';

const anyText = fc.string({ unit: 'binary', maxLength: 200 });
const anyPassage: fc.Arbitrary<Passage> = fc.record({
  document: fc.string({ minLength: 1, maxLength: 8 }).map((id) => id as DocumentId),
  ordinal: fc.nat(),
  start: fc.nat(),
  text: anyText,
  headings: fc.array(anyText, { maxLength: 3 }),
  blocks: fc.array(
    fc.record(
      {
        at: fc.nat(),
        kind: fc.constantFrom('heading', 'paragraph', 'table-row', 'sheet'),
        level: fc.nat(9),
        anchor: fc.record({ page: fc.nat(), path: anyText }, { requiredKeys: [] }),
        header: anyText,
      },
      { requiredKeys: ['at', 'kind'] },
    ),
    { maxLength: 3 },
  ),
});

const corrupt = expect.objectContaining({ code: 'segment/corrupt' }) as unknown;

/** A gzip member whose trailer states another length. */
function withStatedLength(member: Uint8Array, length: number): Uint8Array {
  const changed = member.slice();
  new DataView(changed.buffer).setUint32(changed.length - 4, length, true);
  return changed;
}

describe('a txt part', () => {
  it('gives back every passage to the last code unit, lone surrogates included', () => {
    fc.assert(
      fc.property(fc.array(anyPassage, { maxLength: 12 }), (passages) => {
        expect([...decodeTxtPart(encodeTxtPart(passages))]).toEqual(passages);
      }),
    );
    const [passage] = makeDocument('doc', 1).passages;
    const broken = passage && { ...passage, text: 'a\ud800b\n\u2028' };
    expect(broken && decodePassage(encodePassage(broken))).toEqual(broken);
  });

  it('is NDJSON to any gunzip, a passage a line', () => {
    const { passages } = makeDocument('doc', 300, 40);
    const { bytes, members } = encodeTxtPart(passages);
    const text = members.map((member) => new TextDecoder().decode(gunzipSync(memberBytes(bytes, member)))).join('');
    expect(text.trimEnd().split('\n').map((line) => JSON.parse(line) as Passage)).toEqual(passages);
  });

  it('has members that cover it in order, each small', () => {
    const { passages } = makeDocument('doc', 400, 100);
    const { bytes, members } = encodeTxtPart(passages);
    expect(members.length).toBeGreaterThan(3);
    let [offset, row] = [0, 0];
    for (const member of members) {
      expect([member.offset, member.firstRow]).toEqual([offset, row]);
      expect(inflateMember(memberBytes(bytes, member)).length).toBeLessThan(2 * segmentTargets.memberTextBytes);
      offset += member.bytes;
      row += member.rows;
    }
    expect([offset, row]).toEqual([bytes.length, passages.length]);
  });

  it('does not depend on the order of keys in a passage, nor on the time', () => {
    const { passages } = makeDocument('doc', 30);
    const shuffled = passages.map((passage) => Object.fromEntries(Object.entries(passage).reverse()) as Passage);
    expect(encodeTxtPart(shuffled)).toEqual(encodeTxtPart(passages));
    expect(encodeTxtPart(passages).bytes.slice(0, 10)).toEqual(Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3));
  });

  it('refuses a passage that no member can hold', () => {
    const [passage] = makeDocument('doc', 1).passages;
    const huge = passage ? [{ ...passage, text: 'x'.repeat(segmentLimits.memberTextBytes) }] : [];
    expect(() => encodeTxtPart(huge)).toThrow(expect.objectContaining({ code: 'invalid-input' }));
  });

  it('keeps a long passage out of a member it would overfill', () => {
    const [passage] = makeDocument('doc', 1).passages;
    const long = passage ? [passage, { ...passage, text: 'x'.repeat(segmentLimits.memberTextBytes - 250) }, passage] : [];
    const part = encodeTxtPart(long);
    expect(part.members.map(({ rows }) => rows)).toEqual([1, 1, 1]);
    expect([...decodeTxtPart(part)]).toEqual(long);
  });
});

describe('damaged or hostile members', () => {
  const lines = makeDocument('doc', 20).passages.map((passage) => `${encodePassage(passage)}\n`).join('');
  const member = gzipSync(strToU8(lines), { mtime: 0 });

  /** What a reader makes of the bytes: the lines, or the name of the failure. */
  const read = (bytes: Uint8Array) => {
    try {
      return readMember(bytes, 20).join('');
    } catch (error) {
      return (error as { code?: string }).code;
    }
  };

  it('are refused whatever byte is changed, or read right where the byte means nothing, and refused wherever they are cut', () => {
    const intact = read(member);
    fc.assert(
      fc.property(fc.nat(member.length - 1), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const bytes = member.slice();
        bytes[at] = (bytes.at(at) ?? 0) ^ flip;
        // Time, extra flags, operating system and the bits that fill up the last byte of the stream carry no meaning.
        expect(['segment/corrupt', intact]).toContain(read(bytes));
      }),
      { numRuns: 400 },
    );
    fc.assert(
      fc.property(fc.nat(member.length - 1), (length) => {
        expect(() => readMember(member.slice(0, length), 20)).toThrow(corrupt);
      }),
    );
  });

  it('never make a larger buffer than the limit, whatever they claim or hold', () => {
    const bomb = gzipSync(new Uint8Array(64 * 1024 * 1024), { mtime: 0, level: 9 });
    for (const length of [64 * 1024 * 1024, segmentLimits.memberTextBytes, 100, 0]) {
      expect(() => inflateMember(withStatedLength(bomb, length))).toThrow(corrupt);
    }
    expect(() => inflateMember(withStatedLength(member, 0xffff_ffff))).toThrow(corrupt);
    const shorter = withStatedLength(member, 100);
    new DataView(shorter.buffer).setUint32(shorter.length - 8, crc32(strToU8(lines.slice(0, 100))), true);
    expect(() => inflateMember(shorter)).toThrow(corrupt);
    expect(() => inflateMember(withStatedLength(gzipSync(strToU8('x')), segmentLimits.memberTextBytes))).toThrow(corrupt);
  });

  it('are refused when their lines are not the passages expected', () => {
    expect(() => readMember(member, 19)).toThrow(corrupt);
    expect(() => readMember(gzipSync(strToU8('no line feed')), 1)).toThrow(corrupt);
    expect(() => readMember(gzipSync(Uint8Array.of(0xff, 0xfe, 10)), 1)).toThrow(corrupt);
    const [good] = makeDocument('doc', 1).passages;
    const wrong: unknown[] = [
      [], null, {}, { ...good, ordinal: -1 }, { ...good, ordinal: '1' }, { ...good, text: 7 }, { ...good, headings: [1] },
      { ...good, blocks: [{ at: 0, kind: 'script' }] }, { ...good, blocks: [{ at: 0.5, kind: 'code' }] }, { ...good, blocks: [null] },
      { ...good, blocks: [{ at: 0, kind: 'code', anchor: { page: 'x' } }] },
    ];
    for (const value of wrong) expect(() => decodePassage(JSON.stringify(value))).toThrow(corrupt);
    expect(() => decodePassage('{')).toThrow(corrupt);
  });

  it('give no more than the fields of a passage', () => {
    const [good] = makeDocument('doc', 1).passages;
    const extra = { ...good, script: 'x', __proto__: { polluted: true } };
    expect(decodePassage(JSON.stringify(extra).replace('"script"', '"__proto__"'))).toEqual(good);
  });
});
