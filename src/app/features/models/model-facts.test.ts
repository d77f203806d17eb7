import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseModelFacts } from './model-facts.ts';

const folder = resolve(import.meta.dirname, '../../../../public/models/alcove/static-en-v1');

describe('the facts of the bundled model', () => {
  it('are those of its files', () => {
    const facts = parseModelFacts(JSON.parse(readFileSync(resolve(folder, 'config.json'), 'utf8')));
    const onDisk = ['vectors.bin', 'scales.bin'].reduce((sum, name) => sum + readFileSync(resolve(folder, name)).byteLength, 0);
    expect(facts).toMatchObject({ id: 'alcove/static-en-v1', dims: 256, languages: 'English', licence: 'Apache-2.0 AND MIT', weightBytes: onDisk });
  });

  it('are refused when they are incomplete', () => {
    expect(() => parseModelFacts({ id: 'x' })).toThrow('incomplete');
    expect(() => parseModelFacts(null)).toThrow('incomplete');
  });
});
