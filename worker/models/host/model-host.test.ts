import { describe, expect, it } from 'vitest';
import { nothingInService } from './in-service.ts';
import { createHostWorld, embedder, generator, type Tab } from './test-host/host-world.ts';

async function openReady(tab: Promise<Tab>): Promise<Tab> {
  const opened = await tab;
  await opened.until(() => opened.state().models.length > 0);
  return opened;
}

const writeAll = async (tab: Tab): Promise<string> => {
  let text = '';
  const model = tab.models.linked(tab.served().models.generate!);
  for await (const piece of model.stream('generate', { messages: [], maxTokens: 9 })) text += piece;
  return text;
};

describe('the models of an origin', () => {
  it('lists what the server offers, with what it would take', async () => {
    const { open } = createHostWorld();
    const tab = await openReady(open('a'));
    expect(tab.state()).toMatchObject({ canAskHub: false, device: { cores: 2 } });
    expect(tab.state().models).toMatchObject([
      { key: embedder.key, task: 'embed', phase: 'available', source: 'same-origin', dtype: 'q8', storedBytes: 0, isChosen: false },
      { key: generator.key, task: 'generate', phase: 'available', trust: 'able' },
    ]);
  });

  it('installs a model for its device, chooses it where none was chosen, and puts it in service', async () => {
    const { open, world } = createHostWorld();
    const tab = await openReady(open('a'));
    await tab.models.installModel(embedder.key);
    await tab.until(() => tab.served().models.embed !== undefined);
    expect(tab.state().models[0]).toMatchObject({ phase: 'ready', isChosen: true, running: { speed: { value: 50, unit: 'passages/s' }, profile: { device: 'wasm', dtype: 'q8' } } });
    expect(world.requests.some(({ url }) => url.includes('fp16'))).toBe(false);
  });

  it('shares one model among all tabs, and hands it over when the tab that has it ends', async () => {
    const { open, world } = createHostWorld();
    const [first, second] = [await openReady(open('a')), await openReady(open('b'))];
    await second.models.installModel(embedder.key);
    await second.until(() => second.served().models.embed !== undefined);
    const model = second.models.linked(second.served().models.embed!);
    expect(await model.call('embed', [['four', 'longer'], 'query'])).toEqual(Float32Array.from([4, 6]));
    expect(world.starts).toEqual([embedder.key]);
    first.kill();
    expect(await model.call('embed', [['after'], 'query'])).toEqual(Float32Array.from([5]));
    expect(world.starts).toEqual([embedder.key, embedder.key]);
  });

  it('streams a text to any tab, and work in the background waits meanwhile', async () => {
    const { open, world } = createHostWorld();
    const [first, second] = [await openReady(open('a')), await openReady(open('b'))];
    await first.models.installModel(generator.key);
    await second.until(() => second.served().models.generate !== undefined && second.served().models.generate!.speed > 0);
    expect(await writeAll(second)).toBe('One two three.');
    let isFree = false;
    world.beforeWord = async () => {
      isFree = await Promise.race([first.gate.whenFree().then(() => true), new Promise<false>((resolve) => setTimeout(() => resolve(false), 5))]);
    };
    await writeAll(first);
    expect(isFree).toBe(false);
    await first.gate.whenFree();
  });

  it('says why a model does not start, keeps its files, and tries again when asked', async () => {
    const { open, world } = createHostWorld();
    world.broken.add(embedder.key);
    const tab = await openReady(open('a'));
    await tab.models.installModel(embedder.key);
    await tab.until(() => tab.phaseOf(embedder.key) === 'failed');
    expect(tab.state().models[0]).toMatchObject({ error: { code: 'model/failed' }, isChosen: true });
    expect(tab.state().models[0]!.storedBytes).toBeGreaterThan(5000);
    expect(tab.served()).toEqual({ models: {}, chosen: ['embed'], starting: [], failed: ['embed'] });
    world.broken.clear();
    await tab.models.retryModel(embedder.key);
    await tab.until(() => tab.phaseOf(embedder.key) === 'ready');
  });

  it('goes back to what needs no model when one is put away or removed', async () => {
    const { open } = createHostWorld();
    const tab = await openReady(open('a'));
    await tab.models.installModel(embedder.key);
    await tab.until(() => tab.served().models.embed !== undefined);
    await tab.models.chooseModel('embed', undefined);
    await tab.until(() => tab.served().chosen.length === 0);
    expect(tab.phaseOf(embedder.key)).toBe('installed');
    await tab.models.chooseModel('embed', embedder.key);
    await tab.until(() => tab.served().models.embed !== undefined);
    await tab.models.removeModel(embedder.key);
    await tab.until(() => tab.phaseOf(embedder.key) === 'available');
    expect(tab.served()).toEqual(nothingInService);
  });

  it('pauses a download, and goes on where it stopped', async () => {
    let letGo: () => void = () => undefined;
    const held = new Promise<undefined>((resolve) => (letGo = () => resolve(undefined)));
    const { open } = createHostWorld((url) => (url.pathname.endsWith('quantized.onnx') ? (held as Promise<never>) : undefined));
    const tab = await openReady(open('a'));
    await tab.models.installModel(embedder.key);
    await tab.until(() => tab.phaseOf(embedder.key) === 'downloading');
    await tab.models.pauseModel(embedder.key);
    await tab.until(() => tab.phaseOf(embedder.key) === 'paused');
    letGo();
    await tab.models.installModel(embedder.key);
    await tab.until(() => tab.phaseOf(embedder.key) === 'ready');
    expect(tab.state().models[0]).not.toHaveProperty('progress');
  });

  it('goes on with a download that a crash cut off, and not with one that was paused', async () => {
    let isCrashed = false;
    const hangs = (url: URL): boolean => url.pathname.endsWith('.onnx') && !isCrashed;
    const { open } = createHostWorld((url) => (hangs(url) ? new Promise<never>(() => undefined) : undefined));
    const tab = await openReady(open('a'));
    await tab.models.installModel(embedder.key);
    await tab.models.installModel(generator.key);
    await tab.models.pauseModel(generator.key);
    await tab.until(() => tab.phaseOf(generator.key) === 'paused' && tab.phaseOf(embedder.key) === 'downloading');
    isCrashed = true;
    tab.kill();
    const next = await openReady(open('b'));
    await next.until(() => next.phaseOf(embedder.key) === 'ready');
    expect(next.phaseOf(generator.key)).toBe('paused');
  });

  it('names what is not there', async () => {
    const { open } = createHostWorld();
    const tab = await openReady(open('a'));
    await expect(tab.models.installModel('no/such@model' as never)).rejects.toMatchObject({ code: 'not-found' });
    await expect(tab.models.chooseModel('generate', embedder.key)).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('does not offer what nobody serves, but knows it among the files of a person', async () => {
    const { open, world } = createHostWorld();
    world.served = { hub: null, models: [generator.manifest] };
    world.builtIn = [embedder.manifest];
    const tab = await openReady(open('a'));
    expect(tab.state().models.map(({ key }) => key)).toEqual([generator.key]);
    const files = [...embedder.content].map(([path, bytes]) => ({ name: path.split('/').at(-1)!, path: `small/${path}`, file: new Blob([bytes.slice()]) }));
    expect(await tab.models.importModels(files)).toEqual([embedder.key]);
    await tab.until(() => tab.phaseOf(embedder.key) === 'ready');
    expect(tab.state().models.find(({ key }) => key === embedder.key)).toMatchObject({ source: 'files', isChosen: true });
  });

  it('knows what is stored without a server', async () => {
    const { open, world } = createHostWorld();
    const tab = await openReady(open('a'));
    await tab.models.installModel(embedder.key);
    await tab.until(() => tab.served().models.embed !== undefined);
    tab.kill();
    world.served = undefined;
    const next = await openReady(open('b'));
    await next.until(() => next.served().models.embed !== undefined);
    expect(next.state()).toMatchObject({ canAskHub: true, models: [{ key: embedder.key, phase: 'ready' }] });
  });
});
