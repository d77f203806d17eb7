import type { Turn } from '#core/engine/engine-api.ts';
import type { AnswerId, ConversationId, CorpusId } from '#core/ids.ts';

export type ConversationRecord = {
  id: ConversationId;
  title: string;
  createdAt: string;
  updatedAt: string;
  turns: number;
  collection?: CorpusId;
};

/** A turn in its own row, so that a long conversation is not rewritten with every answer. */
export type TurnRecord = Turn & {
  conversation: ConversationId;
  /** Place in the conversation, from 0. */
  ordinal: number;
  /** The question as it was searched, where that differs from the one asked. */
  searched?: string;
  /** The engine that is making the answer; while it lives, `streaming` is true. */
  engine: string;
};

export type TurnKey = AnswerId;
