import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chunkDocument } from '../chunk/chunk-document.ts';
import type { Block, ParsedDocument } from '../document/parsed-document.ts';
import type { Embedder } from '../embed/embedder.ts';
import type { CorpusId, DocumentId, SegmentId, Sha256 } from '../ids.ts';
import { analyze } from '../language/analyze-text.ts';
import type { RankedPassage, SearchResult } from '../search/search-types.ts';
import type { DocumentInfo } from '../segment/segment-manifest.ts';
import { composeAnswer } from './compose-answer.ts';
import type { AnswerEvent } from './answer-types.ts';
import { extractAnswer } from './extract-answer.ts';
import type { SentenceMeasure } from './measure-sentences.ts';

const dims = 64;

/** Words hashed into a few dimensions: texts that share words are close. */
function embed(text: string): number[] {
  const vector = Array.from({ length: dims }, () => 0);
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    let hash = 7;
    for (const character of word) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 9973;
    vector[hash % dims]! += 1;
  }
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}

const fakeEmbedder: Embedder = {
  profile: { model: 'fake', commit: '', dtype: 'f32', pooling: 'mean', queryPrefix: '', passagePrefix: '', tokenizer: '' as Sha256, chunker: '', dims, maxTokens: 8192, keywordWeight: 0.8, canaries: [] },
  embedPassages: async (texts) => Float32Array.from(texts.flatMap(embed)),
  embedQuery: async (text) => Float32Array.from(embed(text)),
  countTokens: (text) => text.length,
};

type Part = { kind: Block['kind']; text: string; level?: number; header?: string };

function parse(parts: readonly Part[], rest: Partial<ParsedDocument> = {}): ParsedDocument {
  const blocks: Block[] = [];
  let text = '';
  for (const { text: part, ...block } of parts) {
    blocks.push({ ...block, start: text.length, end: text.length + part.length });
    text += `${part}\n\n`;
  }
  return { type: 'text', title: 'Document', text, blocks, ...rest };
}

/** A search result over whole documents, ranked by the words they share with the question. */
function searchIn(documents: readonly ParsedDocument[], question: string): SearchResult {
  const asked = [...analyze(question, 'en').keys()];
  const passages: RankedPassage[] = documents.flatMap((parsed, number) => {
    const id = `d${number}` as DocumentId;
    const document: DocumentInfo = {
      id, title: parsed.title, type: parsed.type, bytes: 1, sha256: '' as Sha256, characters: parsed.text.length, language: 'en', addedAt: '2024-01-01T00:00:00.000Z',
      ...(parsed.pageStarts && { pageStarts: parsed.pageStarts }),
    };
    return chunkDocument(parsed, { document: id, countTokens: (text) => text.length, maxTokens: 1e6 }).map((passage, row) => {
      const terms = analyze(passage.text, 'en');
      const fused = asked.filter((term) => terms.has(term)).length / Math.max(1, asked.length);
      return { corpus: 'c' as CorpusId, segment: 's' as SegmentId, row, passage, document, keyword: fused, meaning: fused, fused };
    });
  });
  passages.sort((a, b) => b.fused - a.fused);
  const value = passages[0]?.fused ?? 0;
  return {
    passages: passages.slice(0, 8),
    evidence: { value, covered: value, seen: 1, unseen: 0, cosine: value },
    coverage: { documents: documents.length, passages: passages.length, passagesByMeaning: passages.length, sourcesPending: 0 },
    timings: [],
    cached: false,
  };
}

const answer = (documents: readonly ParsedDocument[], question: string) => extractAnswer(question, searchIn(documents, question), fakeEmbedder);

const lease = parse([
  { kind: 'heading', level: 1, text: 'Notice period of the lease' },
  { kind: 'paragraph', text: 'How long is the notice period of the lease? The notice period is three months. It begins on the first day of a month.' },
  { kind: 'list-item', text: '- The deposit is two months of rent.' },
]);

describe('extractAnswer', () => {
  it('puts the sentence that answers first, verbatim, and quotes neither headings nor questions', async () => {
    const { verdict, sentences } = await answer([lease], 'How long is the notice period of the lease?');
    expect(verdict).toBe('answered');
    expect(sentences[0]?.text).toBe('The notice period is three months.');
    expect(sentences.map(({ text }) => text).join(' ')).not.toMatch(/\?|of the lease$/);
  });

  it('leaves the marker of a list item out of the quote', async () => {
    const { citations, sentences } = await answer([lease], 'What is the deposit?');
    expect(sentences[0]?.text).toBe('The deposit is two months of rent.');
    expect(citations[0]?.quote).toBe('The deposit is two months of rent.');
  });

  it('cites spans that are the text exactly, numbered in the order of their sentences, with at most four of them', async () => {
    const words = fc.array(fc.constantFrom('rent', 'pump', 'Dr.', '2.5', 'notice', 'the', '漢字', '👍', '\n', '- ', 'C.', '**bold**', '|', ':'), { minLength: 1, maxLength: 25 });
    const part = fc.record({
      kind: fc.constantFrom<Block['kind']>('paragraph', 'list-item', 'table-row', 'heading', 'code', 'quote'),
      text: fc.tuple(words, fc.constantFrom('.', '?', '', ':', '。')).map(([list, end]) => `x${list.join(' ')}${end}`),
    });
    const document = fc.tuple(fc.array(part, { minLength: 1, maxLength: 12 }), fc.constantFrom('text' as const, 'markdown' as const)).map(([parts, type]) => parse(parts, { type }));
    await fc.assert(
      fc.asyncProperty(fc.array(document, { minLength: 1, maxLength: 3 }), async (documents) => {
        const { sentences, citations, closest } = await answer(documents, 'notice of the rent of the pump');
        for (const citation of [...citations, ...closest]) {
          expect(citation.quote).toBe(documents[Number(citation.document.slice(1))]?.text.slice(citation.start, citation.end));
          expect(citation.quote.trim()).toBe(citation.quote);
          expect(citation.quote).not.toBe('');
        }
        expect(sentences.length).toBeLessThanOrEqual(4);
        expect(citations.map(({ number }) => number)).toEqual(citations.map((_, i) => i + 1));
        for (const { citations: numbers } of sentences) expect(citations.some(({ number }) => numbers.includes(number))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('puts what is asked about a name before sentences that only have the name', async () => {
    const letter = parse([
      { kind: 'paragraph', text: 'I saw Mrs Okafor today. Mrs Okafor came by train. We met Mrs Okafor again. Mrs Okafor felt well. Penicillin caused her an allergic reaction. She left early. She slept well.' },
    ]);
    const { sentences } = await answer([letter], 'Is Mrs Okafor allergic to anything?');
    expect(sentences[0]?.text).toBe('Penicillin caused her an allergic reaction.');
  });

  it('refuses where what comes closest tells of another year', async () => {
    const letter = parse([{ kind: 'paragraph', text: 'I saw Mrs Okafor today. Mrs Okafor came by train. The fee was 20 euros in 2015.' }]);
    expect(await answer([letter], 'What was the fee in 2019?')).toMatchObject({ verdict: 'not-found', judgement: { decidedBy: 'other-year' } });
    expect((await answer([letter], 'What was the fee in 2015?')).verdict).toBe('answered');
  });

  it('finds the row of a day however the day is written, and what is asked before other rows of that day', async () => {
    const header = 'date\ttest\tvalue';
    const rows = ['2025-08-18', '2025-09-01', '2025-09-08'].flatMap((date) => ['Sodium', 'Potassium'].map((test, i) => `date: ${date}; test: ${test}; value: ${date.slice(-2)}${i}`));
    const labs = parse([{ kind: 'table-row', text: header }, ...rows.map((text): Part => ({ kind: 'table-row', text, header }))], { type: 'csv' });
    for (const day of ['1 September 2025', 'September 1st, 2025', '01.09.2025', '2025-09-01', '1 September']) {
      expect((await answer([labs], `What was the potassium on ${day}?`)).sentences[0]?.text).toBe('date: 2025-09-01; test: Potassium; value: 011');
    }
    expect(await answer([labs], 'What was the potassium on 2 September 2025?')).toMatchObject({ verdict: 'not-found', judgement: { decidedBy: 'other-year' } });
  });

  describe('of a question for several things', () => {
    const items = ['- Apixaban 5 mg twice a day', '- Furosemide 40 mg in the morning', '- Bisoprolol 2.5 mg'];
    const letter = (introduction: Part) => parse([introduction, ...items.map((text): Part => ({ kind: 'list-item', text })), { kind: 'paragraph', text: 'Ibuprofen was stopped because it is bad for the heart.' }]);
    const list = 'Apixaban 5 mg twice a day\n\n- Furosemide 40 mg in the morning\n\n- Bisoprolol 2.5 mg';

    it('quotes the whole list with the sentence that introduces it, and nothing behind it', async () => {
      const { citations, sentences } = await answer([letter({ kind: 'paragraph', text: 'Medication at discharge:' })], 'Which medication was given at discharge?');
      expect(citations[0]?.quote).toBe(`Medication at discharge:\n\n- ${list}`);
      expect(sentences[0]).toMatchObject({ text: 'Medication at discharge: Apixaban 5 mg twice a day; Furosemide 40 mg in the morning; Bisoprolol 2.5 mg', verification: 'verified' });
    });

    it('quotes the whole list under a heading that says what it is', async () => {
      const { citations } = await answer([letter({ kind: 'heading', level: 1, text: 'Medication at discharge' })], 'Which medication was given at discharge?');
      expect(citations[0]?.quote).toBe(list);
    });

    it('quotes one item where it says more of what is asked than its introduction', async () => {
      const { citations } = await answer([letter({ kind: 'heading', level: 1, text: 'Medication at discharge' })], 'What dose of furosemide was given at discharge?');
      expect(citations[0]?.quote).toBe('Furosemide 40 mg in the morning');
    });

    it('quotes a sentence that only announces with what it announces, or not at all', async () => {
      const rules = parse([{ kind: 'paragraph', text: 'These are the rules of ownership. The rules of ownership in short:' }, { kind: 'list-item', text: '- Each value has an owner.' }, { kind: 'list-item', text: '- There is one owner.' }]);
      const { citations } = await answer([rules], 'What are the rules of ownership?');
      expect(citations[0]?.quote).toMatch(/There is one owner\.$/u);
      const stub = parse([{ kind: 'paragraph', text: 'The rules of ownership:' }]);
      expect((await answer([stub], 'What are the rules of ownership?')).sentences).toEqual([]);
    });
  });

  it('does not answer yes or no from sentences without the word it turns on', async () => {
    const house = parse([{ kind: 'paragraph', text: 'The flat of the tenant has a kitchen. The tenant keeps the flat in order.' }]);
    const ask = (question: string) => {
      const questionTerms = [...analyze(question, 'en').keys()].map((term) => ({ terms: [term], idf: term === 'rabbit' ? 3 : 1 }));
      return extractAnswer(question, { ...searchIn([house], question), questionTerms }, fakeEmbedder);
    };
    expect(await ask('Does the tenant keep rabbits in the flat?')).toMatchObject({ verdict: 'weak', judgement: { decidedBy: 'focus-missing' } });
    expect((await ask('Does the tenant keep the flat in order?')).verdict).toBe('answered');
  });

  it('keeps the lines of code in an answer, the value with its comment', async () => {
    const code = parse([{ kind: 'code', text: '# Seconds to wait for a reply.\nTIMEOUT = 45\n\n# How often it is tried.\nRETRIES = 5\n\n# Where.\nHOST = "a"' }], { type: 'code' });
    expect((await answer([code], 'What is the timeout in seconds?')).sentences).toEqual([{ text: '# Seconds to wait for a reply.\nTIMEOUT = 45', verification: 'verified', citations: [1], isCode: true }]);
  });

  it('says the same thing once', async () => {
    const copy = parse([{ kind: 'paragraph', text: 'The notice period is three months.' }]);
    const { sentences } = await answer([copy, copy, copy], 'What is the notice period?');
    expect(sentences).toHaveLength(1);
  });

  it('names the columns of a table row and cites the row', async () => {
    const header = 'Code\tMeaning';
    const table = parse([
      { kind: 'table-row', text: header },
      { kind: 'table-row', text: 'E04\tDry running', header },
      { kind: 'table-row', text: 'E07\tOverheated', header },
    ]);
    const { sentences, citations } = await answer([table], 'What is the meaning of code E04?');
    expect(sentences).toEqual([{ text: 'Code: E04; Meaning: Dry running', verification: 'verified', citations: [1] }]);
    expect(citations[0]?.quote).toBe('E04\tDry running');
  });

  it('names the page on which a quote begins', async () => {
    const first = 'The pump needs oil. '.repeat(3).trim();
    const document = parse([{ kind: 'paragraph', text: first }, { kind: 'paragraph', text: 'The notice period is three months.' }], { type: 'pdf', pageStarts: [0, first.length + 2] });
    const { citations } = await answer([document], 'What is the notice period?');
    expect(citations[0]?.page).toBe(2);
  });

  it('says not-found without evidence, with the closest passages', async () => {
    const { verdict, judgement, sentences, citations, closest } = await answer([lease], 'Who discovered penicillin in London hospital laboratories?');
    expect({ verdict, sentences, citations }).toEqual({ verdict: 'not-found', sentences: [], citations: [] });
    expect(judgement?.value).toBeLessThan(judgement?.weakFrom ?? 0);
    expect(closest).toHaveLength(1);
    expect(closest[0]?.quote.length).toBeLessThan(400);
  });

  it('says not-found where nothing was found or nothing can be quoted', async () => {
    expect((await answer([], 'Anything?')).verdict).toBe('not-found');
    expect((await answer([parse([{ kind: 'heading', level: 1, text: 'Notice period' }])], 'notice period')).verdict).toBe('not-found');
  });

  it('tells words of a language the embedder does not know by the words alone', async () => {
    const english: Embedder = { ...fakeEmbedder, languages: ['de'], embedPassages: async (texts) => Float32Array.from(texts.flatMap(() => embed('same'))), embedQuery: async () => Float32Array.from(embed('same')) };
    const question = 'Who discovered penicillin in London hospital laboratories?';
    expect((await extractAnswer(question, searchIn([lease], question), english)).verdict).toBe('not-found');
  });
});

describe('a second look by a neural model', () => {
  const report = parse([{ kind: 'paragraph', text: 'The boiler was fitted in 2009. The lavatory is behind the kitchen. The roof is of slate.' }]);
  const question = 'Where can visitors wash hands?';

  /** Finds one sentence as close as it is told. */
  const looking = (like: string, cosine: number): { secondLook: SentenceMeasure; looks: string[] } => {
    const looks: string[] = [];
    const secondLook: SentenceMeasure = async ({ question: asked, sentences }) => {
      looks.push(asked);
      const cosines = Float32Array.from(sentences, (sentence) => (sentence.includes(like) ? cosine : 0.1));
      return { cosines, closeness: cosines, weight: 1 };
    };
    return { secondLook, looks };
  };

  it('shows the sentence that means what is asked in other words, as weak or as an answer by its closeness', async () => {
    expect((await answer([report], question)).verdict).toBe('not-found');
    for (const [cosine, expected] of [[0.2, 'not-found'], [0.4, 'weak'], [0.7, 'answered']] as const) {
      const { verdict, judgement, sentences } = await extractAnswer(question, searchIn([report], question), fakeEmbedder, looking('lavatory', cosine));
      expect(verdict).toBe(expected);
      if (verdict === 'not-found') continue;
      expect(judgement?.decidedBy).toBe('close-sentence');
      expect(sentences[0]?.text).toBe('The lavatory is behind the kitchen.');
    }
  });

  it('is not taken where the first finds an answer, nor where it gives nothing', async () => {
    const asked = looking('deposit', 0.9);
    const plain = 'What is the notice period of the lease?';
    expect(await extractAnswer(plain, searchIn([lease], plain), fakeEmbedder, asked)).toEqual(await answer([lease], plain));
    expect(asked.looks).toEqual([]);
    expect(await extractAnswer(question, searchIn([report], question), fakeEmbedder, { secondLook: async () => undefined })).toEqual(await answer([report], question));
  });

  it('finds nothing about names that stand in no document', async () => {
    const named = 'Which lavatory did Zanzibar Holdings inspect?';
    const { verdict } = await extractAnswer(named, searchIn([report], named), fakeEmbedder, looking('lavatory', 0.45));
    expect(verdict).not.toBe('answered');
  });
});

describe('composeAnswer', () => {
  it('sends the search, each sentence with its citations, then the whole', async () => {
    const question = 'What is the notice period?';
    const events: AnswerEvent[] = [];
    for await (const event of composeAnswer({ question: 'And that?', rewritten: question, result: searchIn([lease], question), embedder: fakeEmbedder, now: () => 5 })) events.push(event);
    const [search, ...rest] = events;
    expect(search).toMatchObject({ kind: 'search', verdict: 'answered', judgement: { rule: 'meaning' }, rewritten: question });
    const done = rest.pop();
    expect(rest.length).toBeGreaterThan(0);
    for (const event of rest) {
      if (event.kind !== 'sentence') throw new Error(`unexpected ${event.kind}`);
      expect(event.citations.map(({ number }) => number)).toEqual(event.sentence.citations);
    }
    if (done?.kind !== 'done') throw new Error('no end');
    expect(done.answer.sentences).toEqual(rest.map((event) => event.kind === 'sentence' && event.sentence));
    expect(done.answer).toMatchObject({ generator: 'extractive', judgement: search?.kind === 'search' && search.judgement, search: { timings: [{ stage: 'answer', ms: 0 }] } });
  });
});
