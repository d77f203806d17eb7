import type { Answer, AnswerEvent } from '../answer/answer-types.ts';
import type { Coverage, SourceType } from '../document/parsed-document.ts';
import type { PassageBlock } from '../document/passage.ts';
import type { WireError } from '../errors/app-error.ts';
import type { AnswerId, ConversationId, CorpusId, DocumentId } from '../ids.ts';
import type { DeviceProbe } from '../device/engine-profile.ts';
import type { ModelKey, ModelTask } from '../models/model-manifest.ts';
import type { ModelState } from '../models/model-state.ts';
import type { SearchFilters } from '../search/search-types.ts';

export type SourceState =
  | 'queued' | 'paused' | 'reading' | 'searchable-by-keyword' | 'ready' | 'failed' | 'cancelled';

/** A row of the library. Only `state`, `progress` and `error` change while it is worked on. */
export type Source = {
  id: DocumentId;
  collection: CorpusId;
  title: string;
  /** Name as dropped, with its folder where it had one. */
  path: string;
  type?: SourceType;
  bytes: number;
  addedAt: string;
  state: SourceState;
  /** `reading`: pages or blocks done of all, where known. `searchable-by-keyword`: passages with a vector of all. */
  progress?: { done: number; total: number };
  passages?: number;
  coverage?: Coverage;
  tags: string[];
  /** False when the person chose not to keep the original, or it came without one. */
  hasOriginal: boolean;
  error?: WireError;
  /** Set on a row that was not added because the same bytes are already here; the row is that of the source that is. */
  duplicateOf?: { id: DocumentId; title: string; addedAt: string };
};

export type Collection = { id: CorpusId; name: string; sources: number; passages: number; createdAt: string };

/** Work under way over all sources. `paused` is the person's wish and survives a reload. */
export type Work = { paused: boolean; done: number; total: number; secondsLeft?: number };

export type StorageState = {
  usedBytes: number;
  quotaBytes: number;
  persisted: boolean;
  /** What the bytes are: originals, index (text, keywords, vectors), conversations. */
  originalsBytes: number;
  indexBytes: number;
};

export type Turn = {
  id: AnswerId;
  question: string;
  askedAt: string;
  state: 'streaming' | 'done' | 'not-found' | 'stopped' | 'failed';
  answer?: Answer;
  error?: WireError;
};

/** `collection` is missing where all collections are asked. */
export type ConversationSummary = { id: ConversationId; title: string; updatedAt: string; turns: number; collection?: CorpusId };
export type Conversation = ConversationSummary & { items: Turn[] };

/** What the engine tells the page unasked. `sources` and `removed` carry only what changed. */
export type EngineEvent =
  | { kind: 'sources'; sources: Source[] }
  | { kind: 'removed'; ids: DocumentId[] }
  | { kind: 'collections'; collections: Collection[] }
  | { kind: 'work'; work: Work }
  | { kind: 'storage'; storage: StorageState }
  | { kind: 'conversations'; conversations: ConversationSummary[] }
  | { kind: 'models'; models: ModelsState }
  | { kind: 'trouble'; error: WireError };

/**
 * What this device can run and which models there are, whole each time. `device` is missing until it was probed;
 * `canAskHub` is false where this server's settings keep the hub off.
 */
export type ModelsState = { device?: DeviceProbe; models: ModelState[]; canAskHub: boolean };

export type EngineSnapshot = {
  collections: Collection[];
  sources: Source[];
  work: Work;
  storage: StorageState;
  conversations: ConversationSummary[];
  models: ModelsState;
};

export type AskRequest = {
  question: string;
  /** Absent: all collections. */
  collection?: CorpusId;
  filters?: SearchFilters;
  /** Absent: a new conversation is begun. */
  conversation?: ConversationId;
  /** Which model writes, `quotes` for none; absent: the one chosen in Models. */
  generator?: ModelKey | 'quotes';
};

/** A block of a source's text. Where in the original it began is not told: offsets are what the page knows. */
export type SourceBlock = Omit<PassageBlock, 'anchor'>;

/** A document's text with its structure, as the viewer sets it. Blocks' `at` are offsets into `text`. */
export type SourceText = {
  source: Source;
  text: string;
  blocks: SourceBlock[];
  pageStarts?: number[];
  language: string;
};

export type NewFile = { file: Blob; name: string; path?: string };

/**
 * The engine as the page holds it. Every method may reject with an `AppError`; arguments and results are plain data.
 * Answers are pulled: `openAnswer`, then `nextAnswerEvent` until it gives null; `stopAnswer` ends it early, and what
 * stood by then is kept in the conversation as `stopped`.
 */
export type EngineApi = {
  start(onEvent: (event: EngineEvent) => void): Promise<EngineSnapshot>;

  createCollection(name: string): Promise<Collection>;
  renameCollection(id: CorpusId, name: string): Promise<void>;
  removeCollection(id: CorpusId): Promise<void>;

  /** Resolves when the rows stand in the library, not when they are read. */
  addFiles(files: NewFile[], collection: CorpusId): Promise<Source[]>;
  addText(title: string, text: string, collection: CorpusId): Promise<Source>;
  pauseWork(): Promise<void>;
  /** Errors: `quota-exceeded` while the disk is full; the work stays paused. */
  resumeWork(): Promise<void>;
  cancelSource(id: DocumentId): Promise<void>;
  /** Also reads a ready source again, from its kept original. */
  retrySource(id: DocumentId): Promise<void>;
  /** Gone from search and list at once; `undoRemove` brings them back until the next start of the engine or a later removal. */
  removeSources(ids: DocumentId[]): Promise<void>;
  undoRemove(ids: DocumentId[]): Promise<void>;
  renameSource(id: DocumentId, title: string): Promise<void>;
  tagSource(id: DocumentId, tags: string[]): Promise<void>;
  moveSources(ids: DocumentId[], collection: CorpusId): Promise<void>;

  readOriginal(id: DocumentId): Promise<Blob | null>;
  readText(id: DocumentId): Promise<SourceText>;

  openAnswer(request: AskRequest): Promise<{ conversation: ConversationId; answer: AnswerId }>;
  nextAnswerEvent(answer: AnswerId): Promise<AnswerEvent | null>;
  stopAnswer(answer: AnswerId): Promise<void>;
  /** Collections other than this one that seem to answer a question, and the passages of each that an answer would quote, most first. Nothing is kept of it. */
  findElsewhere(question: string, collection: CorpusId): Promise<{ collection: CorpusId; passages: number }[]>;

  readConversation(id: ConversationId): Promise<Conversation | undefined>;
  renameConversation(id: ConversationId, title: string): Promise<void>;
  removeConversation(id: ConversationId): Promise<void>;

  /**
   * Begins the download of a model, or goes on with it; resolves when it has begun or cannot, and `models` events tell
   * the rest. When whole it is chosen for its task where nothing was chosen. Errors: `not-found`, `quota-exceeded` (with
   * the bytes it needs and there are), `offline`.
   */
  installModel(key: ModelKey): Promise<void>;
  pauseModel(key: ModelKey): Promise<void>;
  /** Gives up a download and deletes what is here of it. */
  cancelModel(key: ModelKey): Promise<void>;
  /** Deletes a model from this device; where it was chosen, its task falls back to what needs no model. */
  removeModel(key: ModelKey): Promise<void>;
  /** Checks every byte against its hash and fetches what is wrong or missing again. */
  repairModel(key: ModelKey): Promise<void>;
  /** Files of one or more models, or a folder's (with `path`s), as a person gave them. Errors: `model/invalid`, `model/corrupt`, `quota-exceeded`. */
  importModels(files: NewFile[]): Promise<ModelKey[]>;
  /** Chooses an installed model for its task, or what needs none (`undefined`). */
  chooseModel(task: ModelTask, key: ModelKey | undefined): Promise<void>;
  /** Forgets what failed on this device and tries again. */
  retryModel(key: ModelKey): Promise<void>;

  readStorage(): Promise<StorageState>;
  /** Holds for sources read from now on; originals kept before stay. */
  setKeepOriginals(keep: boolean): Promise<void>;
};
