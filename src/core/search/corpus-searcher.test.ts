import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Passage } from '../document/passage.ts';
import type { SourceType } from '../document/parsed-document.ts';
import type { Embedder } from '../embed/embedder.ts';
import { AppError } from '../errors/app-error.ts';
import type { CorpusId, DocumentId, Sha256 } from '../ids.ts';
import { analyze, analyzerId } from '../language/analyze-text.ts';
import { indexText } from '../language/index-text.ts';
import { buildSegments } from '../segment/build-segment.ts';
import { profileId, type Profile } from '../segment/profile.ts';
import type { DocumentInfo, SegmentBytes, SegmentRef } from '../segment/segment-manifest.ts';
import { sha256 } from '../segment/sha256.ts';
import { withDeleted } from '../segment/tombstones.ts';
import { encodeVecPart } from '../segment/vec-part.ts';
import type { CorpusStore } from '../store/corpus-store.ts';
import { createMemoryCorpusStore } from '../store/memory-corpus-store.ts';
import { MemoryVectorIndex } from '../vectors/memory-vector-index.ts';
import { createCorpusSearcher, type CorpusSearcher, type CorpusSearcherOptions } from './corpus-searcher.ts';

const dims = 32;
const profile: Profile = {
  model: 'bag-of-letters', commit: '1', dtype: 'fp32', pooling: 'mean', queryPrefix: '', passagePrefix: '', chunker: 'test',
  tokenizer: '0'.repeat(64) as Sha256, dims, maxTokens: 100, keywordWeight: 0.8, canaries: [],
};

/** Counts letters: near enough to meaning for texts of few letters. */
function embed(text: string): Float32Array {
  const vector = new Float32Array(dims);
  for (const letter of text.toLowerCase()) if (letter >= 'a' && letter <= 'z') vector[letter.charCodeAt(0) - 97]! += 1;
  const norm = Math.hypot(...vector);
  return norm === 0 ? vector : vector.map((value) => value / norm);
}

function createEmbedder(): Embedder & { queries: number } {
  const embedder = {
    profile, queries: 0,
    embedPassages: async (texts: readonly string[]) => Float32Array.from(texts.flatMap((text) => [...embed(text)])),
    embedQuery: async (text: string) => {
      embedder.queries++;
      return embed(text);
    },
    countTokens: (text: string) => text.length,
  };
  return embedder;
}

const home = 'home' as CorpusId;
type Doc = { id: string; texts: string[]; type?: SourceType; addedAt?: string; language?: string };

const info = ({ id, type = 'text', addedAt = '2025-03-01T12:00:00Z', language = 'en' }: Doc): DocumentInfo => ({
  id: id as DocumentId, title: id, type, addedAt, language, bytes: 1, sha256: '0'.repeat(64) as Sha256, characters: 1,
});

function passagesOf({ id, texts }: Doc): Passage[] {
  return texts.map((text, ordinal) => ({ document: id as DocumentId, ordinal, start: 0, text, headings: [], blocks: [] }));
}

async function build(docs: Doc[]): Promise<SegmentBytes[]> {
  const documents = docs.map((doc) => {
    const passages = passagesOf(doc);
    return { document: info(doc), passages, terms: passages.map((passage) => analyze(indexText(passage), doc.language ?? 'en')) };
  });
  return buildSegments(documents, { analyzer: analyzerId });
}

/** Commits every group of documents as a segment of its own; `vectors` false leaves their `vec` parts for later. */
async function addDocuments(store: CorpusStore, groups: Doc[][], { corpus = home, vectors = true } = {}): Promise<SegmentRef[]> {
  const head = (await store.readHead(corpus)) ?? { corpus, name: corpus, seq: 0, segments: [] };
  const segments = (await Promise.all(groups.map(build))).flat();
  const id = await profileId(profile);
  const vec = await Promise.all(
    segments.map(async (segment, index) => {
      const texts = groups[index]!.flatMap(({ texts }) => texts);
      const bytes = encodeVecPart(Float32Array.from(texts.flatMap((text) => [...embed(text)])), dims, id);
      return { segment: segment.id, profile: id, bytes, ref: { sha256: await sha256(bytes), bytes: bytes.length } };
    }),
  );
  const refs = segments.map((segment, index): SegmentRef => ({ id: segment.id, rows: segment.manifest.rows, vec: vectors ? { [id]: vec[index]!.ref } : {} }));
  await store.commit({
    head: { ...head, seq: head.seq + 1, segments: [...head.segments, ...refs] }, segments,
    vec: vectors ? vec.map(({ segment, profile, bytes }) => ({ segment, profile, bytes })) : [],
  });
  return refs;
}

async function createSearcher(store: CorpusStore, options: Partial<CorpusSearcherOptions> = {}): Promise<CorpusSearcher> {
  return createCorpusSearcher({ store, embedder: createEmbedder(), createVectorIndex: (size) => new MemoryVectorIndex(size), ...options });
}

const texts = (result: Awaited<ReturnType<CorpusSearcher['search']>>): string[] => result.passages.map(({ passage }) => passage.text);
const ask = (question: string, corpora: CorpusId[] = [home], k = 5): { question: string; corpora: CorpusId[]; k: number } => ({ question, corpora, k });

const lease: Doc = { id: 'lease', texts: ['The deposit is two months rent.', 'Pets need the landlord’s consent.', 'Notice of force and of majeure.'] };
const manual: Doc = { id: 'manual', texts: ['Drain the X-17B pump weekly.', 'Force majeure frees both parties.'], type: 'pdf', addedAt: '2025-05-01T08:00:00Z' };

describe('a corpus searcher', () => {
  it('finds passages with both scores, their document and the evidence', async () => {
    const store = createMemoryCorpusStore();
    await addDocuments(store, [[lease], [manual]]);
    const result = await (await createSearcher(store)).search(ask('How high is the deposit?'));
    expect(texts(result)[0]).toBe(lease.texts[0]);
    const best = result.passages[0]!;
    expect(best.document.title).toBe('lease');
    expect(best.fused).toBeCloseTo(0.8 * best.keyword + 0.2 * best.meaning);
    expect(best.keyword).toBeGreaterThan(0);
    expect(best.meaning).toBeGreaterThan(0);
    expect(result.evidence.covered).toBeGreaterThan(0);
    expect(result.coverage).toEqual({ documents: 2, passages: 5, passagesByMeaning: 5, sourcesPending: 0 });
    expect(result.questionTerms?.map(({ terms }) => terms)).toContainEqual(['deposit']);
    expect(result.timings.map(({ stage }) => stage)).toEqual(['analyze', 'embed', 'keyword', 'vectors', 'fuse', 'read']);
  });

  it('works by keyword while vectors are missing, and takes them up when they come', async () => {
    const store = createMemoryCorpusStore();
    const [ref] = await addDocuments(store, [[lease]], { vectors: false });
    await addDocuments(store, [[manual]]);
    const searcher = await createSearcher(store);
    const early = await searcher.search(ask('deposit'));
    expect(early.coverage).toMatchObject({ passages: 5, passagesByMeaning: 2 });
    expect(early.passages[0]).toMatchObject({ keyword: expect.any(Number), meaning: 0 });
    const head = (await store.readHead(home))!;
    const id = await profileId(profile);
    const bytes = encodeVecPart(Float32Array.from(lease.texts.flatMap((text) => [...embed(text)])), dims, id);
    const vec = { [id]: { sha256: await sha256(bytes), bytes: bytes.length } };
    await store.commit({
      head: { ...head, seq: head.seq + 1, segments: head.segments.map((item) => (item.id === ref!.id ? { ...item, vec } : item)) },
      vec: [{ segment: ref!.id, profile: id, bytes }],
    });
    expect((await searcher.refresh()).changed).toBe(true);
    const late = await searcher.search(ask('deposit'));
    expect(late.coverage.passagesByMeaning).toBe(5);
    expect(late.passages[0]!.meaning).toBeGreaterThan(0);
  });

  it('a removed passage is not found, and found again when the removal is undone', async () => {
    const store = createMemoryCorpusStore();
    const [ref] = await addDocuments(store, [[lease]]);
    const searcher = await createSearcher(store);
    const commitTombstones = async (rows: number[]): Promise<void> => {
      const head = (await store.readHead(home))!;
      const { tombstones: _, ...plain } = head.segments[0]!;
      const tombstones = withDeleted(undefined, ref!.rows, rows);
      await store.commit({ head: { ...head, seq: head.seq + 1, segments: [{ ...plain, ...(tombstones && { tombstones }) }] } });
      await searcher.refresh();
    };
    await commitTombstones([0]);
    expect(texts(await searcher.search(ask('deposit months rent')))).not.toContain(lease.texts[0]);
    await commitTombstones([]);
    expect(texts(await searcher.search(ask('deposit months rent')))[0]).toBe(lease.texts[0]);
  });

  it('filters by collection, document, type and date, and counts only what is left', async () => {
    const store = createMemoryCorpusStore();
    const other = 'other' as CorpusId;
    await addDocuments(store, [[lease, manual]]);
    await addDocuments(store, [[{ id: 'elsewhere', texts: ['Another deposit of rent.'] }]], { corpus: other });
    const searcher = await createSearcher(store);
    const documentsOf = async (filters: object, corpora = [home]): Promise<string[]> => {
      const { passages, coverage } = await searcher.search({ ...ask('deposit force', corpora), filters });
      const titles = [...new Set(passages.map(({ document }) => document.title))].sort();
      expect(coverage.documents).toBe(titles.length);
      return titles;
    };
    expect(await documentsOf({})).toEqual(['lease', 'manual']);
    expect(await documentsOf({}, [home, other])).toEqual(['elsewhere', 'lease', 'manual']);
    expect(await documentsOf({}, [])).toEqual([]);
    expect(await documentsOf({ documents: ['manual'] })).toEqual(['manual']);
    expect(await documentsOf({ types: ['pdf', 'docx'] })).toEqual(['manual']);
    expect(await documentsOf({ addedTo: '2025-03-01' })).toEqual(['lease']);
    expect(await documentsOf({ addedFrom: '2025-03-02', addedTo: '2025-05-01' })).toEqual(['manual']);
  });

  it('a quoted phrase must stand in the passage; when it stands nowhere there is no evidence', async () => {
    const store = createMemoryCorpusStore();
    await addDocuments(store, [[lease, manual]]);
    const searcher = await createSearcher(store);
    expect(texts(await searcher.search(ask('"force majeure" notice')))).toEqual([manual.texts[1]]);
    const none = await searcher.search(ask('"majeure force"'));
    expect(none.passages.length).toBeGreaterThan(0);
    expect(none.evidence.value).toBe(0);
  });

  it('finds codes and beginnings of words', async () => {
    const store = createMemoryCorpusStore();
    await addDocuments(store, [[lease, manual]]);
    const searcher = await createSearcher(store);
    expect(texts(await searcher.search(ask('x17b')))[0]).toBe(manual.texts[0]);
    expect(texts(await searcher.search(ask('landl*')))[0]).toBe(lease.texts[1]);
  });

  it('finds Chinese, Japanese and Thai passages by a word inside them', async () => {
    const store = createMemoryCorpusStore();
    const docs = [['zh', '承租人须支付押金两个月'], ['zh', '禁止饲养宠物'], ['ja', '借主は敷金を支払う'], ['th', 'ผู้เช่าต้องชำระค่าเช่าทุกเดือน']] as const;
    await addDocuments(store, [docs.map(([language, text], at) => ({ id: `d${at}`, language, texts: [text] }))]);
    const searcher = await createSearcher(store);
    for (const [word, at] of [['押金', 0], ['宠物', 1], ['敷金', 2], ['ค่าเช่า', 3]] as const) {
      expect(texts(await searcher.search(ask(word)))[0]).toBe(docs[at]![1]);
    }
  });

  it('shows one of passages that say the same', async () => {
    const store = createMemoryCorpusStore();
    const text = 'The deposit is two months rent and is returned within thirty days after the flat is handed back.';
    await addDocuments(store, [[{ id: 'a', texts: [text, 'Deposit slips.'] }, { id: 'b', texts: [`${text} `] }]]);
    expect((await (await createSearcher(store)).search(ask('deposit', [home], 2))).passages).toHaveLength(2);
    const found = texts(await (await createSearcher(store)).search(ask('deposit')));
    expect(found.filter((passage) => passage.startsWith('The deposit'))).toHaveLength(1);
  });

  it('answers a repeated question from the cache until its time is over or the corpus changes', async () => {
    let nowMs = 0;
    const store = createMemoryCorpusStore();
    const embedder = createEmbedder();
    await addDocuments(store, [[lease]]);
    const searcher = await createSearcher(store, { embedder, now: () => nowMs, cacheTtlMs: 1000 });
    const first = await searcher.search(ask('deposit'));
    const again = await searcher.search(ask('  deposit '));
    expect(again).toEqual({ ...first, cached: true, timings: again.timings });
    await addDocuments(store, [[manual]]);
    await searcher.refresh();
    expect((await searcher.search(ask('deposit'))).cached).toBe(false);
    expect(embedder.queries).toBe(1);
    nowMs = 1000;
    expect((await searcher.search(ask('deposit'))).cached).toBe(false);
    expect(embedder.queries).toBe(2);
  });

  it('goes on by keyword when the embedder fails, and does not keep that answer', async () => {
    const store = createMemoryCorpusStore();
    await addDocuments(store, [[lease]]);
    const embedder = createEmbedder();
    const embedQuery = (text: string): Promise<Float32Array> => Promise.resolve(embed(text));
    embedder.embedQuery = () => Promise.reject(new AppError('engine-gone', 'gone'));
    const searcher = await createSearcher(store, { embedder });
    const result = await searcher.search(ask('deposit'));
    expect(texts(result)[0]).toBe(lease.texts[0]);
    expect(result.coverage.passagesByMeaning).toBe(0);
    embedder.embedQuery = embedQuery;
    expect((await searcher.search(ask('deposit'))).coverage.passagesByMeaning).toBe(3);
  });

  it('stops when asked to, and gives nothing of an empty store', async () => {
    const searcher = await createSearcher(createMemoryCorpusStore());
    await expect(searcher.search(ask('x'), AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' });
    expect(await searcher.search(ask('x'))).toMatchObject({ passages: [], evidence: { value: 0 }, coverage: { passages: 0 } });
  });

  it('loads only what is new, and names a part it cannot read while the rest is found', async () => {
    const store = createMemoryCorpusStore();
    const read: string[] = [];
    const [first] = await addDocuments(store, [[lease]]);
    let broken = '';
    const spying: CorpusStore = {
      ...bind(store),
      readPart: (segment, part) => {
        read.push(segment);
        if (segment === broken && part === 'kw') return Promise.reject(new AppError('segment/corrupt', 'bad bytes'));
        return store.readPart(segment, part);
      },
    };
    const searcher = await createSearcher(spying);
    await searcher.refresh();
    expect(read.splice(0)).toEqual([first!.id, first!.id]);
    const [second] = await addDocuments(store, [[manual]]);
    broken = second!.id;
    const report = await searcher.refresh();
    expect(report.skipped).toEqual([{ segment: second!.id, part: 'kw', error: { code: 'segment/corrupt', message: 'bad bytes' } }]);
    expect(read).toEqual([second!.id]);
    expect((await searcher.search(ask('deposit'))).coverage.passages).toBe(3);
    broken = '';
    await searcher.refresh();
    expect((await searcher.search(ask('deposit'))).coverage.passages).toBe(5);
  });

  it('searches the state before, whole, while a refresh runs', async () => {
    const store = createMemoryCorpusStore();
    await addDocuments(store, [[lease]]);
    let release = (): void => {};
    let wait = Promise.resolve();
    const slow: CorpusStore = { ...bind(store), readManifest: (segment) => wait.then(() => store.readManifest(segment)) };
    const searcher = await createSearcher(slow);
    await searcher.refresh();
    wait = new Promise((resolve) => {
      release = resolve;
    });
    await addDocuments(store, [[manual]]);
    const refreshing = searcher.refresh();
    expect((await searcher.search(ask('force'))).coverage.passages).toBe(3);
    release();
    await refreshing;
    expect((await searcher.search(ask('force'))).coverage.passages).toBe(5);
  });

  it('takes a merge by another tab between ranking and reading for what it is, and searches again', async () => {
    const store = createMemoryCorpusStore();
    await addDocuments(store, [[lease], [manual]]);
    const searcher = await createSearcher(store);
    await searcher.refresh();
    const head = (await store.readHead(home))!;
    await store.commit({ head: { ...head, seq: head.seq + 1, segments: [] } });
    await addDocuments(store, [[lease, manual]]);
    await store.collectGarbage();
    expect(texts(await searcher.search(ask('deposit')))[0]).toBe(lease.texts[0]);
  });

  it('the same documents give the same scores and order in one segment or in many, searched by one searcher or a new one', async () => {
    const word = fc.constantFrom('rent', 'deposit', 'pump', 'force', 'notice', 'weekly', 'pets');
    const docs = fc.array(fc.array(fc.array(word, { minLength: 1, maxLength: 5 }).map((list) => list.join(' ')), { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(docs, fc.array(word, { minLength: 1, maxLength: 3 }), async (documents, question) => {
        const all = documents.map((list, at): Doc => ({ id: `d${at}`, texts: list }));
        const [one, many] = [createMemoryCorpusStore(), createMemoryCorpusStore()];
        await addDocuments(one, [all]);
        const growing = await createSearcher(many);
        for (const doc of all) {
          await addDocuments(many, [[doc]]);
          await growing.refresh();
        }
        const request = ask(question.join(' '), [home], 10);
        const results = await Promise.all([await createSearcher(one), await createSearcher(many), growing].map((searcher) => searcher.search(request)));
        const [first, ...others] = results.map(({ passages, evidence }) => ({
          evidence,
          passages: passages.map(({ document, passage, keyword, meaning, fused }) => ({ id: document.id, at: passage.ordinal, keyword, meaning, fused })),
        }));
        for (const other of others) expect(other).toEqual(first);
      }),
      { numRuns: 40 },
    );
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
