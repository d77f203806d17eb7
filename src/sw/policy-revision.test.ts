import { describe, expect, it } from 'vitest';
import { withPolicy } from './policy-revision.ts';

const entries = [
  { url: '/index.html', revision: 'abc' },
  { url: '/assets/main-12345678.js', revision: null },
  { url: '/icons/alcove.svg', revision: 'def' },
];

describe('the revisions of files under a policy', () => {
  it('stay as they are under the usual one', () => {
    expect(withPolicy(entries, undefined)).toEqual(entries);
  });

  it('change for pages and scripts alone under another', () => {
    expect(withPolicy(entries, 'p1')).toEqual([
      { url: '/index.html', revision: 'abc.p1' },
      { url: '/assets/main-12345678.js', revision: '.p1' },
      { url: '/icons/alcove.svg', revision: 'def' },
    ]);
  });
});
