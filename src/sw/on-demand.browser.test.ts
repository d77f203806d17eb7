import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ortVersion } from '../../worker/models/runtime-versions.ts';
import { carryOnDemandOver, dropOldOnDemand, isOnDemand, keepOnDemand, matchOnDemand } from './on-demand.ts';

const first = ['/ort/1/plain.wasm', '/ort/1/jspi.wasm', '/assets/engines/transformers-11111111.js'];
const second = ['/ort/2/plain.wasm', '/ort/2/jspi.wasm', '/assets/engines/transformers-22222222.js'];
const third = ['/ort/2/plain.wasm', '/ort/2/jspi.wasm', '/assets/engines/transformers-33333333.js'];

const request = (path: string) => new Request(new URL(path, location.href));
const keep = (path: string, text = path, status = 200) => keepOnDemand(request(path), new Response(text, { status }));
const isKept = async (path: string) => (await matchOnDemand(request(path))) !== undefined;
const clear = () => caches.delete('alcove-on-demand');

beforeEach(clear);
afterEach(clear);

describe('files that are kept when they are first used', () => {
  it.each([['/ort/1/a.wasm', true], ['/assets/engines/a-12345678.js', true], ['/assets/main-12345678.js', false], ['/models/a/b/resolve/main/ort/x', false]])(
    '%s is one of them: %s',
    (path, expected) => {
      expect(isOnDemand(path)).toBe(expected);
    },
  );

  it('come from what is kept, and only whole answers are', async () => {
    expect(await isKept('/ort/1/plain.wasm')).toBe(false);
    await keep('/ort/1/plain.wasm', 'part', 404);
    expect(await isKept('/ort/1/plain.wasm')).toBe(false);
    await keep('/ort/1/plain.wasm', 'whole');
    expect(await (await matchOnDemand(request('/ort/1/plain.wasm')))?.text()).toBe('whole');
  });

  it('stay for the tab of one earlier build, and go with the next', async () => {
    for (const path of [...first.slice(0, 1), ...first.slice(2)]) await keep(path);
    await dropOldOnDemand(first);
    await keep(second[2] ?? '');
    await dropOldOnDemand(second);
    expect(await Promise.all([...first, ...second].map(isKept))).toEqual([true, false, true, false, false, true]);
    await dropOldOnDemand(third);
    expect(await Promise.all([...first, ...second].map(isKept))).toEqual([false, false, false, false, false, true]);
  });

  it('are fetched anew for a new build where the last one had used them, and no others are', async () => {
    // The test's own server has the real files; these stand for a build of the same kind.
    const script = `/ort/${ortVersion}/ort-wasm-simd-threaded.mjs`;
    await keep('/ort/0.0.1/ort-wasm-simd-threaded.mjs', 'old');
    await carryOnDemandOver([script, `/ort/${ortVersion}/ort-wasm-simd-threaded.jspi.mjs`, '/assets/engines/other-12345678.js']);
    expect(await isKept(script)).toBe(true);
    expect(await isKept(`/ort/${ortVersion}/ort-wasm-simd-threaded.jspi.mjs`)).toBe(false);
  });

  it('hold an update back that cannot have them all', async () => {
    await keep('/ort/1/gone.wasm');
    await expect(carryOnDemandOver([`/ort/${ortVersion}/gone.wasm`])).rejects.toThrowError(TypeError);
  });
});
