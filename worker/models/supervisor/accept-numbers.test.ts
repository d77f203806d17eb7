import { expect, it } from 'vitest';
import type { ModelDtype } from '#core/models/model-manifest.ts';
import { acceptNumbers } from './accept-numbers.ts';

const accepts = (dtype: ModelDtype, worst: number | undefined): boolean => {
  try {
    acceptNumbers('embed', dtype, worst);
    return true;
  } catch {
    return false;
  }
};

it('holds whole and half floats to 0.999 and integers to 0.97', () => {
  expect([accepts('fp32', 0.9991), accepts('fp32', 0.9989), accepts('fp16', 0.9991), accepts('fp16', 0.998)]).toEqual([true, false, true, false]);
  expect([accepts('q8', 0.971), accepts('q8', 0.969), accepts('q4', 0.969)]).toEqual([true, false, false]);
});

it('takes a text that begins as it must and refuses one that does not', () => {
  expect(() => acceptNumbers('generate', 'q8', 0.6)).not.toThrow();
  expect(() => acceptNumbers('generate', 'q8', 0.1)).toThrow(/golden/);
});

it('refuses what is no number, and takes a service\'s word where there is nothing to compare', () => {
  expect([accepts('q8', Number.NaN), accepts('q8', Number.POSITIVE_INFINITY), accepts('q8', undefined)]).toEqual([false, false, true]);
  expect(() => acceptNumbers('rerank', 'q8', Number.NaN)).toThrow(/golden/);
  expect(() => acceptNumbers('rerank', 'q8', 0.05)).not.toThrow();
});
