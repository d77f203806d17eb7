import { describe, expect, it } from 'vitest';
import type { Answer, AnswerEvent, AnswerVerdict } from '#core/answer/answer-types.ts';
import { createId, type AnswerId, type ConversationId } from '#core/ids.ts';
import type { SearchResult } from '#core/search/search-types.ts';
import type { Conversations } from '../conversations/conversations.ts';
import type { TurnRecord } from '../store/conversation-record.ts';
import { OpenAnswers, type OpenAnswersDeps } from './open-answers.ts';

const result = (passagesByMeaning: number): SearchResult => ({
  passages: [], evidence: { value: 0, covered: 0, seen: 0, unseen: 0, cosine: 0 }, timings: [], cached: false,
  coverage: { documents: 1, passages: 1, passagesByMeaning, sourcesPending: 0 },
});

const answerOf = (verdict: AnswerVerdict, search: SearchResult): Answer => ({
  verdict, generator: 'extractive', search, closest: [], citations: [],
  sentences: verdict === 'not-found' ? [] : [{ text: 'It is so.', verification: 'verified', citations: [] }],
});

/** Answers over fakes; `kept` is what was stored of the turn last. */
function createWorld(deps: Partial<OpenAnswersDeps> = {}, verdictOf: (search: SearchResult) => AnswerVerdict = () => 'answered') {
  const world = { kept: undefined as TurnRecord | undefined, urgent: 0, searches: 0 };
  const conversations = {
    beginTurn: async ({ question }) => ({ id: createId<AnswerId>(), conversation: createId<ConversationId>(), ordinal: 0, question, askedAt: '', state: 'streaming', engine: 'a' }),
    readEarlier: async () => [],
    readEarlierTurns: async () => [],
    endTurn: async (turn) => void (world.kept = turn),
  } satisfies Partial<Conversations>;
  const answers = new OpenAnswers({
    conversations: conversations as unknown as Conversations,
    scopeOf: async () => [],
    search: async () => result(world.searches++),
    compose: async function* ({ result: search }) {
      yield { kind: 'search', result: search, verdict: verdictOf(search) };
      yield { kind: 'done', answer: answerOf(verdictOf(search), search) };
    },
    enterUrgent: () => {
      world.urgent += 1;
      let isIn = true;
      return () => {
        if (isIn) world.urgent -= 1;
        isIn = false;
      };
    },
    ...deps,
  });
  const pull = async (id: AnswerId): Promise<AnswerEvent[]> => {
    const events: AnswerEvent[] = [];
    for (let event = await answers.next(id); event !== null; event = await answers.next(id)) events.push(event);
    return events;
  };
  return { world, answers, pull, ask: async () => pull((await answers.open({ question: 'Is it so?' })).id) };
}

const writing: OpenAnswersDeps['write'] = async ({ answer, signal }) =>
  (async function* (): AsyncGenerator<AnswerEvent> {
    yield { kind: 'writing', generator: 'm', title: 'M' };
    yield { kind: 'written', sentence: { text: 'So it is.', verification: 'partly', citations: [] }, citations: [], rest: '' };
    signal.throwIfAborted();
    yield { kind: 'done', answer: { ...answer, written: { generator: 'm', title: 'M', state: 'done', sentences: [], repaired: 0, tokens: 1, tokensPerSecond: 1, firstTokenMs: 1, device: 'wasm' } } };
  })();

describe('answers being made', () => {
  it('are searched anew where nothing was found and a better search has become ready', async () => {
    const { world, ask } = createWorld({ awaitBetterSearch: async () => true }, ({ coverage }) => (coverage.passagesByMeaning === 0 ? 'not-found' : 'answered'));
    const events = await ask();
    expect(world.searches).toBe(2);
    expect(events.map(({ kind }) => kind)).toEqual(['search', 'done']);
    expect(events[0]).toMatchObject({ verdict: 'answered' });
    expect(world.kept).toMatchObject({ state: 'done' });
  });

  it('let a model start while they wait for it', async () => {
    let urgentWhileWaiting = Number.NaN;
    const { world, ask } = createWorld({
      awaitBetterSearch: async () => {
        urgentWhileWaiting = world.urgent;
        return false;
      },
    }, () => 'not-found');
    await ask();
    expect([urgentWhileWaiting, world.urgent]).toEqual([0, 0]);
  });

  it('say that nothing was found where there is no better search to wait for', async () => {
    const { world, ask } = createWorld({ awaitBetterSearch: async () => false }, () => 'not-found');
    expect((await ask())[0]).toMatchObject({ verdict: 'not-found' });
    expect(world).toMatchObject({ searches: 1, kept: { state: 'not-found' } });
  });

  it('let work in the background wait until the quotes stand, and no longer', async () => {
    let urgentWhileWriting = Number.NaN;
    const { world, ask } = createWorld({
      write: async (order) => {
        urgentWhileWriting = world.urgent;
        return writing(order);
      },
    });
    await ask();
    expect([urgentWhileWriting, world.urgent]).toEqual([0, 0]);
  });

  it('keep the quotes before a model begins, and what it wrote when it is stopped', async () => {
    const { world, answers } = createWorld({ write: writing });
    const { id } = await answers.open({ question: 'Is it so?' });
    await answers.next(id);
    await answers.next(id);
    expect(world.kept).toMatchObject({ state: 'streaming', answer: { sentences: [{ text: 'It is so.' }] } });
    await answers.next(id);
    await answers.stop(id);
    expect(world.kept).toMatchObject({ state: 'stopped', answer: { written: { state: 'stopped', title: 'M', sentences: [{ text: 'So it is.' }] } } });
    expect(await answers.next(id)).toBeNull();
  });

  it('let go of everything when they are stopped before their quotes stand', async () => {
    const { world, answers } = createWorld();
    const { id } = await answers.open({ question: 'Is it so?' });
    await answers.next(id);
    expect(world.urgent).toBe(1);
    await answers.stop(id);
    await new Promise((resolve) => setTimeout(resolve));
    expect(world.urgent).toBe(0);
  });

  it('end for who stops them at once, however long a model takes to notice', async () => {
    let notices: () => void = () => undefined;
    const deaf = new Promise<void>((resolve) => (notices = resolve));
    const { answers } = createWorld({
      write: async () =>
        (async function* (): AsyncGenerator<AnswerEvent> {
          await deaf;
          yield { kind: 'writing', generator: 'm', title: 'M' };
        })(),
    });
    const { id } = await answers.open({ question: 'Is it so?' });
    await answers.next(id);
    const waiting = answers.next(id);
    await new Promise((resolve) => setTimeout(resolve));
    await answers.stop(id);
    expect(await waiting).toBeNull();
    notices();
  });

  it('say why a chosen model wrote nothing', async () => {
    const { ask } = createWorld({ write: async () => 'not-ready' });
    expect((await ask()).at(-1)).toMatchObject({ kind: 'done', answer: { notWritten: 'not-ready' } });
  });
});
