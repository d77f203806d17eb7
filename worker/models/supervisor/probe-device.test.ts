import { describe, expect, it } from 'vitest';
import { nameBrowser } from './name-browser.ts';
import { probeDevice, type ProbedRealm } from './probe-device.ts';

type Gpu = NonNullable<ProbedRealm['navigator']['gpu']>;
type Adapter = NonNullable<Awaited<ReturnType<Gpu['requestAdapter']>>>;

const adapter = (features: string[], changes: Partial<Adapter['limits']> = {}): Adapter => ({
  info: { vendor: 'intel', architecture: 'gen-12lp', isFallbackAdapter: false },
  features: new Set(features),
  limits: { maxBufferSize: 2 ** 31, maxStorageBufferBindingSize: 2 ** 30, maxComputeWorkgroupStorageSize: 32_768, maxStorageBuffersPerShaderStage: 10, ...changes },
});

const probe = (requestAdapter: Gpu['requestAdapter'], more: Partial<ProbedRealm> = {}) =>
  probeDevice({ crossOriginIsolated: true, navigator: { hardwareConcurrency: 8, deviceMemory: 4, userAgent: 'Chrome/156.0.0.0', gpu: { requestAdapter } }, ...more }, 20);

describe('probeDevice', () => {
  it('gives everything as plain data', async () => {
    const result = await probe(async () => adapter(['shader-f16', 'subgroups']), { LanguageModel: { availability: async () => 'available' } });
    expect(result).toEqual({
      cores: 8, memoryGb: 4, crossOriginIsolated: true, simd: true, jspi: 'Suspending' in WebAssembly, browser: 'Chrome 156', builtInModel: 'available',
      gpu: {
        vendor: 'intel', architecture: 'gen-12lp', isFallback: false, f16: true, subgroups: true,
        maxBufferBytes: 2 ** 31, maxBindingBytes: 2 ** 30, workgroupStorageBytes: 32_768, storageBuffersPerStage: 10,
      },
    });
    expect(structuredClone(result)).toEqual(result);
  });

  it('of two GPUs counts on no more than both have', async () => {
    const { gpu } = await probe(async (options) => (options === undefined ? adapter([], { maxBufferSize: 2 ** 28 }) : adapter(['shader-f16'])));
    expect(gpu).toMatchObject({ f16: false, maxBufferBytes: 2 ** 28, maxBindingBytes: 2 ** 30 });
  });

  it.each<[string, Gpu['requestAdapter']]>([
    ['hangs', () => new Promise(() => undefined)],
    ['rejects', async () => { throw new Error('lost'); }],
    ['throws', () => { throw new Error('not allowed'); }],
    ['is null', async () => null],
    ['is broken', async () => ({}) as Adapter],
    ['is there for one of two requests only', async (options) => (options === undefined ? null : adapter([]))],
  ])('has no GPU where the adapter %s', async (_what, requestAdapter) => {
    expect(await probe(requestAdapter)).not.toHaveProperty('gpu');
  });

  it('knows fallback adapters by their old place and their new', async () => {
    const usual = adapter([]);
    const old = { ...usual, info: { vendor: 'google', architecture: 'swiftshader' }, isFallbackAdapter: true };
    expect((await probe(async () => old)).gpu?.isFallback).toBe(true);
    expect((await probe(async () => ({ ...usual, info: { ...usual.info, isFallbackAdapter: true } }))).gpu?.isFallback).toBe(true);
  });

  it('makes do with a browser that tells nothing', async () => {
    expect(await probeDevice({ navigator: {} }, 20)).toMatchObject({ cores: 1, crossOriginIsolated: false, browser: 'another browser', builtInModel: 'unavailable' });
  });

  it.each([['downloading', 'downloadable'], ['downloadable', 'downloadable'], ['unavailable', 'unavailable'], ['something new', 'unavailable']])(
    'takes a built-in model that is "%s" as %s', async (said, builtInModel) => {
      expect(await probe(async () => null, { LanguageModel: { availability: async () => said } })).toMatchObject({ builtInModel });
    },
  );

  it('takes a built-in model that hangs or fails as unavailable', async () => {
    expect(await probe(async () => null, { LanguageModel: { availability: () => new Promise(() => undefined) } })).toMatchObject({ builtInModel: 'unavailable' });
    expect(await probe(async () => null, { LanguageModel: { availability: async () => { throw new Error('no'); } } })).toMatchObject({ builtInModel: 'unavailable' });
  });
});

it.each([
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36', 'Chrome 156'],
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/156.0.0.0 Safari/537.36', 'Chrome 156'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Safari/537.36 Edg/156.0.1.2', 'Edge 156'],
  ['Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:150.0) Gecko/20100101 Firefox/150.0', 'Firefox 150'],
  ['Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1', 'Safari 26'],
  ['Mozilla/5.0 (Linux; Android 15; SM-S931B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36', 'Samsung Internet 28'],
  ['curl/8', 'another browser'],
])('names the browser of "%s"', (userAgent, name) => expect(nameBrowser(userAgent)).toBe(name));
