import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Citation } from '../answer/answer-types.ts';
import type { CorpusId, DocumentId, SegmentId } from '../ids.ts';
import type { RankedPassage } from '../search/search-types.ts';
import type { DocumentInfo } from '../segment/segment-manifest.ts';
import { checkWrittenText, type WrittenStep } from './check-written-text.ts';

const before = 'Terms of hire. Page one. ';
const hall = 'Music stops at 23:00 and the hall is left by midnight. The caretaker, Mr Quayle, opens the doors one hour before the start. Deep fat fryers are forbidden.';
const charter = 'King John sealed the charter at Runnymede on 15 June 1215. Pope Innocent III annulled it in August 1215.';

function ranked(text: string, document: string, start: number, pageStarts?: number[]): RankedPassage {
  const info = { id: document as DocumentId, title: document, language: 'en', ...(pageStarts && { pageStarts }) } as DocumentInfo;
  const passage = { document: document as DocumentId, ordinal: 0, start, text, headings: [], blocks: [] };
  return { corpus: 'c' as CorpusId, segment: 's' as SegmentId, row: 0, passage, document: info, keyword: 0, meaning: 0, fused: 0 };
}

const passages = [ranked(hall, 'hall.txt', before.length, [0, 10, 200]), ranked(charter, 'charter.txt', 0)];
const documents: Record<string, string> = { 'hall.txt': before + hall, 'charter.txt': charter };

async function run(deltas: readonly string[], known: Citation[] = []): Promise<WrittenStep[]> {
  async function* stream(): AsyncGenerator<string> {
    yield* deltas;
  }
  const steps: WrittenStep[] = [];
  for await (const step of checkWrittenText(stream(), { passages, firstNumber: known.length + 1, known })) steps.push(step);
  return steps;
}

const sentencesOf = (steps: readonly WrittenStep[]) => steps.flatMap(({ sentence }) => sentence ?? []);

describe('checkWrittenText', () => {
  it('gives sentences without their marks, with citations of the spans that support them', async () => {
    const steps = await run(['Music stops at 23:00 and the hall is left by midnight [1]. King John sealed the charter at Runnymede on 15 June 1215. [2]']);
    expect(sentencesOf(steps)).toEqual([
      { text: 'Music stops at 23:00 and the hall is left by midnight.', verification: 'verified', citations: [1] },
      { text: 'King John sealed the charter at Runnymede on 15 June 1215.', verification: 'verified', citations: [2] },
    ]);
    expect(steps.flatMap(({ citations }) => citations)).toMatchObject([
      { number: 1, document: 'hall.txt', page: 2, start: before.length, quote: 'Music stops at 23:00 and the hall is left by midnight.', verification: 'verified' },
      { number: 2, document: 'charter.txt', start: 0, quote: 'King John sealed the charter at Runnymede on 15 June 1215.' },
    ]);
  });

  it('keeps the number of a span that is cited already, and numbers new ones behind', async () => {
    const [first] = (await run(['Music stops at 23:00 and the hall is left by midnight.'])).flatMap(({ citations }) => citations);
    const steps = await run(['Deep fat fryers are forbidden. Music stops at 23:00 and the hall is left by midnight. Deep fat fryers are forbidden [1].'], [first as Citation]);
    expect(sentencesOf(steps).map(({ citations }) => citations)).toEqual([[2], [1], [2]]);
  });

  it('repairs a wrong mark, doubts what is not said, and cites nothing where nothing is near', async () => {
    const sentences = sentencesOf(await run(['Deep fat fryers are forbidden [2]. ', 'Music stops at 22:00. The organ was built by a pupil of Silbermann.']));
    expect(sentences[0]).toEqual({ text: 'Deep fat fryers are forbidden.', verification: 'verified', citations: [1], isRepaired: true });
    expect(sentences[1]).toMatchObject({ verification: 'unsupported', doubt: 'number' });
    expect(sentences[2]).toEqual({ text: 'The organ was built by a pupil of Silbermann.', verification: 'unsupported', doubt: 'nothing-near', citations: [] });
  });

  it('tells paragraphs, checks items of a list with their introduction, and takes markup off', async () => {
    const sentences = sentencesOf(await run(['According to [1], deep fat fryers are **forbidden**.\n\nKing John did two things:\n- sealed the charter at Runnymede on 15 June 1215 [2]\n- [opened](https://evil.example/x) the hall\n']));
    expect(sentences.map(({ text }) => text)).toEqual([
      'Deep fat fryers are forbidden.',
      'King John did two things: sealed the charter at Runnymede on 15 June 1215',
      'opened the hall',
    ]);
    expect(sentences.map(({ startsParagraph }) => startsParagraph)).toEqual([undefined, true, undefined]);
    expect(sentences[0]?.verification).toBe('verified');
  });

  it('shows what is begun without marks, whole or not', async () => {
    const steps = await run(['Music stops', ' at 23:00 [', '1', '].']);
    expect(steps.map(({ rest }) => rest)).toEqual(['Music stops', 'Music stops at 23:00', 'Music stops at 23:00', 'Music stops at 23:00.', '']);
  });

  it('gives what was whole before a text fails', async () => {
    async function* failing(): AsyncGenerator<string> {
      yield 'Deep fat fryers are forbidden. Music stops at 23:00 and the hall is left by';
      throw new Error('lost');
    }
    const seen: string[] = [];
    await expect(async () => {
      for await (const { sentence } of checkWrittenText(failing(), { passages, firstNumber: 1, known: [] })) if (sentence) seen.push(sentence.text);
    }).rejects.toThrow('lost');
    expect(seen).toEqual(['Deep fat fryers are forbidden.']);
  });

  it('gives the same sentences however the text is cut, and quotes that are the documents’ text', async () => {
    const piece = fc.constantFrom('Music stops at 23:00. ', 'Deep fat fryers are forbidden', ' [1]', '. ', '[2]', '\n\n', '- ', 'The caretaker opens the doors one hour before the start', 'King John sealed the charter', ' at Runnymede', 'Two things:\n', ' and ', '🙂', '**');
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 25 }), fc.array(fc.nat(300), { maxLength: 8 }), async (pieces, cuts) => {
        const text = pieces.join('');
        const places = [...new Set([0, ...cuts.map((cut) => Math.min(cut, text.length)), text.length])].sort((a, b) => a - b);
        const whole = await run([text]);
        const cut = await run(places.slice(1).map((place, i) => text.slice(places[i], place)));
        expect(sentencesOf(cut)).toEqual(sentencesOf(whole));
        const letters = (shown: string) => shown.replace(/[\s*-]/gu, '');
        expect(letters(sentencesOf(whole).map((sentence) => sentence.text).join('')).replace(/[^\p{L}\p{N}]/gu, '')).toBe(letters(text.replace(/ ?\[\d\]/gu, '')).replace(/[^\p{L}\p{N}]/gu, ''));
        for (const { document, start, end, quote } of whole.flatMap(({ citations }) => citations)) expect(documents[document]?.slice(start, end)).toBe(quote);
      }),
      { numRuns: 60 },
    );
  });
});
