import { describe, expect, it } from 'vitest';
import type { RequestRecord } from '../../offline/request-ledger.ts';
import { countHub, countSending, groupRequests, purposeOf } from './request-purposes.ts';

const origin = 'https://alcove.test';
const record = (at: number, url: string, change: Partial<RequestRecord> = {}): RequestRecord => ({ at, url, method: 'GET', outcome: 'network', ...change });

describe('the requests of the ledger', () => {
  it('are named by what they were for, those of one occasion together', () => {
    const groups = groupRequests([
      record(500_000, `${origin}/assets/index-Ab12.js`, { outcome: 'cache' }),
      record(100_300, `${origin}/samples/samples.json`),
      record(100_200, `${origin}/models/alcove/static-en-v1/vectors.bin`),
      record(100_100, `${origin}/assets/index-Ab12.js`),
      record(100_000, `${origin}/`),
      record(90_000, 'https://else.test/a', { outcome: 'blocked' }),
    ], origin);
    expect(groups).toEqual([
      { at: 500_000, purpose: 'app', host: '', outcome: 'cache', count: 1 },
      { at: 100_300, purpose: 'samples', host: '', outcome: 'network', count: 1 },
      { at: 100_200, purpose: 'built-in', host: '', outcome: 'network', count: 1 },
      { at: 100_100, purpose: 'app', host: '', outcome: 'network', count: 2 },
      { at: 90_000, purpose: 'other', host: 'else.test', outcome: 'blocked', count: 1 },
    ]);
  });

  it('tell models, what runs them and the hub apart', () => {
    const purpose = (url: string) => purposeOf({ url }, origin);
    expect(purpose(`${origin}/models/HuggingFaceTB/SmolLM2-135M-Instruct/resolve/main/config.json`)).toBe('model');
    expect(purpose(`${origin}/ort/1.31.0/ort-wasm-simd-threaded.wasm`)).toBe('runtime');
    expect(purpose(`${origin}/mlc/0.2.86/x.wasm`)).toBe('runtime');
    expect(purpose('https://huggingface.co/a/b/resolve/c/config.json')).toBe('hub');
    expect(purpose('https://cas-bridge.xethub.hf.co/file')).toBe('hub');
    for (const other of ['https://huggingface.co.else.test/a', 'https://nothf.co/a', 'http://huggingface.co/a', 'not an address']) expect(purpose(other)).toBe('other');
  });

  it('count what went to the hub for itself, unless it had a body', () => {
    const hub = record(1, 'https://huggingface.co/a/b/resolve/c/config.json');
    expect([countHub([hub], origin), countSending([hub], origin)]).toEqual([1, 0]);
    const posted = { ...hub, method: 'POST' };
    expect([countHub([posted], origin), countSending([posted], origin)]).toEqual([0, 1]);
  });

  it('sent nothing unless one had a body or reached another site', () => {
    expect(countSending([record(1, `${origin}/`), record(2, 'https://else.test/', { outcome: 'blocked' })], origin)).toBe(0);
    expect(countSending([record(1, `${origin}/api`, { method: 'POST' }), record(2, 'https://else.test/?q=text')], origin)).toBe(2);
  });
});
