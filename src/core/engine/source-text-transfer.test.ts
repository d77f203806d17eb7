import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { BlockKind } from '../document/parsed-document.ts';
import type { SourceBlock, SourceText } from './engine-api.ts';
import { packBlocks, sourceTextTransfer, unpackBlocks } from './source-text-transfer.ts';

const kind = fc.constantFrom<BlockKind>('heading', 'paragraph', 'table-row', 'running-head');
const optional = { level: fc.nat(9), header: fc.string({ maxLength: 5 }) };
const blocks = fc.array(fc.record({ at: fc.nat(2 ** 31), kind, ...optional }, { requiredKeys: ['at', 'kind'] }) as fc.Arbitrary<SourceBlock>);

it('gives back the blocks it packed', () => {
  fc.assert(
    fc.property(blocks, (given) => {
      expect(unpackBlocks(packBlocks(given))).toEqual(given);
    }),
  );
});

it('carries a source text over a port whole, and nothing else', () => {
  const sourceText = { source: { id: 'd1' }, text: 'One. Two.', language: 'en', pageStarts: [0], blocks: [{ at: 0, kind: 'paragraph' }] } as unknown as SourceText;
  expect(sourceTextTransfer.canHandle(sourceText)).toBe(true);
  const [wire, transfer] = sourceTextTransfer.serialize(sourceText);
  expect(sourceTextTransfer.deserialize(structuredClone(wire, { transfer }))).toEqual(sourceText);
  for (const other of [null, 'text', { text: 'x', headings: [], blocks: [] }, { kind: 'sources' }]) expect(sourceTextTransfer.canHandle(other)).toBe(false);
});
