import type { AskRequest, Conversation, ConversationSummary, EngineEvent, Turn } from '#core/engine/engine-api.ts';
import { AppError, toWireError } from '#core/errors/app-error.ts';
import { createId, type AnswerId, type ConversationId } from '#core/ids.ts';
import type { Coordination } from '../coordination/coordination.ts';
import type { ConversationRecord, TurnRecord } from '../store/conversation-record.ts';
import type { AlcoveDatabase } from '../store/database.ts';
import { toStoreError } from '../store/dexie-store-error.ts';
import type { Reserve } from '../store/reserve.ts';

const maxTitleCharacters = 80;

/** Conversations as stored: a turn is saved when it is asked and again when its answer ends, however it ends. */
export type Conversations = {
  list: () => Promise<ConversationSummary[]>;
  read: (id: ConversationId) => Promise<Conversation | undefined>;
  /** The turn, stored where there is room; begins a conversation where the request names none. Errors: `not-found`. */
  beginTurn: (request: AskRequest) => Promise<TurnRecord>;
  /** Questions of the conversation before this turn as they were searched, oldest first. */
  readEarlier: (turn: TurnRecord) => Promise<string[]>;
  /** Turns before this one that were answered, oldest first: the question as it was searched, and what the answer says. */
  readEarlierTurns: (turn: TurnRecord) => Promise<{ question: string; answer: string }[]>;
  /** Does nothing where the conversation was removed meanwhile. */
  endTurn: (turn: TurnRecord) => Promise<void>;
  rename: (id: ConversationId, title: string) => Promise<void>;
  remove: (id: ConversationId) => Promise<void>;
};

export type ConversationsDeps = {
  database: AlcoveDatabase;
  reserve: Reserve;
  coordination: Coordination;
  now: () => number;
  emit: (event: EngineEvent) => void;
};

export function createConversations({ database, reserve, coordination, now, emit }: ConversationsDeps): Conversations {
  const { conversations, turns } = database;
  const inTransaction = <Result>(run: () => Promise<Result>): Promise<Result> => database.transaction('rw', conversations, turns, run);
  const turnsOf = (id: ConversationId) => turns.where('[conversation+ordinal]').between([id, -Infinity], [id, Infinity]);

  const turnsBefore = ({ conversation, ordinal }: TurnRecord): Promise<TurnRecord[]> =>
    turns.where('[conversation+ordinal]').between([conversation, -Infinity], [conversation, ordinal]).sortBy('ordinal');

  const list: Conversations['list'] = async () => (await conversations.orderBy('updatedAt').reverse().toArray()).map(toSummary);
  const announce = async (): Promise<void> => emit({ kind: 'conversations', conversations: await list() });
  const timestamp = (): string => new Date(now()).toISOString();

  const begin = (request: AskRequest): ConversationRecord => ({
    id: createId<ConversationId>(),
    title: toTitle(request.question),
    createdAt: timestamp(),
    updatedAt: timestamp(),
    turns: 0,
    ...(request.collection !== undefined && { collection: request.collection }),
  });

  /** A question is answered also where there is no room to keep it. */
  const orUnsaved = async <Result>(save: () => Promise<Result>, unsaved: Result): Promise<Result> => {
    try {
      return await reserve.spend(save);
    } catch (thrown) {
      const error = toStoreError(thrown);
      if (error.code !== 'quota-exceeded') throw error;
      emit({ kind: 'trouble', error: toWireError(error) });
      return unsaved;
    }
  };

  return {
    list,
    read: async (id) => {
      const record = await conversations.get(id);
      if (record === undefined) return undefined;
      const live = await coordination.liveEngines();
      const items = (await turnsOf(id).sortBy('ordinal')).map((turn) => toTurn(turn, live));
      return { ...toSummary(record), items };
    },
    beginTurn: async (request) => {
      const begun = begin(request);
      const id = createId<AnswerId>();
      const toTurnIn = ({ id: conversation, turns: ordinal }: ConversationRecord): TurnRecord => ({
        id, conversation, ordinal, question: request.question, askedAt: begun.createdAt, state: 'streaming', engine: coordination.engine,
      });
      const save = () =>
        inTransaction(async () => {
          const stored = request.conversation === undefined ? begun : await conversations.get(request.conversation);
          if (stored === undefined) throw new AppError('not-found', 'no such conversation');
          await conversations.put({ ...stored, turns: stored.turns + 1, updatedAt: begun.createdAt });
          await turns.add(toTurnIn(stored));
          return toTurnIn(stored);
        });
      const turn = await orUnsaved(save, toTurnIn({ ...begun, id: request.conversation ?? begun.id }));
      await announce();
      return turn;
    },
    readEarlier: async (turn) => (await turnsBefore(turn)).map(({ searched, question }) => searched ?? question),
    readEarlierTurns: async (turn) =>
      (await turnsBefore(turn)).flatMap(({ searched, question, answer }) => {
        const sentences = answer?.written?.state === 'done' ? answer.written.sentences : (answer?.sentences ?? []);
        return sentences.length === 0 ? [] : [{ question: searched ?? question, answer: sentences.map(({ text }) => text).join(' ') }];
      }),
    endTurn: async (turn) => {
      const save = () =>
        inTransaction(async () => {
          if ((await turns.get(turn.id)) !== undefined) await turns.put(turn);
        });
      await orUnsaved(save, undefined);
    },
    rename: async (id, title) => {
      const isRenamed = await conversations.update(id, { title: toTitle(title) });
      if (isRenamed === 0 && (await conversations.get(id)) === undefined) throw new AppError('not-found', 'no such conversation');
      await announce();
    },
    remove: async (id) => {
      await inTransaction(async () => {
        await turnsOf(id).delete();
        await conversations.delete(id);
      });
      await announce();
    },
  };
}

function toTitle(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  const characters = Array.from(line);
  return characters.length <= maxTitleCharacters ? line : `${characters.slice(0, maxTitleCharacters - 1).join('')}…`;
}

function toSummary({ id, title, updatedAt, turns, collection }: ConversationRecord): ConversationSummary {
  return { id, title, updatedAt, turns, ...(collection !== undefined && { collection }) };
}

/** A turn whose engine is gone was cut off: it streams no more. */
function toTurn(record: TurnRecord, live: ReadonlySet<string>): Turn {
  const { id, question, askedAt, answer, error } = record;
  const state = record.state === 'streaming' && !live.has(record.engine) ? 'stopped' : record.state;
  return { id, question, askedAt, state, ...(answer !== undefined && { answer }), ...(error !== undefined && { error }) };
}
