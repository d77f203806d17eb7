import { describe, expect, it } from 'vitest';
import type { Embedder } from '../embed/embedder.ts';
import { AppError } from '../errors/app-error.ts';
import type { CorpusId, DocumentId, ProfileId, Sha256 } from '../ids.ts';
import { analyze, analyzerId } from '../language/analyze-text.ts';
import type { Reranker } from '../rerank/reranker.ts';
import { buildSegments } from '../segment/build-segment.ts';
import { profileId, type Profile } from '../segment/profile.ts';
import type { DocumentInfo } from '../segment/segment-manifest.ts';
import { sha256 } from '../segment/sha256.ts';
import { encodeVecPart } from '../segment/vec-part.ts';
import type { CorpusStore } from '../store/corpus-store.ts';
import { createMemoryCorpusStore } from '../store/memory-corpus-store.ts';
import { MemoryVectorIndex } from '../vectors/memory-vector-index.ts';
import { createCorpusSearcher, type CorpusSearcher, type CorpusSearcherOptions } from './corpus-searcher.ts';

const dims = 16;

/** Knows words by what they are about; words it does not know add nothing. */
const concepts = new Map([['car', 0], ['automobile', 0], ['vehicle', 0], ['fish', 1], ['trout', 1], ['rent', 2], ['lease', 2]]);

function embedBy(place: (word: string) => number | undefined, text: string): Float32Array {
  const vector = new Float32Array(dims);
  for (const word of text.toLowerCase().match(/[a-z]+/g) ?? []) {
    const at = place(word);
    if (at !== undefined) vector[at] = (vector[at] ?? 0) + 1;
  }
  const norm = Math.hypot(...vector);
  return norm === 0 ? vector : vector.map((value) => value / norm);
}

type TestEmbedder = Embedder & { query: (text: string) => Promise<Float32Array> };

function createEmbedder(model: string, place: (word: string) => number | undefined, facts: Partial<Profile> = {}, languages?: string[]): TestEmbedder {
  const embed = (text: string): Float32Array => embedBy(place, text);
  const embedder: TestEmbedder = {
    profile: {
      model, commit: '1', dtype: 'q8', pooling: 'mean', queryPrefix: '', passagePrefix: '', tokenizer: '0'.repeat(64) as Sha256, chunker: 'test', dims, maxTokens: 100,
      keywordWeight: 0.5, canaries: [], ...facts,
    },
    device: 'wasm',
    ...(languages && { languages }),
    embedPassages: async (texts) => Float32Array.from(texts.flatMap((text) => [...embed(text)])),
    query: async (text) => embed(text),
    embedQuery: (text) => embedder.query(text),
    countTokens: (text) => text.length,
  };
  return embedder;
}

const plain = createEmbedder('plain', (word) => word.length % dims);
const createNeural = (facts?: Partial<Profile>, languages?: string[]) => createEmbedder('neural', (word) => concepts.get(word), facts, languages);
const home = 'home' as CorpusId;

/** Commits each document as a segment with vectors of these embedders. */
async function add(store: CorpusStore, texts: string[], embedders: readonly Embedder[], { corpus = home, language = 'en' } = {}): Promise<void> {
  const head = (await store.readHead(corpus)) ?? { corpus, name: corpus, seq: 0, segments: [] };
  for (const text of texts) {
    const document: DocumentInfo = { id: text as DocumentId, title: text, type: 'text', addedAt: '2025-01-01T00:00:00Z', language, bytes: 1, sha256: '0'.repeat(64) as Sha256, characters: 1 };
    const passages = [{ document: document.id, ordinal: 0, start: 0, text, headings: [], blocks: [] }];
    const [segment] = await buildSegments([{ document, passages, terms: [analyze(text, language)] }], { analyzer: analyzerId });
    const vec = await Promise.all(
      embedders.map(async (embedder) => {
        const profile = await profileId(embedder.profile);
        const bytes = encodeVecPart(await embedder.embedPassages([text]), dims, profile);
        return { segment: segment!.id, profile, bytes, ref: { sha256: await sha256(bytes), bytes: bytes.length } };
      }),
    );
    const ref = { id: segment!.id, rows: 1, vec: Object.fromEntries(vec.map(({ profile, ref: part }) => [profile, part])) };
    head.seq += 1;
    head.segments = [...head.segments.filter(({ id }) => id !== ref.id), ref];
    await store.commit({ head: structuredClone(head), segments: [segment!], vec: vec.map(({ segment: id, profile, bytes }) => ({ segment: id, profile, bytes })) });
  }
}

async function createSearcher(store: CorpusStore, neural: Embedder | undefined, options: Partial<CorpusSearcherOptions> = {}): Promise<CorpusSearcher> {
  const searcher = await createCorpusSearcher({ store, embedder: plain, createVectorIndex: (size) => new MemoryVectorIndex(size), ...options });
  await searcher.refresh();
  await searcher.setNeural(neural);
  await searcher.neuralLoaded();
  return searcher;
}

const texts = ['The automobile stands in the yard.', 'A trout swims in the pond.', 'The lease ends in May.'];
const ask = (question: string, corpora = [home]) => ({ question, corpora, k: 3 });

describe('a searcher with a neural embedder', () => {
  it('compares meaning by it where every passage has its vector, and says so', async () => {
    const store = createMemoryCorpusStore();
    const neural = createNeural();
    await add(store, texts, [plain, neural]);
    const result = await (await createSearcher(store, neural)).search(ask('vehicle'));
    expect(result.passages[0]).toMatchObject({ document: { title: texts[0] }, keyword: 0 });
    expect(result.passages[0]?.meaning).toBeCloseTo(1, 3);
    expect(result.meaningModel).toEqual({ model: 'neural', dtype: 'q8', device: 'wasm' });
    expect(result).not.toHaveProperty('neuralFallback');
    expect(result.coverage).toMatchObject({ passages: 3, passagesByMeaning: 3 });
  });

  it('goes by the other while one passage lacks its vector, and changes over when it comes, corpus by corpus', async () => {
    const store = createMemoryCorpusStore();
    const neural = createNeural();
    const done = 'done' as CorpusId;
    await add(store, texts.slice(0, 2), [plain, neural]);
    await add(store, texts.slice(2), [plain]);
    await add(store, ['An automobile is sold.'], [plain, neural], { corpus: done });
    const searcher = await createSearcher(store, neural);
    const early = await searcher.search(ask('vehicle'));
    expect(early).toMatchObject({ meaningModel: { model: 'plain' }, neuralFallback: 'incomplete', coverage: { passagesByMeaning: 3 } });
    expect((await searcher.search(ask('vehicle', [done]))).meaningModel?.model).toBe('neural');
    expect((await searcher.search(ask('vehicle', [home, done]))).neuralFallback).toBe('incomplete');
    await add(store, texts.slice(2), [plain, neural]);
    await searcher.refresh();
    await searcher.neuralLoaded();
    const late = await searcher.search(ask('vehicle', [home, done]));
    expect(late).toMatchObject({ meaningModel: { model: 'neural' }, coverage: { passagesByMeaning: 4 }, cached: false });
  });

  it('reads no vectors of it before a corpus has them all', async () => {
    const store = createMemoryCorpusStore();
    const neural = createNeural();
    const id = await profileId(neural.profile);
    const read: (ProfileId | 'kw' | 'txt')[] = [];
    const spying: CorpusStore = { ...bind(store), readPart: (segment, part) => (read.push(typeof part === 'string' ? part : part.vec), store.readPart(segment, part)) };
    await add(store, texts.slice(0, 1), [plain, neural]);
    await add(store, texts.slice(1), [plain]);
    const searcher = await createSearcher(spying, neural);
    expect(read).not.toContain(id);
    await add(store, texts.slice(1), [plain, neural]);
    await searcher.refresh();
    await searcher.neuralLoaded();
    expect(read.filter((part) => part === id)).toHaveLength(3);
    await searcher.setNeural({ ...neural });
    await searcher.neuralLoaded();
    expect(read.filter((part) => part === id)).toHaveLength(3);
  });

  it('waits no longer than its limit, only once, and has the late vector when it is asked again', async () => {
    const store = createMemoryCorpusStore();
    const neural = createNeural();
    await add(store, texts, [plain, neural]);
    let release = (): void => undefined;
    let calls = 0;
    const quick = neural.query;
    neural.query = (text) => {
      calls += 1;
      return new Promise((resolve) => (release = () => resolve(quick(text))));
    };
    const searcher = await createSearcher(store, neural, { neuralLimitMs: 5 });
    const slow = await searcher.search(ask('vehicle'));
    expect(slow).toMatchObject({ meaningModel: { model: 'plain' }, neuralFallback: 'too-slow' });
    expect((await searcher.search(ask('fish'))).neuralFallback).toBe('too-slow');
    expect(calls).toBe(1);
    release();
    await new Promise((resolve) => setTimeout(resolve));
    expect(await searcher.search(ask('vehicle'))).toMatchObject({ meaningModel: { model: 'neural' }, cached: false });
    expect(calls).toBe(1);
  });

  it('goes by the other when it fails, and keeps neither that answer nor the failure', async () => {
    const store = createMemoryCorpusStore();
    const neural = createNeural();
    await add(store, texts, [plain, neural]);
    const quick = neural.query;
    neural.query = () => Promise.reject(new AppError('device-lost', 'gone'));
    const searcher = await createSearcher(store, neural);
    expect(await searcher.search(ask('vehicle'))).toMatchObject({ meaningModel: { model: 'plain' }, neuralFallback: 'failed' });
    neural.query = quick;
    expect(await searcher.search(ask('vehicle'))).toMatchObject({ meaningModel: { model: 'neural' } });
  });

  it('stops when asked to while it waits for the question’s vector', async () => {
    const store = createMemoryCorpusStore();
    const neural = createNeural();
    await add(store, texts, [plain, neural]);
    const abort = new AbortController();
    neural.query = () => Promise.reject(new AppError('aborted', 'called off'));
    const searcher = await createSearcher(store, neural);
    const searching = searcher.search(ask('vehicle'), abort.signal);
    abort.abort();
    await expect(searching).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('is back at the other at once when none is wanted, also for a question under way', async () => {
    const store = createMemoryCorpusStore();
    const neural = createNeural();
    await add(store, texts, [plain, neural]);
    const searcher = await createSearcher(store, neural);
    expect(searcher.memory().scanBytes).toBeGreaterThan((await createSearcher(store, undefined)).memory().scanBytes);
    const quick = neural.query;
    neural.query = async (text) => {
      await searcher.setNeural(undefined);
      return quick(text);
    };
    const result = await searcher.search(ask('vehicle'));
    expect(result.meaningModel?.model).toBe('plain');
    expect(result).not.toHaveProperty('neuralFallback');
  });

  it('goes by the other where a part of its vectors cannot be read', async () => {
    const store = createMemoryCorpusStore();
    const neural = createNeural();
    const id = await profileId(neural.profile);
    await add(store, texts, [plain, neural]);
    const broken: CorpusStore = { ...bind(store), readPart: (segment, part) => (typeof part !== 'string' && part.vec === id ? Promise.reject(new AppError('segment/corrupt', 'bad')) : store.readPart(segment, part)) };
    const searcher = await createSearcher(broken, neural);
    expect(await searcher.search(ask('vehicle'))).toMatchObject({ meaningModel: { model: 'plain' }, neuralFallback: 'incomplete', coverage: { passagesByMeaning: 3 } });
  });

  it('judges what there is to answer by its cosine where that has a scale, else by the other’s', async () => {
    const store = createMemoryCorpusStore();
    const scales = [undefined, { zero: 0, one: 1 }, { zero: 0.5, one: 1.5 }] as const;
    const embedders = scales.map((meaningScale) => createNeural(meaningScale === undefined ? {} : { meaningScale }));
    await add(store, texts, [plain, ...embedders]);
    const usual = (await (await createSearcher(store, undefined)).search(ask('automobile'))).evidence.cosine;
    const cosines = await Promise.all(embedders.map(async (neural) => (await (await createSearcher(store, neural)).search(ask('automobile'))).evidence.cosine));
    expect(usual).toBeLessThan(0.9);
    expect(cosines).toEqual([expect.closeTo(usual, 6), expect.closeTo(1, 3), expect.closeTo(0.5, 3)]);
  });

  it('weighs keywords more in languages it does not know', async () => {
    const store = createMemoryCorpusStore();
    const neural = createNeural({ keywordWeight: 0.5, keywordWeightElsewhere: 0.9 }, ['en']);
    await add(store, texts, [plain, neural]);
    await add(store, ['Der trout car lease im Mai.'], [plain, neural], { language: 'de' });
    const { passages } = await (await createSearcher(store, neural)).search({ ...ask('trout'), k: 4 });
    for (const { document, keyword, meaning, fused } of passages) {
      const weight = document.language === 'de' ? 0.9 : 0.5;
      expect(fused).toBeCloseTo(weight * keyword + (1 - weight) * meaning);
    }
    expect(passages.map(({ document }) => document.language)).toContain('de');
  });
});

describe('a searcher with a reranker', () => {
  const many = Array.from({ length: 30 }, (_, n) => `Lease number ${n} names the cabinet ${'abcdefghij'[n % 10]}${n}.`);

  /** Prefers later numbers. */
  function createReranker(pairsPerSecond: number, score: Reranker['score'] = async (_query, passages) => Float32Array.from(passages, (text) => Number(/\d+/.exec(text)?.[0]))) {
    const calls: number[] = [];
    const reranker: Reranker = { model: 'cross', pairsPerSecond, score: (query, passages, signal) => (calls.push(passages.length), score(query, passages, signal)) };
    return { reranker, calls };
  }

  async function searcherWith(reranker: Reranker, options: Partial<CorpusSearcherOptions> = {}): Promise<CorpusSearcher> {
    const store = createMemoryCorpusStore();
    await add(store, many, [plain]);
    const searcher = await createSearcher(store, undefined, { rerankLimitMs: 300, ...options });
    searcher.setReranker(reranker);
    return searcher;
  }

  it('puts the first passages in its order where it is fast enough, and says so', async () => {
    const { reranker, calls } = createReranker(1000);
    const result = await (await searcherWith(reranker)).search(ask('lease'));
    expect(calls).toEqual([30]);
    expect(result.passages.map(({ rerank }) => rerank)).toEqual([29, 28, 27]);
    expect(result.rerankModel).toEqual({ model: 'cross' });
    expect(result.timings.map(({ stage }) => stage)).toContain('rerank');
  });

  it('takes fewer where it is slower, and none where it is too slow or not wanted', async () => {
    const fewer = createReranker(70);
    await (await searcherWith(fewer.reranker)).search(ask('lease'));
    expect(fewer.calls).toEqual([21]);
    const slow = createReranker(60);
    const result = await (await searcherWith(slow.reranker)).search(ask('lease'));
    expect(slow.calls).toEqual([]);
    expect(result).not.toHaveProperty('rerankModel');
    const unwanted = createReranker(1000);
    const searcher = await searcherWith(unwanted.reranker);
    await searcher.search({ ...ask('lease'), rerank: false });
    expect(unwanted.calls).toEqual([]);
    expect((await searcher.search(ask('lease'))).cached).toBe(false);
  });

  it.each([
    ['fails', async () => Promise.reject(new AppError('engine-gone', 'gone'))],
    ['never comes back', () => new Promise<never>(() => undefined)],
    ['gives too few scores', async () => new Float32Array(2)],
    ['gives numbers that are none', async (_: string, passages: readonly string[]) => new Float32Array(passages.length).fill(Number.NaN)],
  ] satisfies [string, Reranker['score']][])('keeps the order it had when the reranker %s', async (_title, score) => {
    const { reranker } = createReranker(1000, score);
    const searcher = await searcherWith(reranker, { rerankLimitMs: 40 });
    const expected = await searcher.search({ ...ask('lease'), rerank: false });
    for (let times = 0; times < 2; times++) {
      const result = await searcher.search(ask('lease'));
      expect(result.passages).toEqual(expected.passages);
      expect(result).not.toHaveProperty('rerankModel');
      expect(result.cached).toBe(false);
    }
  });
});

function bind(store: CorpusStore): CorpusStore {
  return {
    readHeads: () => store.readHeads(), readHead: (corpus) => store.readHead(corpus), commit: (commit) => store.commit(commit),
    readManifest: (segment) => store.readManifest(segment), readPart: (segment, part) => store.readPart(segment, part),
    readPassages: (segment, rows) => store.readPassages(segment, rows), removeCorpus: (corpus) => store.removeCorpus(corpus),
    collectGarbage: () => store.collectGarbage(),
  };
}
