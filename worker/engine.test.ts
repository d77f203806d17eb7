import { expect, it } from 'vitest';
import { createTestWorld, createLibrary, textFile } from './test-engine/test-world.ts';

const lease = 'The lease of Harbour Street 12 begins on 1 March 2021.\n\nThe tenant pays a monthly rent of 1,850 euros on the third working day.\n\nThe deposit amounts to three monthly rents.';
const pump = 'The pump X-17B delivers 40 litres a minute.\n\nGrease the bearing of the pump every 500 hours of operation.';

it('answers a question about a file that was dropped, citing its text exactly', async () => {
  const { engine, untilIdle, ask, sources } = await createTestWorld().open();
  const collection = await createLibrary(engine);
  const added = await engine.addFiles([textFile('lease.txt', lease), textFile('pump.txt', pump)], collection);
  expect(added.map((source) => source.state)).toEqual(['queued', 'queued']);
  await untilIdle();
  expect((await sources()).map(({ title, state, passages }) => ({ title, state, passages }))).toEqual([
    { title: 'lease', state: 'ready', passages: 1 },
    { title: 'pump', state: 'ready', passages: 1 },
  ]);
  const events = await ask({ question: 'How much is the monthly rent?', collection });
  expect(events.map((event) => event.kind).slice(0, 2)).toEqual(['search', 'sentence']);
  const last = events.at(-1)!;
  if (last.kind !== 'done') throw new Error('the answer did not end');
  expect(last.answer.verdict).toBe('answered');
  const [citation] = last.answer.citations;
  const { text } = await engine.readText(citation!.document);
  expect(text).toBe(lease);
  expect(citation!.quote).toContain('1,850 euros');
  expect(text.slice(citation!.start, citation!.end)).toBe(citation!.quote);
});

it('is searchable by keyword before a vector exists, and says what the answer covered', async () => {
  const { engine, until, ask, sources, embedder } = await createTestWorld().open();
  const collection = await createLibrary(engine);
  const embed = embedder.embedPassages.bind(embedder);
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  embedder.embedPassages = async (texts, signal) => {
    await held;
    return embed(texts, signal);
  };
  await engine.addFiles([textFile('lease.txt', lease)], collection);
  await until(async () => (await sources())[0]?.state === 'searchable-by-keyword');
  const [search] = await ask({ question: 'monthly rent', collection });
  if (search?.kind !== 'search') throw new Error('no search came first');
  expect(search.result.coverage).toMatchObject({ documents: 1, passages: 1, passagesByMeaning: 0, sourcesPending: 0 });
  release();
  await until(async () => (await sources())[0]?.state === 'ready');
});

it('a question asked while sources wait names how many are still to be read', async () => {
  const { engine, ask } = await createTestWorld().open();
  const collection = await createLibrary(engine);
  await engine.pauseWork();
  await engine.addFiles([textFile('lease.txt', lease), textFile('pump.txt', pump)], collection);
  const [search] = await ask({ question: 'monthly rent', collection });
  if (search?.kind !== 'search') throw new Error('no search came first');
  expect(search.result.coverage.sourcesPending).toBe(2);
  expect(search.verdict).toBe('not-found');
});

it('notices the same bytes in the same collection, and only there', async () => {
  const { engine, untilIdle, sources } = await createTestWorld().open();
  const [one, other] = [await createLibrary(engine, 'One'), await createLibrary(engine, 'Other')];
  const [first] = await engine.addFiles([textFile('a.txt', lease)], one);
  const [again] = await engine.addFiles([textFile('b.txt', lease)], one);
  expect(again?.duplicateOf).toMatchObject({ id: first!.id, title: 'a.txt' });
  const [elsewhere] = await engine.addFiles([textFile('c.txt', lease)], other);
  expect(elsewhere?.duplicateOf).toBeUndefined();
  await untilIdle();
  expect((await sources()).map((source) => source.path)).toEqual(['a.txt', 'c.txt']);
});

it('embeds no passage twice, whether read again or copied to another collection', async () => {
  const { engine, untilIdle, embedder, until, sources } = await createTestWorld().open();
  const [one, other] = [await createLibrary(engine, 'One'), await createLibrary(engine, 'Other')];
  const [source] = await engine.addFiles([textFile('a.txt', lease)], one);
  await untilIdle();
  const embedded = embedder.embedded;
  expect(embedded).toBeGreaterThan(0);
  await engine.addFiles([textFile('a.txt', lease)], other);
  await engine.retrySource(source!.id);
  await untilIdle();
  await until(async () => (await sources()).every((each) => each.state === 'ready'));
  expect(embedder.embedded).toBe(embedded);
  expect((await sources()).map((each) => each.passages)).toEqual([1, 1]);
});

it('a file that cannot be read says why, and is read when it is tried again with better bytes', async () => {
  const { engine, untilIdle, sources } = await createTestWorld().open();
  const collection = await createLibrary(engine);
  await engine.addFiles([textFile('bad.txt', 'CORRUPT'), textFile('good.txt', pump), textFile('empty.txt', '  \n ')], collection);
  await untilIdle();
  expect((await sources()).map(({ path, state, error }) => [path, state, error?.code])).toEqual([
    ['bad.txt', 'failed', 'source/corrupt'],
    ['good.txt', 'ready', undefined],
    ['empty.txt', 'failed', 'source/no-text'],
  ]);
});

it('a file that is gone when it is added stands as failed and keeps the others', async () => {
  const { engine, untilIdle, sources } = await createTestWorld().open();
  const collection = await createLibrary(engine);
  const gone = { size: 10, type: 'text/plain', arrayBuffer: () => Promise.reject(new DOMException('moved', 'NotFoundError')) } as unknown as Blob;
  await engine.addFiles([{ file: gone, name: 'gone.txt' }, textFile('pump.txt', pump)], collection);
  await untilIdle();
  expect((await sources()).map(({ state, error }) => [state, error?.code])).toEqual([['failed', 'source/gone'], ['ready', undefined]]);
});

it('pause and resume survive a restart', async () => {
  const world = createTestWorld();
  const before = await world.open();
  const collection = await createLibrary(before.engine);
  await before.engine.pauseWork();
  await before.engine.addFiles([textFile('lease.txt', lease)], collection);
  before.kill();
  const after = await world.open();
  expect(after.snapshot.work.paused).toBe(true);
  expect(after.snapshot.sources.map((source) => source.state)).toEqual(['paused']);
  await after.engine.resumeWork();
  await after.untilIdle();
  expect((await after.sources())[0]?.state).toBe('ready');
});

it('a removed source is gone from list and search at once, and back after undo without being read again', async () => {
  const { engine, untilIdle, sources, ask, embedder } = await createTestWorld().open();
  const collection = await createLibrary(engine);
  const [source] = await engine.addFiles([textFile('lease.txt', lease), textFile('pump.txt', pump)], collection);
  await untilIdle();
  const embedded = embedder.embedded;
  await engine.removeSources([source!.id]);
  expect((await sources()).map((each) => each.path)).toEqual(['pump.txt']);
  const hidden = (await ask({ question: 'monthly rent', collection }))[0];
  expect(hidden?.kind === 'search' && hidden.result.passages.some((passage) => passage.document.id === source!.id)).toBe(false);
  await engine.undoRemove([source!.id]);
  expect((await sources()).map((each) => [each.path, each.state])).toEqual([['lease.txt', 'ready'], ['pump.txt', 'ready']]);
  const shown = (await ask({ question: 'monthly rent', collection })).at(-1);
  expect(shown?.kind === 'done' && shown.answer.citations[0]?.document).toBe(source!.id);
  expect(embedder.embedded).toBe(embedded);
});

it('a removal is final after the next start, and its bytes are deleted', async () => {
  const world = createTestWorld();
  const before = await world.open();
  const collection = await createLibrary(before.engine);
  const [source] = await before.engine.addFiles([textFile('lease.txt', lease)], collection);
  await before.untilIdle();
  await before.engine.removeSources([source!.id]);
  before.kill();
  const after = await world.open();
  await after.until(async () => (await after.database.sources.count()) === 0);
  await after.until(async () => (await after.store.readHead(collection))?.segments.length === 0);
  expect(await after.database.originals.count()).toBe(0);
  await expect.poll(() => after.store.collectGarbage().then(() => after.database.table('corpusSegments').count())).toBe(0);
});

it('moves a source to another collection without reading or embedding it again', async () => {
  const { engine, untilIdle, sources, ask, embedder, store } = await createTestWorld().open();
  const [one, other] = [await createLibrary(engine, 'One'), await createLibrary(engine, 'Other')];
  const [source] = await engine.addFiles([textFile('lease.txt', lease), textFile('pump.txt', pump)], one);
  await untilIdle();
  const embedded = embedder.embedded;
  await engine.moveSources([source!.id], other);
  await engine.moveSources([source!.id], one);
  await engine.moveSources([source!.id], other);
  expect((await sources()).map(({ path, collection, state }) => ({ path, collection, state }))).toEqual([
    { path: 'lease.txt', collection: other, state: 'ready' },
    { path: 'pump.txt', collection: one, state: 'ready' },
  ]);
  const last = (await ask({ question: 'monthly rent', collection: other })).at(-1);
  expect(last?.kind === 'done' && last.answer.citations[0]?.corpus).toBe(other);
  expect((await store.readHead(one))?.segments.length).toBe(1);
  expect(embedder.embedded).toBe(embedded);
});

it('a title that a person gave is shown in the list and in citations, and survives reading again', async () => {
  const { engine, untilIdle, sources, ask } = await createTestWorld().open();
  const collection = await createLibrary(engine);
  const [source] = await engine.addFiles([textFile('lease.txt', lease)], collection);
  await untilIdle();
  await engine.renameSource(source!.id, 'Lease of 2021');
  await engine.retrySource(source!.id);
  await untilIdle();
  expect((await sources())[0]?.title).toBe('Lease of 2021');
  const last = (await ask({ question: 'monthly rent', collection })).at(-1);
  expect(last?.kind === 'done' && last.answer.citations[0]?.title).toBe('Lease of 2021');
});

it('drops the original after reading where the person wished so, and then cannot read it again', async () => {
  const { engine, untilIdle, sources } = await createTestWorld().open();
  const collection = await createLibrary(engine);
  await engine.setKeepOriginals(false);
  const [source] = await engine.addFiles([textFile('lease.txt', lease)], collection);
  await untilIdle();
  expect((await sources())[0]?.hasOriginal).toBe(false);
  expect(await engine.readOriginal(source!.id)).toBeNull();
  expect((await engine.readText(source!.id)).text).toBe(lease);
  await expect(engine.retrySource(source!.id)).rejects.toMatchObject({ code: 'source/gone' });
});

it('gives the original back as it was dropped', async () => {
  const { engine } = await createTestWorld().open();
  const [source] = await engine.addFiles([textFile('lease.txt', lease)], await createLibrary(engine));
  const original = await engine.readOriginal(source!.id);
  expect(original?.type).toBe('text/plain');
  expect(await original?.text()).toBe(lease);
});

it('a cancelled source is not read, and is read when it is tried again', async () => {
  const { engine, untilIdle, sources } = await createTestWorld().open();
  const collection = await createLibrary(engine);
  await engine.pauseWork();
  const [source] = await engine.addFiles([textFile('lease.txt', lease)], collection);
  await engine.cancelSource(source!.id);
  await engine.resumeWork();
  expect((await sources())[0]?.state).toBe('cancelled');
  await engine.retrySource(source!.id);
  await untilIdle();
  expect((await sources())[0]?.state).toBe('ready');
});

it('when the disk is full what was stored stays searchable, the person is told, and the work goes on after resuming', async () => {
  const disk = { isFull: false };
  const { engine, untilIdle, until, sources, ask, events, database } = await createTestWorld().open({
    isDiskFull: () => disk.isFull,
    // What is freed makes room for small writes; the test lets all through.
    onReserveSpent: () => (disk.isFull = false),
  });
  const collection = await createLibrary(engine);
  await engine.addFiles([textFile('lease.txt', lease)], collection);
  await untilIdle();
  await engine.pauseWork();
  await engine.addFiles([textFile('pump.txt', pump)], collection);
  await engine.resumeWork();
  disk.isFull = true;
  await until(() => events.some((event) => event.kind === 'trouble' && event.error.code === 'quota-exceeded'));
  await until(async () => (await sources())[1]?.state === 'paused');
  expect(await database.reserve.count()).toBe(0);
  const last = (await ask({ question: 'monthly rent', collection })).at(-1);
  expect(last?.kind === 'done' && last.answer.verdict).toBe('answered');
  disk.isFull = true;
  await expect(engine.resumeWork()).rejects.toMatchObject({ code: 'quota-exceeded' });
  disk.isFull = false;
  await engine.resumeWork();
  await untilIdle();
  expect((await sources()).map((source) => source.state)).toEqual(['ready', 'ready']);
  expect(await database.reserve.count()).toBe(1);
});

it('answers without keeping the question on a disk with no room at all', async () => {
  const disk = { isFull: false };
  const { engine, untilIdle, ask, events } = await createTestWorld().open({ isDiskFull: () => disk.isFull });
  const collection = await createLibrary(engine);
  await engine.addFiles([textFile('lease.txt', lease), textFile('pump.txt', pump)], collection);
  await untilIdle();
  disk.isFull = true;
  const last = (await ask({ question: 'monthly rent', collection })).at(-1);
  expect(last?.kind === 'done' && last.answer.verdict).toBe('answered');
  expect(events.filter((event) => event.kind === 'trouble').map((event) => event.error.code)).toContain('quota-exceeded');
  expect((await engine.start(() => undefined)).conversations).toEqual([]);
});

it('a file for which there is no room stands as failed, and the person is told', async () => {
  const disk = { isFull: false };
  const { engine, sources, events } = await createTestWorld().open({ isDiskFull: () => disk.isFull, onReserveSpent: () => (disk.isFull = false) });
  const collection = await createLibrary(engine);
  await engine.pauseWork();
  disk.isFull = true;
  const [source] = await engine.addFiles([textFile('lease.txt', lease)], collection);
  expect(source).toMatchObject({ state: 'failed', hasOriginal: false, error: { code: 'quota-exceeded' } });
  expect((await sources()).map((each) => each.id)).toEqual([source!.id]);
  expect(events.some((event) => event.kind === 'trouble')).toBe(true);
});

it('finds out which other collections answer a question, and keeps nothing of it', async () => {
  const { engine, untilIdle } = await createTestWorld().open();
  const leases = await createLibrary(engine);
  const { id: pumps } = await engine.createCollection('Pumps');
  const { id: empty } = await engine.createCollection('Empty');
  await engine.addFiles([textFile('lease.txt', lease)], leases);
  await engine.addFiles([textFile('pump.txt', pump)], pumps);
  await untilIdle();
  expect(await engine.findElsewhere('How much is the monthly rent?', pumps)).toEqual([{ collection: leases, passages: expect.any(Number) as number }]);
  expect(await engine.findElsewhere('How much is the monthly rent?', leases)).toEqual([]);
  expect(await engine.findElsewhere('Which zebra won the derby?', empty)).toEqual([]);
  expect((await engine.start(() => {})).conversations).toEqual([]);
});
