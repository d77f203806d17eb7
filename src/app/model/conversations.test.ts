import { describe, expect, it } from 'vitest';
import type { Answer, AnswerEvent } from '#core/answer/answer-types.ts';
import type { EngineApi } from '#core/engine/engine-api.ts';
import { AppError } from '#core/errors/app-error.ts';
import type { AnswerId, ConversationId, CorpusId, DocumentId } from '#core/ids.ts';
import type { ModelKey } from '#core/models/model-manifest.ts';
import { createConversations } from './conversations.ts';

const search: Answer['search'] = {
  passages: [], evidence: { value: 1, covered: 1, seen: 1, unseen: 0, cosine: 1 },
  coverage: { documents: 1, passages: 1, passagesByMeaning: 1, sourcesPending: 0 }, timings: [], cached: false,
};
const citation = { number: 1, corpus: 'c' as CorpusId, document: 'd' as DocumentId, title: 'Lease', start: 0, end: 3, quote: 'Yes', verification: 'verified' as const };
const sentence = { text: 'Yes', verification: 'verified' as const, citations: [1] };
const answer: Answer = { verdict: 'answered', generator: 'extractive', sentences: [sentence], citations: [citation], closest: [], search };

function engineThat(next: () => Promise<AnswerEvent | null>, stop = async () => {}): EngineApi {
  const methods: Partial<EngineApi> = {
    openAnswer: async () => ({ conversation: 'talk' as ConversationId, answer: 'a1' as AnswerId }),
    nextAnswerEvent: next,
    stopAnswer: stop,
    readConversation: async () => undefined,
  };
  return methods as EngineApi;
}

const hooks = (begun: string[] = []) => ({ onBegun: (id: ConversationId) => void begun.push(id), onEvent() {}, onEnd() {} });
const scripted = (...events: AnswerEvent[]) => async () => events.shift() ?? null;

describe('a conversation on the page', () => {
  it('shows the question at once, then the answer as it comes', async () => {
    const begun: string[] = [];
    const events = scripted({ kind: 'search', result: search, verdict: 'answered' }, { kind: 'sentence', sentence, citations: [citation] }, { kind: 'done', answer });
    const conversations = createConversations(engineThat(events), hooks(begun));
    conversations.begin(undefined);
    const asked = conversations.ask('Who repairs?');
    expect(conversations.current.value.turns.value).toMatchObject([{ question: 'Who repairs?', state: 'streaming' }]);
    await asked;
    expect(begun).toEqual(['talk']);
    expect(conversations.current.value.turns.value).toMatchObject([{ id: 'a1', state: 'done', sentences: [sentence], citations: [citation] }]);
    expect(conversations.running.value).toBeUndefined();
  });

  it('keeps what stood when it is stopped', async () => {
    let release = (_event: AnswerEvent | null) => {};
    const events: Promise<AnswerEvent | null>[] = [
      Promise.resolve({ kind: 'sentence', sentence, citations: [citation] }),
      new Promise((resolve) => { release = resolve; }),
    ];
    const engine = engineThat(() => events.shift() ?? Promise.resolve(null), async () => release(null));
    const conversations = createConversations(engine, hooks());
    conversations.begin(undefined);
    const asked = conversations.ask('Who repairs?');
    await new Promise((resolve) => { setTimeout(resolve, 5); });
    await conversations.stop();
    await asked;
    expect(conversations.current.value.turns.value).toMatchObject([{ state: 'stopped', sentences: [sentence] }]);
  });

  it('says with its code why an answer failed', async () => {
    const conversations = createConversations(engineThat(async () => { throw new AppError('engine-gone', 'worker died'); }), hooks());
    conversations.begin(undefined);
    await conversations.ask('Who repairs?');
    expect(conversations.current.value.turns.value).toMatchObject([{ state: 'failed', error: { code: 'engine-gone' } }]);
  });

  it('goes on answering while another conversation is on screen', async () => {
    const conversations = createConversations(engineThat(scripted({ kind: 'done', answer })), hooks());
    conversations.begin(undefined);
    const first = conversations.current.value;
    const asked = conversations.ask('Who repairs?');
    conversations.begin('c' as CorpusId);
    await asked;
    expect(first.turns.value).toMatchObject([{ state: 'done' }]);
    expect(conversations.current.value.turns.value).toEqual([]);
    await conversations.open('talk' as ConversationId);
    expect(conversations.current.value).toBe(first);
  });

  it('tells what a model has begun apart from the answer, and asks for the model that was named', async () => {
    let asked: unknown;
    let release = (_event: AnswerEvent | null) => {};
    const events: Promise<AnswerEvent | null>[] = [
      Promise.resolve({ kind: 'search', result: search, verdict: 'answered' }),
      Promise.resolve({ kind: 'writing', generator: 'm@1', title: 'M' }),
      Promise.resolve({ kind: 'written', citations: [], rest: 'It is' }),
      new Promise((resolve) => { release = resolve; }),
    ];
    const engine = engineThat(() => events.shift() ?? Promise.resolve(null));
    const openAnswer: EngineApi['openAnswer'] = (request) => { asked = request; return engine.openAnswer(request); };
    const conversations = createConversations({ ...engine, openAnswer }, { ...hooks(), expectWriter: () => ({ title: 'M', trust: 'toy' }) });
    conversations.begin(undefined);
    const end = conversations.ask('Who repairs?', 'm@1' as ModelKey);
    await new Promise((resolve) => { setTimeout(resolve, 5); });
    expect(asked).toEqual({ question: 'Who repairs?', generator: 'm@1' });
    expect(conversations.begun.value).toBe('It is');
    expect(conversations.current.value.turns.value).toMatchObject([{ expected: { title: 'M' }, written: { state: 'writing', sentences: [] } }]);
    release({ kind: 'done', answer });
    await end;
    expect(conversations.begun.value).toBe('');
  });

  it('knows when a conversation is not here', async () => {
    const conversations = createConversations(engineThat(async () => null), hooks());
    await conversations.open('gone' as ConversationId);
    expect(conversations.current.value.state.value).toBe('missing');
  });
});
