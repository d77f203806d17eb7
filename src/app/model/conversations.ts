import { batch, computed, signal, type ReadonlySignal, type Signal } from '@preact/signals';
import type { AnswerEvent } from '#core/answer/answer-types.ts';
import type { AskRequest, EngineApi } from '#core/engine/engine-api.ts';
import { toWireError } from '#core/errors/app-error.ts';
import type { AnswerId, ConversationId, CorpusId } from '#core/ids.ts';
import { advanceTurn, beginTurn, stopTurn, viewTurn, type ExpectedWriter, type TurnView } from './turn-view.ts';

/** A conversation as the page holds it; `id` is missing until its first question has been accepted. */
export type Talk = {
  /** Stable for the life of the page, also before there is an id. */
  readonly key: number;
  readonly id: Signal<ConversationId | undefined>;
  readonly collection: Signal<CorpusId | undefined>;
  readonly title: Signal<string>;
  readonly turns: Signal<readonly TurnView[]>;
  readonly state: Signal<'loading' | 'ready' | 'missing'>;
};

export type Conversations = {
  /** The conversation on screen. */
  readonly current: ReadonlySignal<Talk>;
  /** The answer being made in it, if one is. */
  readonly running: ReadonlySignal<AnswerId | undefined>;
  /** Puts a kept conversation on screen. */
  open(id: ConversationId): Promise<void>;
  /** Puts an empty conversation over a collection (or all) on screen. */
  begin(collection: CorpusId | undefined): void;
  /** What a model has begun since its last whole sentence, in the answer being made; not checked yet. */
  readonly begun: ReadonlySignal<string>;
  /**
   * Asks in the conversation on screen, to be written by a model or by none where one is named. Resolves when the answer
   * has ended, however it ended; never rejects.
   */
  ask(question: string, generator?: AskRequest['generator']): Promise<void>;
  stop(): Promise<void>;
};

type Hooks = {
  /** The model that will write, as far as is known when a question is asked. */
  expectWriter?(generator: AskRequest['generator']): ExpectedWriter | undefined;
  /** A new conversation has got its id. */
  onBegun(id: ConversationId): void;
  onEvent(event: AnswerEvent, turn: TurnView): void;
  onEnd(turn: TurnView): void;
};

/** The page's conversations over an engine. Answers go on while another conversation is on screen. */
export function createConversations(engine: EngineApi, hooks: Hooks, now: () => Date = () => new Date()): Conversations {
  const kept = new Map<ConversationId, Talk>();
  const current = signal(createTalk(undefined));
  const stopping = new Set<AnswerId>();
  const begunText = signal<{ answer: AnswerId; text: string } | undefined>(undefined);

  const running = computed(() => current.value.turns.value.find((turn) => turn.state === 'streaming')?.id);

  const pull = async (talk: Talk, answer: AnswerId) => {
    for (;;) {
      const event = await engine.nextAnswerEvent(answer);
      if (!event) return;
      const turn = change(talk, answer, (old) => advanceTurn(old, event));
      if (event.kind === 'written') begunText.value = { answer, text: event.rest };
      if (turn) hooks.onEvent(event, turn);
    }
  };

  const accept = (talk: Talk, temporary: AnswerId, opened: { conversation: ConversationId; answer: AnswerId }, question: string) => {
    const isNew = talk.id.value === undefined;
    batch(() => {
      change(talk, temporary, (turn) => ({ ...turn, id: opened.answer }));
      talk.id.value = opened.conversation;
      if (isNew) talk.title.value = question;
    });
    kept.set(opened.conversation, talk);
    if (isNew && current.value === talk) hooks.onBegun(opened.conversation);
  };

  const end = (talk: Talk, id: AnswerId, finish: (turn: TurnView) => TurnView) => {
    stopping.delete(id);
    const turn = change(talk, id, finish);
    if (turn) hooks.onEnd(turn);
  };

  return {
    current,
    running,
    begun: computed(() => (begunText.value?.answer === running.value ? begunText.value?.text ?? '' : '')),
    begin(collection) {
      const talk = createTalk(collection);
      talk.state.value = 'ready';
      current.value = talk;
    },
    async open(id) {
      const known = kept.get(id);
      const talk = known ?? createTalk(undefined);
      talk.id.value = id;
      current.value = talk;
      if (known) return;
      kept.set(id, talk);
      await load(engine, id, talk, () => kept.delete(id));
    },
    async ask(question, generator) {
      const talk = current.value;
      if (talk.turns.value.some((turn) => turn.state === 'streaming')) return;
      let id = `asking-${now().getTime()}` as AnswerId;
      talk.turns.value = [...talk.turns.value, beginTurn(id, question, now().toISOString(), hooks.expectWriter?.(generator))];
      try {
        const collection = talk.collection.value;
        const conversation = talk.id.value;
        const opened = await engine.openAnswer({ question, ...(collection && { collection }), ...(conversation && { conversation }), ...(generator && { generator }) });
        accept(talk, id, opened, question);
        id = opened.answer;
        await pull(talk, id);
        end(talk, id, stopTurn);
      } catch (thrown) {
        const error = toWireError(thrown);
        const stopped = error.code === 'aborted' || stopping.has(id);
        end(talk, id, (turn) => (stopped ? stopTurn(turn) : { ...stopTurn(turn), state: 'failed', error }));
      }
    },
    async stop() {
      const id = running.value;
      if (!id || stopping.has(id)) return;
      stopping.add(id);
      await engine.stopAnswer(id).catch(() => {});
    },
  };
}

let lastKey = 0;

function createTalk(collection: CorpusId | undefined): Talk {
  lastKey += 1;
  return { key: lastKey, id: signal(undefined), collection: signal(collection), title: signal(''), turns: signal([]), state: signal('loading') };
}

async function load(engine: EngineApi, id: ConversationId, talk: Talk, forget: () => void): Promise<void> {
  const conversation = await engine.readConversation(id).catch(() => undefined);
  if (!conversation) {
    forget();
    talk.state.value = 'missing';
    return;
  }
  batch(() => {
    talk.collection.value = conversation.collection;
    talk.title.value = conversation.title;
    talk.turns.value = conversation.items.map(viewTurn);
    talk.state.value = 'ready';
  });
}

function change(talk: Talk, id: AnswerId, update: (turn: TurnView) => TurnView): TurnView | undefined {
  const old = talk.turns.value.find((turn) => turn.id === id);
  if (!old) return undefined;
  const changed = update(old);
  // The same turn again is no news: nothing is drawn anew.
  if (changed !== old) talk.turns.value = talk.turns.value.map((turn) => (turn === old ? changed : turn));
  return changed;
}
