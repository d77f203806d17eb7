import { describe, expect, it } from 'vitest';
import type { RequestRecord } from '../../offline/request-ledger.ts';
import { countSending, groupRequests } from './request-purposes.ts';

const origin = 'https://alcove.test';
const record = (at: number, url: string, change: Partial<RequestRecord> = {}): RequestRecord => ({ at, url, method: 'GET', outcome: 'network', ...change });

describe('the requests of the ledger', () => {
  it('are named by what they were for, those of one occasion together', () => {
    const groups = groupRequests([
      record(500_000, `${origin}/assets/index-Ab12.js`, { outcome: 'cache' }),
      record(100_300, `${origin}/samples/samples.json`),
      record(100_200, `${origin}/models/static/weights.bin`),
      record(100_100, `${origin}/assets/index-Ab12.js`),
      record(100_000, `${origin}/`),
      record(90_000, 'https://else.test/a', { outcome: 'blocked' }),
    ], origin);
    expect(groups).toEqual([
      { at: 500_000, purpose: 'app', host: '', outcome: 'cache', count: 1 },
      { at: 100_300, purpose: 'samples', host: '', outcome: 'network', count: 1 },
      { at: 100_200, purpose: 'model', host: '', outcome: 'network', count: 1 },
      { at: 100_100, purpose: 'app', host: '', outcome: 'network', count: 2 },
      { at: 90_000, purpose: 'other', host: 'else.test', outcome: 'blocked', count: 1 },
    ]);
  });

  it('sent nothing unless one had a body or reached another site', () => {
    expect(countSending([record(1, `${origin}/`), record(2, 'https://else.test/', { outcome: 'blocked' })], origin)).toBe(0);
    expect(countSending([record(1, `${origin}/api`, { method: 'POST' }), record(2, 'https://else.test/?q=text')], origin)).toBe(2);
  });
});
