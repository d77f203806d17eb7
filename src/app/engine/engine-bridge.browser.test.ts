import { afterEach, expect, it } from 'vitest';
import type { EngineEvent, EngineSnapshot, Source } from '#core/engine/engine-api.ts';
import { openAnswerStream } from './answer-stream.ts';
import { createEngineBridge, type EngineBridge } from './engine-bridge.ts';
import { startEngineWorker } from './start-engine-worker.ts';

const fixtures = import.meta.glob<string>('/src/core/parse/fixtures/*', { query: '?url', import: 'default', eager: true });
const bridges: EngineBridge[] = [];
const databases = new Set<string>();
let counter = 0;

afterEach(() => {
  for (const bridge of bridges.splice(0)) bridge.close();
  for (const name of databases) indexedDB.deleteDatabase(name);
  databases.clear();
});

function newDatabase(): string {
  const name = `test-${Date.now()}-${++counter}`;
  databases.add(name);
  return name;
}

type Tab = EngineBridge & { snapshot: EngineSnapshot; events: EngineEvent[]; sources: Map<string, Source>; until(condition: () => boolean): Promise<void> };

async function openTab(database: string, start = () => startEngineWorker(database)): Promise<Tab> {
  const bridge = createEngineBridge(start);
  bridges.push(bridge);
  const events: EngineEvent[] = [];
  const sources = new Map<string, Source>();
  const waiting = new Set<() => void>();
  const snapshot = await bridge.engine.start((event) => {
    events.push(event);
    if (event.kind === 'sources') for (const source of event.sources) sources.set(source.id, source);
    for (const check of waiting) check();
  });
  for (const source of snapshot.sources) sources.set(source.id, source);
  const until = (condition: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const check = (): void => {
        if (condition() && waiting.delete(check)) resolve();
      };
      waiting.add(check);
      check();
    });
  return { ...bridge, snapshot, events, sources, until };
}

const lease = 'The lease of Harbour Street 12 begins on 1 March 2021.\n\nThe tenant pays a monthly rent of 1,850 euros on the third working day.';
const isReady = (tab: Tab) => () => tab.sources.size > 0 && [...tab.sources.values()].every((source) => source.state === 'ready');

it('answers from a pasted text in real workers, and again after a reload', async () => {
  const database = newDatabase();
  const first = await openTab(database);
  const { id: collection } = await first.engine.createCollection('Papers');
  const source = await first.engine.addText('Lease', lease, collection);
  await first.until(isReady(first));
  first.close();

  const second = await openTab(database);
  expect(second.snapshot.sources.map(({ title, state }) => [title, state])).toEqual([['Lease', 'ready']]);
  const { events, conversation } = await openAnswerStream(second.engine, { question: 'How much is the monthly rent?', collection });
  const kinds: string[] = [];
  for await (const event of events) {
    kinds.push(event.kind);
    if (event.kind !== 'done') continue;
    const [citation] = event.answer.citations;
    const { text } = await second.engine.readText(source.id);
    expect(text).toBe(lease);
    expect(text.slice(citation!.start, citation!.end)).toBe(citation!.quote);
    expect(citation!.quote).toContain('1,850 euros');
  }
  expect([kinds[0], kinds.at(-1)]).toEqual(['search', 'done']);
  expect((await second.engine.readConversation(conversation))?.items.map((turn) => turn.state)).toEqual(['done']);
});

it('two tabs share one library: what one adds the other can ask about', async () => {
  const database = newDatabase();
  const [one, two] = [await openTab(database), await openTab(database)];
  const { id: collection } = await one.engine.createCollection('Papers');
  await two.engine.addText('Lease', lease, collection);
  await Promise.all([one.until(isReady(one)), two.until(isReady(two))]);
  const { events } = await openAnswerStream(one.engine, { question: 'monthly rent', collection });
  const answer = [];
  for await (const event of events) answer.push(event);
  expect(answer[0]).toMatchObject({ kind: 'search', result: { coverage: { documents: 1, passagesByMeaning: 1 } } });
  one.close();
  await two.engine.addText('Pump', 'The pump X-17B delivers 40 litres a minute.', collection);
  await two.until(() => two.sources.size === 2 && isReady(two)());
  expect([...two.sources.values()].map((source) => source.title)).toEqual(['Lease', 'Pump']);
});

it('errors arrive with their code and detail', async () => {
  const tab = await openTab(newDatabase());
  const { id: collection } = await tab.engine.createCollection('Papers');
  await expect(tab.engine.addText('Nothing', ' ', collection)).rejects.toMatchObject({ name: 'AppError', code: 'source/empty' });
  await expect(tab.engine.openAnswer({ question: 'x'.repeat(5000) })).rejects.toMatchObject({ code: 'invalid-input', detail: { maxQuestionCharacters: 4000 } });
});

it('a closed engine rejects what is in flight and what comes later', async () => {
  const tab = await openTab(newDatabase());
  const inFlight = tab.engine.readStorage();
  tab.close();
  await expect(inFlight).rejects.toMatchObject({ code: 'engine-gone' });
  await expect(tab.engine.readStorage()).rejects.toMatchObject({ code: 'engine-gone' });
});

it('a worker that dies is replaced: calls in flight reject, the page is told, and the library is as it was', async () => {
  const database = newDatabase();
  const workers: Worker[] = [];
  const tab = await openTab(database, () => {
    const started = startEngineWorker(database);
    workers.push(started.endpoint as Worker);
    return started;
  });
  const { id: collection } = await tab.engine.createCollection('Papers');
  await tab.engine.addText('Lease', lease, collection);
  await tab.until(isReady(tab));
  const seen = tab.events.length;
  workers[0]!.terminate();
  await expect(tab.engine.readStorage()).rejects.toMatchObject({ code: 'engine-gone' });
  await tab.until(() => tab.events.slice(seen).some((event) => event.kind === 'conversations'));
  expect(tab.events.slice(seen).map((event) => event.kind)).toEqual(expect.arrayContaining(['trouble', 'collections', 'sources']));
  expect(workers).toHaveLength(2);
  await tab.engine.addText('Pump', 'The pump X-17B delivers 40 litres a minute.', collection);
  await tab.until(() => tab.sources.size === 2 && isReady(tab)());
});

it('reads a PDF and a DOCX in the reading worker, and names what it cannot read', async () => {
  const tab = await openTab(newDatabase());
  const { id: collection } = await tab.engine.createCollection('Papers');
  const names = ['lighthouse.pdf', 'orchard.docx', 'encrypted.pdf', 'scanned.pdf', 'bomb.docx'];
  const files = await Promise.all(names.map(async (name) => ({ file: await (await fetch(fixtures[`/src/core/parse/fixtures/${name}`]!)).blob(), name })));
  await tab.engine.addFiles(files, collection);
  await tab.until(() => tab.sources.size === 5 && [...tab.sources.values()].every((source) => ['ready', 'failed'].includes(source.state)));
  const outcome = new Map([...tab.sources.values()].map((source) => [source.path, source.error?.code ?? source.type]));
  expect(Object.fromEntries(outcome)).toEqual({
    'lighthouse.pdf': 'pdf',
    'orchard.docx': 'docx',
    'encrypted.pdf': 'source/encrypted',
    'scanned.pdf': 'source/no-text',
    'bomb.docx': 'source/zip-bomb',
  });
  const pdf = [...tab.sources.values()].find((source) => source.path === 'lighthouse.pdf')!;
  const text = await tab.engine.readText(pdf.id);
  expect(text.pageStarts?.length).toBeGreaterThan(1);
  const page = text.text.slice(text.pageStarts![1]).trim().split(/(?<=[.])\s/u)[0]!;
  const { events } = await openAnswerStream(tab.engine, { question: page, collection });
  for await (const event of events) {
    if (event.kind !== 'search') continue;
    const best = event.result.passages[0]!;
    expect(text.text.slice(best.passage.start, best.passage.start + best.passage.text.length)).toBe(best.passage.text);
    expect(best.document.id).toBe(pdf.id);
  }
});
