import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Sha256 } from '../ids.ts';
import { profileId, type Profile } from './profile.ts';

const profile: Profile = {
  model: 'alcove/static-en-v1',
  commit: '0123',
  dtype: 'int4',
  pooling: 'weighted-mean',
  queryPrefix: '',
  passagePrefix: '',
  tokenizer: 'ab'.repeat(32) as Sha256,
  chunker: 'test-1',
  dims: 256,
  maxTokens: 8192,
  keywordWeight: 0.8,
  canaries: [],
};

test('a profile id is 64 lowercase hex digits and does not depend on the order of fields', async () => {
  const id = await profileId(profile);
  expect(id).toMatch(/^[0-9a-f]{64}$/);
  const reversed = Object.fromEntries(Object.entries(profile).toReversed()) as Profile;
  expect(await profileId(reversed)).toBe(id);
});

test('canaries do not change the id', async () => {
  const withCanary = { ...profile, canaries: [{ text: 'a', vector: [1] }] };
  expect(await profileId(withCanary)).toBe(await profileId(profile));
});

test('a change of any other field changes the id', async () => {
  const names = (Object.keys(profile) as (keyof Profile)[]).filter((name) => name !== 'canaries');
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...names), async (name) => {
      const value = profile[name];
      const changed = { ...profile, [name]: typeof value === 'number' ? value + 1 : `${JSON.stringify(value)}x` };
      expect(await profileId(changed)).not.toBe(await profileId(profile));
    }),
  );
});
