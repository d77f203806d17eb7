import { proxy, transferHandlers, wrap } from 'comlink';
import { expect, it } from 'vitest';
import type { EngineApi } from '#core/engine/engine-api.ts';
import { AppError } from '#core/errors/app-error.ts';
import { exposeEngine } from './expose-engine.ts';
import { createTestWorld, textFile } from './test-engine/test-world.ts';

function connect(engine: Promise<EngineApi>) {
  const { port1, port2 } = new MessageChannel();
  exposeEngine(engine, port1);
  port1.start();
  port2.start();
  return wrap<EngineApi>(port2);
}

it('an error crosses the port with its class, code and detail', async () => {
  const remote = connect(createTestWorld().open().then(({ engine }) => engine));
  const error = await remote.openAnswer({ question: 'x'.repeat(5000) }).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(AppError);
  expect(error).toMatchObject({ code: 'invalid-input', detail: { maxQuestionCharacters: 4000 } });
});

it('every call rejects with the reason when the engine cannot be made', async () => {
  const remote = connect(Promise.reject(new AppError('storage-unavailable', 'no database')));
  await expect(remote.readStorage()).rejects.toMatchObject({ code: 'storage-unavailable' });
  await expect(remote.createCollection('Papers')).rejects.toMatchObject({ code: 'storage-unavailable' });
});

it('files, events and answers cross the port as plain data', async () => {
  const remote = connect(createTestWorld().open().then(({ engine }) => engine));
  const states: string[] = [];
  let onReady: () => void = () => undefined;
  const ready = new Promise<void>((resolve) => (onReady = resolve));
  await remote.start(
    proxy((event) => {
      if (event.kind !== 'sources') return;
      states.push(...event.sources.map((source) => source.state));
      if (states.at(-1) === 'ready') onReady();
    }),
  );
  const { id } = await remote.createCollection('Papers');
  await remote.addFiles([textFile('rent.txt', 'The monthly rent is 1,850 euros.')], id);
  await ready;
  expect(states[0]).toBe('queued');
  const { answer } = await remote.openAnswer({ question: 'How much is the monthly rent?', collection: id });
  const kinds: string[] = [];
  for (let event = await remote.nextAnswerEvent(answer); event !== null; event = await remote.nextAnswerEvent(answer)) kinds.push(event.kind);
  expect(kinds).toEqual(['search', 'sentence', 'done']);
});

it('rests on the key and the mark that comlink gives to thrown values', () => {
  const handler = transferHandlers.get('throw')!;
  expect(handler.canHandle({ value: new Error('plain') })).toBe(false);
  expect(() => handler.deserialize({ alcoveError: { code: 'offline', message: 'm' } })).toThrow(AppError);
});
