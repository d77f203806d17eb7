import { expect, it } from 'vitest';
import type { CorpusId } from '#core/ids.ts';
import { createLibrary, createTestWorld, textFile, type TestEngine } from './test-engine/test-world.ts';

const paragraph = (topic: string, n: number) => `Paragraph ${n} about ${topic}: the ${topic} number ${n} stands in cabinet ${n * 7}.`;
const essay = (topic: string) => Array.from({ length: 12 }, (_, n) => paragraph(topic, n)).join('\n\n');
const topics = ['lanterns', 'bridges', 'violins', 'glaciers'];

/** Four files come in, one goes, one moves: what a session may do, and where it may be cut off. */
async function session({ engine, untilIdle }: TestEngine, one: CorpusId, other: CorpusId): Promise<void> {
  const added = await engine.addFiles(topics.map((topic) => textFile(`${topic}.txt`, essay(topic))), one);
  await untilIdle();
  await engine.moveSources([added[1]!.id], other);
  await engine.removeSources([added[0]!.id]);
  await engine.retrySource(added[2]!.id);
  await untilIdle();
}

/** Every source is whole, once, in its own collection, and nothing else is. */
async function expectConsistent({ engine, store, sources, ask }: TestEngine): Promise<void> {
  const listed = await sources();
  const rows = new Map<string, number>();
  for (const head of await store.readHeads()) {
    for (const ref of head.segments) {
      const manifest = await store.readManifest(ref.id);
      for (const { document, firstRow, rows: count } of manifest.documents) {
        const isDead = ((ref.tombstones?.[firstRow >> 3] ?? 0) & (1 << (firstRow & 7))) !== 0;
        if (!isDead) rows.set(`${head.corpus}/${document.id}`, (rows.get(`${head.corpus}/${document.id}`) ?? 0) + count);
      }
    }
  }
  expect([...rows.keys()].sort()).toEqual(listed.map(({ collection, id }) => `${collection}/${id}`).sort());
  for (const source of listed) {
    expect([source.path, source.state]).toEqual([source.path, 'ready']);
    const topic = source.path.replace('.txt', '');
    expect((await engine.readText(source.id)).text).toBe(essay(topic));
    expect(await (await engine.readOriginal(source.id))?.text()).toBe(essay(topic));
    const [search] = await ask({ question: `Where does ${topic} number 7 stand?`, collection: source.collection });
    if (search?.kind !== 'search') throw new Error('no search');
    expect(search.result.passages[0]?.document.id).toBe(source.id);
  }
}

it('a session cut off at any write is whole after the next start, and nothing saved is lost', { timeout: 280_000 }, async () => {
  const rehearsal = await createTestWorld().open();
  const before = rehearsal.writes();
  await session(rehearsal, await createLibrary(rehearsal.engine, 'One'), await createLibrary(rehearsal.engine, 'Other'));
  await expectConsistent(rehearsal);
  const writes = rehearsal.writes() - before;
  rehearsal.kill();
  expect(writes).toBeGreaterThan(40);
  for (let n = 1; n <= writes; n++) await cutOffAt(n);
});

async function cutOffAt(n: number): Promise<void> {
  const world = createTestWorld();
  const setUp = await world.open();
  const one = await createLibrary(setUp.engine, 'One');
  const other = await createLibrary(setUp.engine, 'Other');
  setUp.kill();

  const doomed = await world.open({ dieAtWrite: n });
  // Dead, it may wait for ever for work that will never be done.
  await Promise.race([session(doomed, one, other).catch(() => undefined), doomed.died]);
  const saved = await world.peek((database) => database.sources.filter((record) => record.removedAt === undefined).primaryKeys());
  doomed.kill();

  const next = await world.open();
  await next.untilIdle();
  await next.until(async () => (await next.database.sources.filter((record) => record.removedAt !== undefined).count()) === 0);
  await expectConsistent(next);
  expect((await next.sources()).map((source) => source.id).sort()).toEqual(saved.sort());
  next.kill();
}

it('a file that ends the program each time it is read is given up after three times', async () => {
  const world = createTestWorld();
  const hang = { read: () => new Promise<never>(() => undefined) };
  const first = await world.open({ reader: hang });
  const collection = await createLibrary(first.engine);
  await first.engine.addFiles([textFile('deadly.txt', essay('poisons'))], collection);
  let doomed = first;
  for (let round = 1; round <= 3; round++) {
    await doomed.until(async () => (await doomed.database.sources.toArray())[0]?.state === 'reading');
    doomed.kill();
    doomed = await world.open({ reader: hang });
  }
  await doomed.until(async () => (await doomed.sources())[0]?.state === 'failed');
  expect((await doomed.sources())[0]?.error).toMatchObject({ code: 'source/corrupt', detail: { attempts: 3 } });
});

it('one engine works for all: another takes over when it dies', async () => {
  const world = createTestWorld();
  const hang = { read: () => new Promise<never>(() => undefined) };
  const leader = await world.open({ reader: hang });
  const follower = await world.open();
  const collection = await createLibrary(follower.engine);
  await follower.engine.addFiles([textFile('lanterns.txt', essay('lanterns'))], collection);
  await follower.until(() => follower.events.some((event) => event.kind === 'sources' && event.sources.some((source) => source.state === 'reading')));
  leader.kill();
  await follower.untilIdle();
  await expectConsistent(follower);
  expect((await follower.sources()).map((source) => source.path)).toEqual(['lanterns.txt']);
});

it('many small files end as few segments, with the same answers', async () => {
  const { engine, untilIdle, until, store, ask } = await createTestWorld().open();
  const collection = await createLibrary(engine);
  await engine.addFiles(Array.from({ length: 60 }, (_, n) => textFile(`${n}.txt`, `${paragraph('lamp', n)}\n\n${paragraph('chair', n)}`)), collection);
  await untilIdle();
  await until(async () => ((await store.readHead(collection))?.segments.length ?? 99) <= 12);
  for (const n of [3, 31, 59]) {
    const last = (await ask({ question: `In which cabinet is lamp number ${n}?`, collection })).at(-1);
    expect(last?.kind === 'done' && last.answer.citations[0]?.quote).toContain(`cabinet ${n * 7}`);
  }
});
