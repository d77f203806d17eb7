import { expect, it } from 'vitest';
import { createLibrary, createTestWorld, textFile, type TestEngine } from '../test-engine/test-world.ts';

const lease = 'The lease of Harbour Street 12 begins on 1 March 2021.\n\nThe tenant pays a monthly rent of 1,850 euros.\n\nThe lease ends on 28 February 2026.';
const pump = 'The pump X-17B delivers 40 litres a minute.\n\nGrease the bearing of the pump every 500 hours.';

async function withLease(): Promise<TestEngine & { world: ReturnType<typeof createTestWorld> }> {
  const world = createTestWorld();
  const opened = await world.open();
  const collection = await createLibrary(opened.engine);
  await opened.engine.addFiles([textFile('lease.txt', lease), textFile('pump.txt', pump)], collection);
  await opened.untilIdle();
  return { ...opened, world };
}

it('keeps questions and answers in order, and lists the conversation under its first question', async () => {
  const { engine, ask } = await withLease();
  const { conversation, answer } = await engine.openAnswer({ question: 'How much is the monthly rent?' });
  while ((await engine.nextAnswerEvent(answer)) !== null);
  await ask({ question: 'How often is the bearing greased?', conversation });
  const stored = await engine.readConversation(conversation);
  expect(stored).toMatchObject({ title: 'How much is the monthly rent?', turns: 2 });
  expect(stored?.items.map((turn) => [turn.question, turn.state])).toEqual([
    ['How much is the monthly rent?', 'done'],
    ['How often is the bearing greased?', 'done'],
  ]);
  expect(stored?.items[0]?.answer?.citations[0]?.quote).toContain('1,850 euros');
});

it('searches a follow-up with the terms of the question before, and says so', async () => {
  const { engine, ask } = await withLease();
  const { conversation, answer } = await engine.openAnswer({ question: 'When does the lease of Harbour Street begin?' });
  while ((await engine.nextAnswerEvent(answer)) !== null);
  const [search] = await ask({ question: 'And when does it end?', conversation });
  expect(search).toMatchObject({ kind: 'search', rewritten: 'And when does it end? (lease Harbour Street begin)' });
});

it('a stopped answer is kept as stopped with what stood by then', async () => {
  const { engine } = await withLease();
  const { conversation, answer } = await engine.openAnswer({ question: 'How much is the monthly rent?' });
  await engine.nextAnswerEvent(answer);
  await engine.nextAnswerEvent(answer);
  await engine.stopAnswer(answer);
  expect(await engine.nextAnswerEvent(answer)).toBeNull();
  const [turn] = (await engine.readConversation(conversation))!.items;
  expect(turn).toMatchObject({ state: 'stopped', answer: { sentences: [{ verification: 'verified' }] } });
});

it('an answer whose engine died is no longer streaming, in another tab it still is', async () => {
  const { engine, kill, world } = await withLease();
  const { conversation } = await engine.openAnswer({ question: 'How much is the monthly rent?' });
  const other = await world.open();
  expect((await other.engine.readConversation(conversation))?.items[0]?.state).toBe('streaming');
  kill();
  expect((await other.engine.readConversation(conversation))?.items[0]?.state).toBe('stopped');
});

it('renames and removes a conversation with its turns', async () => {
  const { engine, ask, events, database } = await withLease();
  await ask({ question: 'How much is the monthly rent?' });
  const [summary] = (await engine.start(() => undefined)).conversations;
  await engine.renameConversation(summary!.id, '  Rent  ');
  expect((await engine.readConversation(summary!.id))?.title).toBe('Rent');
  await engine.removeConversation(summary!.id);
  expect(await engine.readConversation(summary!.id)).toBeUndefined();
  expect(await database.turns.count()).toBe(0);
  expect(events.some((event) => event.kind === 'conversations')).toBe(true);
  await expect(engine.openAnswer({ question: 'And?', conversation: summary!.id })).rejects.toMatchObject({ code: 'not-found' });
});
