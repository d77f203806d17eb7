import type { Answer, AnswerEvent, Citation } from '#core/answer/answer-types.ts';
import type { AskRequest, Collection, Conversation, EngineApi, EngineEvent, EngineSnapshot, Source, Turn } from '#core/engine/engine-api.ts';
import { AppError } from '#core/errors/app-error.ts';
import { createId, type AnswerId, type ConversationId, type CorpusId, type DocumentId, type SegmentId, type Sha256 } from '#core/ids.ts';
import type { RankedPassage } from '#core/search/search-types.ts';
import { FakeModels } from './fake-models.ts';
import { fakeWriting } from './fake-writing.ts';

/** How long the fake takes between two states of a source or model and two events of an answer; whether its server lets it ask the hub. */
export type FakeOptions = { stepMs?: number; canAskHub?: boolean };

const wait = (delayMs: number) => new Promise<void>((resolve) => { setTimeout(resolve, delayMs); });

/**
 * An `EngineApi` in memory for tests and for looking at the page: it reads files as text, finds sentences by shared words,
 * and fails files by their name (`encrypted`, `broken`, `full`). Its models are names that take their time. Nothing survives it.
 */
export function createFakeEngine({ stepMs = 60, canAskHub = true }: FakeOptions = {}): EngineApi {
  return new FakeEngine(stepMs, canAskHub);
}

class FakeEngine implements EngineApi {
  readonly #stepMs: number;
  readonly #models: FakeModels;
  readonly #collections = new Map<CorpusId, Collection>();
  readonly #sources = new Map<DocumentId, Source>();
  readonly #removed = new Map<DocumentId, Source>();
  readonly #texts = new Map<DocumentId, string>();
  readonly #files = new Map<DocumentId, Blob>();
  readonly #conversations = new Map<ConversationId, Conversation>();
  readonly #answers = new Map<AnswerId, { turn: Turn; conversation: ConversationId; events: AnswerEvent[]; stopped: boolean }>();
  #paused = false;
  #emit: (event: EngineEvent) => void = () => {};

  constructor(stepMs: number, canAskHub: boolean) {
    this.#stepMs = stepMs;
    this.#models = new FakeModels(stepMs, canAskHub, (models) => this.#emit({ kind: 'models', models }));
  }

  async start(onEvent: (event: EngineEvent) => void): Promise<EngineSnapshot> {
    this.#emit = onEvent;
    return {
      collections: this.#listCollections(),
      sources: [...this.#sources.values()],
      work: this.#work(),
      storage: await this.readStorage(),
      conversations: this.#listConversations(),
      models: this.#models.read(),
    };
  }

  installModel: EngineApi['installModel'] = (key) => this.#models.installModel(key);
  pauseModel: EngineApi['pauseModel'] = (key) => this.#models.pauseModel(key);
  cancelModel: EngineApi['cancelModel'] = (key) => this.#models.cancelModel(key);
  removeModel: EngineApi['removeModel'] = (key) => this.#models.removeModel(key);
  repairModel: EngineApi['repairModel'] = (key) => this.#models.repairModel(key);
  importModels: EngineApi['importModels'] = (files) => this.#models.importModels(files);
  chooseModel: EngineApi['chooseModel'] = (task, key) => this.#models.chooseModel(task, key);
  retryModel: EngineApi['retryModel'] = (key) => this.#models.retryModel(key);

  async createCollection(name: string): Promise<Collection> {
    const collection: Collection = { id: createId<CorpusId>(), name, sources: 0, passages: 0, createdAt: new Date().toISOString() };
    this.#collections.set(collection.id, collection);
    this.#emitCollections();
    return collection;
  }

  async renameCollection(id: CorpusId, name: string): Promise<void> {
    this.#collections.set(id, { ...this.#collection(id), name });
    this.#emitCollections();
  }

  async removeCollection(id: CorpusId): Promise<void> {
    const ids = [...this.#sources.values()].filter((source) => source.collection === id).map((source) => source.id);
    for (const one of ids) this.#sources.delete(one);
    this.#collections.delete(id);
    this.#emit({ kind: 'removed', ids });
    this.#emitCollections();
  }

  async addFiles(files: Parameters<EngineApi['addFiles']>[0], collection: CorpusId): Promise<Source[]> {
    const rows = await Promise.all(files.map(async ({ file, name, path }) => this.#addOne(name, path ?? name, await file.text(), file, collection)));
    this.#emitCollections();
    return rows;
  }

  async addText(title: string, text: string, collection: CorpusId): Promise<Source> {
    const row = this.#addOne(title, title, text, undefined, collection);
    this.#emitCollections();
    return row;
  }

  async pauseWork(): Promise<void> {
    this.#paused = true;
    this.#emit({ kind: 'work', work: this.#work() });
  }

  async resumeWork(): Promise<void> {
    this.#paused = false;
    this.#emit({ kind: 'work', work: this.#work() });
  }

  async cancelSource(id: DocumentId): Promise<void> {
    this.#put({ ...this.#source(id), state: 'cancelled' });
  }

  async retrySource(id: DocumentId): Promise<void> {
    void this.#read(this.#source(id));
  }

  async removeSources(ids: DocumentId[]): Promise<void> {
    for (const id of ids) {
      this.#removed.set(id, this.#source(id));
      this.#sources.delete(id);
    }
    this.#emit({ kind: 'removed', ids });
    this.#emitCollections();
  }

  async undoRemove(ids: DocumentId[]): Promise<void> {
    for (const id of ids) {
      const source = this.#removed.get(id);
      if (source) this.#put(source);
    }
    this.#emitCollections();
  }

  async renameSource(id: DocumentId, title: string): Promise<void> {
    this.#put({ ...this.#source(id), title });
  }

  async tagSource(id: DocumentId, tags: string[]): Promise<void> {
    this.#put({ ...this.#source(id), tags });
  }

  async moveSources(ids: DocumentId[], collection: CorpusId): Promise<void> {
    for (const id of ids) this.#put({ ...this.#source(id), collection });
    this.#emitCollections();
  }

  async readOriginal(id: DocumentId): Promise<Blob | null> {
    return this.#files.get(id) ?? null;
  }

  async readText(id: DocumentId): ReturnType<EngineApi['readText']> {
    const source = this.#source(id);
    const text = this.#texts.get(id) ?? '';
    const blocks = [...text.matchAll(/[^\n]+(?:\n(?!\n)[^\n]+)*/g)].map((match) => ({ at: match.index, kind: match[0].startsWith('#') ? 'heading' as const : 'paragraph' as const, ...(match[0].startsWith('#') && { level: 1 }) }));
    return { source, text, blocks, language: 'en' };
  }

  async openAnswer({ question, collection, conversation, generator }: AskRequest): ReturnType<EngineApi['openAnswer']> {
    const id = conversation ?? createId<ConversationId>();
    const turn: Turn = { id: createId<AnswerId>(), question, askedAt: new Date().toISOString(), state: 'streaming' };
    const known = this.#conversations.get(id) ?? { id, title: question, updatedAt: turn.askedAt, turns: 0, items: [], ...(collection && { collection }) };
    this.#conversations.set(id, { ...known, updatedAt: turn.askedAt, turns: known.turns + 1, items: [...known.items, turn] });
    this.#answers.set(turn.id, { turn, conversation: id, events: this.#write(this.#makeAnswer(question, collection), question, generator), stopped: false });
    this.#emit({ kind: 'conversations', conversations: this.#listConversations() });
    return { conversation: id, answer: turn.id };
  }

  async nextAnswerEvent(answer: AnswerId): Promise<AnswerEvent | null> {
    await wait(this.#stepMs);
    const open = this.#answers.get(answer);
    const event = open?.stopped ? undefined : open?.events.shift();
    if (!open || !event) return null;
    if (event.kind === 'done') Object.assign(open.turn, { state: event.answer.verdict === 'not-found' ? 'not-found' : 'done', answer: event.answer });
    return event;
  }

  async stopAnswer(answer: AnswerId): Promise<void> {
    const open = this.#answers.get(answer);
    if (!open) return;
    open.stopped = true;
    open.turn.state = 'stopped';
  }

  async findElsewhere(question: string, collection: CorpusId): ReturnType<EngineApi['findElsewhere']> {
    return [...this.#collections.keys()].filter((id) => id !== collection).flatMap((id) => {
      const found = this.#makeAnswer(question, id).filter((event) => event.kind === 'sentence').length;
      return found > 0 ? [{ collection: id, passages: found }] : [];
    });
  }

  async readConversation(id: ConversationId): Promise<Conversation | undefined> {
    return this.#conversations.get(id);
  }

  async renameConversation(id: ConversationId, title: string): Promise<void> {
    const known = this.#conversations.get(id);
    if (known) this.#conversations.set(id, { ...known, title });
    this.#emit({ kind: 'conversations', conversations: this.#listConversations() });
  }

  async removeConversation(id: ConversationId): Promise<void> {
    this.#conversations.delete(id);
    this.#emit({ kind: 'conversations', conversations: this.#listConversations() });
  }

  async readStorage(): ReturnType<EngineApi['readStorage']> {
    return { usedBytes: 8_400_000, quotaBytes: 11_800_000_000, persisted: false, originalsBytes: 3_000_000, indexBytes: 1_200_000 };
  }

  async setKeepOriginals(): Promise<void> {}

  #addOne(name: string, path: string, text: string, file: Blob | undefined, collection: CorpusId): Source {
    const twin = [...this.#sources.values()].find((source) => source.collection === collection && this.#texts.get(source.id) === text);
    if (twin) return { ...twin, duplicateOf: { id: twin.id, title: twin.title, addedAt: twin.addedAt } };
    const row: Source = {
      id: createId<DocumentId>(), collection, title: name.replace(/\.\w+$/, ''), path, bytes: text.length, addedAt: new Date().toISOString(),
      state: 'queued', type: name.endsWith('.pdf') ? 'pdf' : name.endsWith('.md') ? 'markdown' : 'text', tags: [], hasOriginal: file !== undefined,
    };
    this.#texts.set(row.id, text);
    if (file) this.#files.set(row.id, file);
    this.#sources.set(row.id, row);
    void this.#read(row);
    return row;
  }

  async #read(row: Source): Promise<void> {
    const advance = async (change: Partial<Source>) => {
      do await wait(this.#stepMs * 4); while (this.#paused);
      const known = this.#sources.get(row.id);
      if (known && known.state !== 'cancelled') this.#put({ ...known, ...change });
    };
    const { error: _old, ...clean } = this.#source(row.id);
    this.#put({ ...clean, state: 'queued' });
    await advance({ state: 'reading', progress: { done: 31, total: 64 } });
    const failure = /encrypted/.test(row.path) ? 'source/encrypted' : /broken/.test(row.path) ? 'source/corrupt' : undefined;
    if (failure) return advance({ state: 'failed', error: { code: failure, message: 'made to fail' } });
    await advance({ state: 'searchable-by-keyword', progress: { done: 43, total: 100 } });
    const coverage = row.type === 'pdf' ? { coverage: { pages: 120, unreadPages: [7, 90] } } : {};
    await advance({ state: 'ready', passages: 12, ...coverage });
    if (/full/.test(row.path)) this.#emit({ kind: 'trouble', error: { code: 'quota-exceeded', message: 'made to fail' } });
  }

  #makeAnswer(question: string, collection: CorpusId | undefined): AnswerEvent[] {
    const words = question.toLowerCase().match(/\p{L}{4,}/gu) ?? [];
    const scored = [...this.#sources.values()]
      .filter((source) => collection === undefined || source.collection === collection)
      .flatMap((source) => [...(this.#texts.get(source.id) ?? '').matchAll(/[^.!?\n]+[.!?]/g)].map((match) => ({ source, text: match[0].trim(), start: match.index + match[0].length - match[0].trimStart().length })))
      .map((sentence) => ({ ...sentence, score: words.filter((word) => sentence.text.toLowerCase().includes(word)).length }))
      .sort((a, b) => b.score - a.score)
      .slice(0, 3);
    const found = scored.filter(({ score }) => score > 1);
    const verdict = found.length > 0 ? 'answered' : 'not-found';
    const cite = ({ source, text, start }: (typeof scored)[number], index: number): Citation => ({ number: index + 1, corpus: source.collection, document: source.id, title: source.title, start, end: start + text.length, quote: text, verification: 'verified' });
    const search = { passages: scored.map((one, row) => rank(one.source, one.text, one.start, row, one.score)), evidence: { value: found.length > 0 ? 0.7 : 0.12, covered: 1, seen: 1, unseen: 0, cosine: 0.4 }, coverage: { documents: this.#sources.size, passages: 12 * this.#sources.size, passagesByMeaning: 12 * this.#sources.size, sourcesPending: this.#work().total - this.#work().done }, timings: [{ stage: 'keyword' as const, ms: 1.9 }, { stage: 'embed' as const, ms: 0.4 }, { stage: 'vectors' as const, ms: 3.2 }, { stage: 'fuse' as const, ms: 0.6 }, { stage: 'answer' as const, ms: 2.1 }], cached: false };
    const citations = found.map(cite);
    const sentences = citations.map((citation) => ({ text: citation.quote, verification: 'verified' as const, citations: [citation.number] }));
    const answer: Answer = { verdict, generator: 'extractive', sentences, citations, closest: scored.map(cite), search };
    return [
      { kind: 'search', result: search, verdict },
      ...sentences.map((sentence, index): AnswerEvent => ({ kind: 'sentence', sentence, citations: citations.slice(index, index + 1) })),
      { kind: 'done', answer },
    ];
  }

  /** The events of an answer with those of the model that writes to it, where one does. */
  #write(events: AnswerEvent[], question: string, wanted: AskRequest['generator']): AnswerEvent[] {
    const writer = this.#models.writer(wanted);
    return events.flatMap((event) => (writer && event.kind === 'done' && event.answer.verdict !== 'not-found' ? fakeWriting(event.answer, writer, question) : [event]));
  }

  #put(source: Source): void {
    this.#sources.set(source.id, source);
    this.#emit({ kind: 'sources', sources: [source] });
    this.#emit({ kind: 'work', work: this.#work() });
  }

  #work(): EngineSnapshot['work'] {
    const all = [...this.#sources.values()];
    const done = all.filter((source) => ['ready', 'failed', 'cancelled'].includes(source.state)).length;
    return { paused: this.#paused, done, total: all.length, secondsLeft: 2 * (all.length - done) };
  }

  #source(id: DocumentId): Source {
    const source = this.#sources.get(id);
    if (!source) throw new AppError('not-found', `no source ${id}`);
    return source;
  }

  #collection(id: CorpusId): Collection {
    const collection = this.#collections.get(id);
    if (!collection) throw new AppError('not-found', `no collection ${id}`);
    return collection;
  }

  #listCollections(): Collection[] {
    return [...this.#collections.values()].map((one) => {
      const sources = [...this.#sources.values()].filter((source) => source.collection === one.id).length;
      return { ...one, sources, passages: 12 * sources };
    });
  }

  #listConversations(): EngineSnapshot['conversations'] {
    return [...this.#conversations.values()].map(({ id, title, updatedAt, turns, collection }) => ({ id, title, updatedAt, turns, ...(collection && { collection }) }));
  }

  #emitCollections(): void {
    this.#emit({ kind: 'collections', collections: this.#listCollections() });
  }
}

function rank(source: Source, text: string, start: number, row: number, score: number): RankedPassage {
  return {
    corpus: source.collection, segment: 'fake' as SegmentId, row,
    passage: { document: source.id, ordinal: row, start, text, headings: [], blocks: [] },
    document: { id: source.id, title: source.title, type: source.type ?? 'text', bytes: source.bytes, sha256: '' as Sha256, characters: text.length, language: 'en', addedAt: source.addedAt },
    keyword: score / 6, meaning: score / 8, fused: score / 7, terms: 0,
  } as unknown as RankedPassage;
}
