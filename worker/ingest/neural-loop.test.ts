import { describe, expect, it } from 'vitest';
import { countVectors } from '#core/engine/head-edits.ts';
import { AppError } from '#core/errors/app-error.ts';
import type { CorpusId, ProfileId } from '#core/ids.ts';
import { createCorpusSearcher } from '#core/search/corpus-searcher.ts';
import { profileId } from '#core/segment/profile.ts';
import { MemoryVectorIndex } from '#core/vectors/memory-vector-index.ts';
import { WorkGate } from '../models/work-gate.ts';
import { createHeadEditor } from '../store/head-editor.ts';
import { createTidying } from '../store/tidy-corpora.ts';
import { createFakeNeuralEmbedder, type FakeNeuralEmbedder } from '../test-engine/fake-neural-embedder.ts';
import { createCountingEmbedder, createLibrary, createTestWorld, textFile, type TestDatabase } from '../test-engine/test-world.ts';
import { createEmbeddingCache } from './embedding-cache.ts';
import { NeuralLoop, type NeuralLoopDeps, type NeuralProgress } from './neural-loop.ts';

const topics = ['lanterns', 'bridges', 'violins', 'glaciers'];
const essay = (topic: string) => Array.from({ length: 40 }, (_, n) => `Paragraph ${n} about ${topic}: the ${topic} number ${n} stands in cabinet ${n * 7}. ${'It was counted again in spring. '.repeat(8)}`).join('\n\n');
const firstProfile = await profileId((await createCountingEmbedder()).profile);

type World = ReturnType<typeof createTestWorld>;

/** A world with a collection of four essays whose passages have the bundled vectors. */
async function createReadWorld(): Promise<{ world: World; collection: CorpusId; passages: number }> {
  const world = createTestWorld();
  const { engine, untilIdle, kill, store } = await world.open();
  const collection = await createLibrary(engine);
  await engine.addFiles(topics.map((topic) => textFile(`${topic}.txt`, essay(topic))), collection);
  await untilIdle();
  const { total } = countVectors(await store.readHeads(), firstProfile);
  kill();
  return { world, collection, passages: total };
}

type Rig = TestDatabase & { loop: NeuralLoop; progress: (NeuralProgress | undefined)[]; troubles: unknown[]; modelTroubles: unknown[]; setPaused: (value: boolean) => void; until: (condition: () => boolean | Promise<boolean>) => Promise<void> };

/** The loop over a world's database, running. */
async function startLoop(world: World, options: { dieAtWrite?: number } & Partial<NeuralLoopDeps> = {}): Promise<Rig> {
  const opened = await world.openDatabase(options);
  const { database, store } = opened;
  const [progress, troubles, modelTroubles]: [(NeuralProgress | undefined)[], unknown[], unknown[]] = [[], [], []];
  let isPaused = false;
  const editor = createHeadEditor(store, () => loop.wake());
  const tidying = createTidying({ database, store, editor, profile: firstProfile, graceMs: 1e9, onTrouble: (thrown) => troubles.push(thrown) });
  const loop: NeuralLoop = new NeuralLoop({
    store, editor, firstProfile,
    openCache: (profile) => createEmbeddingCache(database, profile, () => Date.now()),
    settings: { isPaused: async () => isPaused, halt: async () => void (isPaused = true), unhalt: () => undefined, setPaused: async () => undefined, keepsOriginals: async () => true, setKeepsOriginals: async () => undefined },
    now: () => Date.now(),
    onRound: (corpus) => tidying.tidy(corpus),
    onProgress: (next) => progress.push(next),
    onTrouble: (thrown) => troubles.push(thrown),
    onModelTrouble: (thrown) => modelTroubles.push(thrown),
    ...options,
  });
  loop.run().catch((thrown: unknown) => troubles.push(thrown));
  const until: Rig['until'] = async (condition) => {
    while (!(await condition())) await new Promise((resolve) => setTimeout(resolve, 2));
  };
  const setPaused = (value: boolean): void => {
    isPaused = value;
    loop.interrupt();
    loop.wake();
  };
  return { ...opened, loop, progress, troubles, modelTroubles, setPaused, until };
}

const isComplete = async ({ store }: Rig, profile: ProfileId): Promise<boolean> => {
  const { done, total } = countVectors(await store.readHeads(), profile);
  return done === total;
};

/** Search finds the right passages with the embedder set, by whichever profile. */
async function expectRightSearch(store: TestDatabase['store'], collection: CorpusId, embedder: FakeNeuralEmbedder, passages: number): Promise<string | undefined> {
  const searcher = await createCorpusSearcher({ store, embedder: await createCountingEmbedder(), createVectorIndex: (dims) => new MemoryVectorIndex(dims) });
  await searcher.refresh();
  await searcher.setNeural(embedder);
  await searcher.neuralLoaded();
  let model: string | undefined;
  for (const topic of topics) {
    const result = await searcher.search({ question: `Where does ${topic} number 7 stand?`, corpora: [collection], k: 3 });
    expect(result.passages[0]?.document.title).toContain(topic);
    expect(result.coverage).toMatchObject({ passages, passagesByMeaning: passages });
    expect(result.neuralFallback).toBe(result.meaningModel?.model === 'test/letters' ? undefined : 'incomplete');
    model = result.meaningModel?.model;
  }
  return model;
}

describe('the change to neural vectors', () => {
  it('gives every passage its vector, tells how far it is, and search changes over', async () => {
    const { world, collection, passages } = await createReadWorld();
    const neural = createFakeNeuralEmbedder();
    const profile = await profileId(neural.profile);
    const rig = await startLoop(world);
    expect(await expectRightSearch(rig.store, collection, neural, passages)).toBe('alcove/static-en-v1');
    await rig.loop.setEmbedder(neural);
    await rig.until(() => rig.progress.at(-1)?.done === passages);
    expect(rig.progress.find((each) => each !== undefined)).toEqual({ profile, done: 0, total: passages });
    expect(await isComplete(rig, profile)).toBe(true);
    expect(await isComplete(rig, firstProfile)).toBe(true);
    expect(neural.embedded).toHaveLength(passages);
    expect(await expectRightSearch(rig.store, collection, neural, passages)).toBe('test/letters');
    rig.kill();
  });

  it('cut off at any write it goes on where it was, loses a batch at most, and search is right at every moment', { timeout: 120_000 }, async () => {
    const { world: rehearsal, passages: all } = await createReadWorld();
    const whole = await startLoop(rehearsal);
    const before = whole.writes();
    await whole.loop.setEmbedder(createFakeNeuralEmbedder());
    await whole.until(() => whole.progress.at(-1)?.done === all);
    const writes = whole.writes() - before;
    whole.kill();
    expect(writes).toBeGreaterThan(8);
    for (let n = 1; n <= writes; n++) {
      const { world, collection, passages } = await createReadWorld();
      const neural = createFakeNeuralEmbedder();
      const profile = await profileId(neural.profile);
      const doomed = await startLoop(world, { dieAtWrite: n });
      await doomed.loop.setEmbedder(neural);
      await doomed.died;
      doomed.kill();
      const embeddedBefore = neural.embedded.length;
      const next = await startLoop(world);
      await expectRightSearch(next.store, collection, neural, passages);
      await next.loop.setEmbedder(neural);
      await next.until(() => next.progress.at(-1)?.done === passages);
      expect(await isComplete(next, profile)).toBe(true);
      expect(neural.embedded.length - embeddedBefore).toBeLessThanOrEqual(passages);
      expect(neural.embedded.length).toBeLessThanOrEqual(passages + 64);
      expect(await expectRightSearch(next.store, collection, neural, passages)).toBe('test/letters');
      next.kill();
    }
  });

  it('another model’s vectors stay until its own are complete, then they are dropped', async () => {
    const { world, collection, passages } = await createReadWorld();
    const [old, fresh] = [createFakeNeuralEmbedder('old'), createFakeNeuralEmbedder()];
    const [oldProfile, freshProfile] = await Promise.all([profileId(old.profile), profileId(fresh.profile)]);
    const rig = await startLoop(world);
    await rig.loop.setEmbedder(old);
    await rig.until(() => isComplete(rig, oldProfile));
    await rig.loop.setEmbedder(undefined);
    await rig.until(() => rig.progress.at(-1) === undefined);
    expect(await isComplete(rig, oldProfile)).toBe(true);
    await rig.loop.setEmbedder(fresh);
    await rig.until(async () => countVectors(await rig.store.readHeads(), oldProfile).done === 0);
    expect(await isComplete(rig, freshProfile)).toBe(true);
    expect(await expectRightSearch(rig.store, collection, fresh, passages)).toBe('test/letters');
    await rig.loop.release();
    await rig.until(async () => countVectors(await rig.store.readHeads(), freshProfile).done === 0);
    expect(await isComplete(rig, firstProfile)).toBe(true);
    expect(rig.troubles).toEqual([]);
    rig.kill();
  });

  it('pauses between batches, lets questions go first, and resumes without embedding anything twice', async () => {
    const { world, passages } = await createReadWorld();
    const neural = createFakeNeuralEmbedder();
    const gate = new WorkGate();
    const endQuestion = gate.enter();
    const rig = await startLoop(world, { whenFree: (signal) => gate.whenFree(signal) });
    neural.beforePassages = async () => {
      if (neural.embedded.length === 0) rig.setPaused(true);
    };
    await rig.loop.setEmbedder(neural);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(neural.embedded).toEqual([]);
    endQuestion();
    await rig.until(() => rig.progress.length >= 2);
    expect(neural.embedded).toEqual([]);
    neural.beforePassages = () => Promise.resolve();
    rig.setPaused(false);
    await rig.until(() => rig.progress.at(-1)?.done === passages);
    expect(neural.embedded).toHaveLength(passages);
    expect(rig.troubles).toEqual([]);
    rig.kill();
  });

  it('a model that fails halts nothing and is asked again when it is back', async () => {
    const { world, passages } = await createReadWorld();
    const neural = createFakeNeuralEmbedder();
    neural.error = new AppError('device-lost', 'gone');
    const rig = await startLoop(world);
    await rig.loop.setEmbedder(neural);
    await rig.until(() => rig.modelTroubles.length > 0);
    expect(rig.modelTroubles).toMatchObject([{ code: 'device-lost' }]);
    neural.error = undefined;
    await rig.loop.setEmbedder(neural);
    await rig.until(() => rig.progress.at(-1)?.done === passages);
    expect(rig.troubles).toEqual([]);
    rig.kill();
  });
});
