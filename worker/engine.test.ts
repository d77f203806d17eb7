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
