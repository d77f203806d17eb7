import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { askAnswerSet, scoreAnswerSet, type AnswerSetRow } from './evaluate-answer-set.ts';
import { loadEmbedder } from './load-embedder.ts';
import { loadNeuralEmbedder } from './load-neural-embedder.ts';
import { readAnswerSet, readParaphraseSet } from './read-answer-set.ts';

const shared = process.env['ALCOVE_SHARED'] ?? fileURLToPath(new URL('../../../shared', import.meta.url));
const folder = join(shared, 'models/Xenova/all-MiniLM-L6-v2');

const rowsBy = (rows: readonly AnswerSetRow[]) => new Map(rows.map((row) => [`${row.set}, ${row.scope}`, row]));

describe('the labelled questions in other words than the documents', () => {
  it('has more than twenty with an answer in each half, most of which the bundled model misses', async () => {
    const rows = scoreAnswerSet(await askAnswerSet(await readParaphraseSet(), { embedder: await loadEmbedder() }));
    for (const { questions, firstSentence } of rows) {
      expect(questions).toBeGreaterThanOrEqual(35);
      expect(firstSentence).toBeLessThan(0.2);
    }
  });

  it.skipIf(!existsSync(folder))('are found by MiniLM, without answering more that has no answer', { timeout: 120_000 }, async () => {
    const models = { embedder: await loadEmbedder(), neural: await loadNeuralEmbedder(folder, 'q8') };
    const [paraphrases, answers] = [await readParaphraseSet(), await readAnswerSet()];
    const found = rowsBy(scoreAnswerSet(await askAnswerSet(paraphrases, models)));
    for (const half of ['tuning', 'reporting']) {
      expect(found.get(`${half}, its document`)?.firstSentence).toBeGreaterThanOrEqual(0.35);
      expect(found.get(`${half}, its document`)?.falseRefusals).toBeLessThanOrEqual(0.4);
    }
    const [before, after] = [rowsBy(scoreAnswerSet(await askAnswerSet(answers, { embedder: models.embedder }))), rowsBy(scoreAnswerSet(await askAnswerSet(answers, models)))];
    for (const [name, row] of after) {
      expect([name, row.refusals]).toEqual([name, before.get(name)?.refusals]);
      expect(row.firstSentence).toBeGreaterThanOrEqual(before.get(name)?.firstSentence ?? 1);
    }
  });
});
