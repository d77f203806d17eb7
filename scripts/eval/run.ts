import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { askAnswerSet, scoreAnswerSet, type AnswerSetRow } from './evaluate-answer-set.ts';
import { evaluateAnswers, type AnswerRow } from './evaluate-answers.ts';
import { evaluateRetrieval, type RetrievalRow } from './evaluate-retrieval.ts';
import { evaluateSpans } from './evaluate-spans.ts';
import { formatTable } from './format-table.ts';
import type { EvalModels } from './index-documents.ts';
import { loadEmbedder } from './load-embedder.ts';
import { loadNeuralEmbedder } from './load-neural-embedder.ts';
import { readAnswerSet, readParaphraseSet } from './read-answer-set.ts';
import { readBeir } from './read-beir.ts';
import { readChunkingSet } from './read-chunking-set.ts';
import { readCranfield } from './read-cranfield.ts';
import { readXquad } from './read-xquad.ts';
import type { RetrievalSet } from './retrieval-set.ts';

const help = `npm run eval [-- --data FOLDER ...] [--model FOLDER [--dtype q8|fp16|fp32]] [--json FILE]

Scores the product's retrieval: its chunker, index and fusion, with keyword and vectors alone beside it.
  --data FOLDER   a set in BEIR form (corpus.jsonl, queries.jsonl, qrels/test.tsv); may be given several times
  --model FOLDER  scores search by this neural model, in the hub's layout (config.json, tokenizer.json, onnx/model_*.onnx);
                  its vectors are cached from run to run
  --dtype DTYPE   which of its files: q8 (as it stands), fp16, fp32
  --json FILE     writes the rows as JSON: of each set and ranking set, ranking, ndcg10, recall10, mrr10
Without --data it scores the sets that lie in ../shared/eval (or $ALCOVE_SHARED/eval), their answers and refusals too,
and where there are none, the small set of this repository.`;

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const { values } = parseArgs({ options: { data: { type: 'string', multiple: true }, json: { type: 'string' }, model: { type: 'string' }, dtype: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });

/** npm runs scripts in the repository's root; paths are meant from where the person stands. */
const fromCaller = (path: string) => resolve(process.env['INIT_CWD'] ?? '.', path);

if (values.help) {
  console.log(help);
} else {
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
}

async function main(): Promise<void> {
  const models = await loadModels();
  const shared = join(process.env['ALCOVE_SHARED'] ?? here('../../../shared'), 'eval');
  const rows: object[] = values.data ? await scoreFolders(values.data.map(fromCaller), models) : await scoreShared(shared, models);
  if (values.json !== undefined) await writeFile(fromCaller(values.json), `${JSON.stringify(rows, null, 2)}\n`);
}

async function loadModels(): Promise<EvalModels> {
  const { model, dtype = 'q8' } = values;
  if (dtype !== 'q8' && dtype !== 'fp16' && dtype !== 'fp32') throw new Error(`--dtype ${dtype}: q8, fp16 and fp32 can be had`);
  return { embedder: await loadEmbedder(), neural: model === undefined ? undefined : await loadNeuralEmbedder(fromCaller(model), dtype) };
}

async function scoreFolders(folders: readonly string[], models: EvalModels): Promise<RetrievalRow[]> {
  const rows: RetrievalRow[] = [];
  for (const folder of folders) rows.push(...(await evaluateRetrieval(await readBeir(folder), models)));
  console.log(formatTable(rows));
  return rows;
}

async function scoreShared(folder: string, models: EvalModels): Promise<object[]> {
  if (!existsSync(folder)) {
    console.log(`No evaluation sets at ${folder}: scoring the small set of this repository.`);
    return [...(await scoreFolders([here('fixtures/tiny')], models)), ...(await scoreOwnSets(models))];
  }
  const readLanguage = (language: string) => readXquad(join(folder, 'xquad'), language);
  const languages = await Promise.all(['en', 'de', 'es', 'zh'].map(readLanguage));
  const cranfield = await readCranfield(join(folder, 'cranfield'));
  const retrieval: RetrievalRow[] = [];
  for (const set of [...languages, cranfield]) retrieval.push(...(await evaluateRetrieval(set, models)));
  console.log(formatTable(retrieval));
  const spans = await evaluateSpans(await readChunkingSet(join(folder, 'chunking')), models);
  console.log(`\nGold spans half covered by the first five passages\n${formatTable(spans)}`);
  const whole = models.neural === undefined ? [] : await scoreWhole([cranfield, ...languages.slice(0, 1)], models);
  const answers: AnswerRow[] = [];
  for (const set of languages) answers.push(await evaluateAnswers(set, models));
  console.log(`\nExtractive answers, and refusals with the right article there and taken away\n${formatTable(answers)}`);
  return [...retrieval, ...spans, ...whole, ...answers, ...(await scoreOwnSets(models))];
}

/** Vectors alone over whole documents without their titles, cut at the model's limit: as the model was measured by itself. */
async function scoreWhole(sets: readonly RetrievalSet[], models: EvalModels): Promise<RetrievalRow[]> {
  const rows: RetrievalRow[] = [];
  for (const set of sets) {
    const untitled = { ...set, documents: set.documents.map((document) => ({ ...document, title: '' })) };
    rows.push(...(await evaluateRetrieval(untitled, { ...models, isWhole: true })).filter(({ ranking }) => ranking === 'vectors'));
  }
  console.log(`\nThe neural model alone, a passage for each document\n${formatTable(rows)}`);
  return rows;
}

/** The labelled questions of this repository: letters, manuals, contracts. */
async function scoreOwnSets(models: EvalModels): Promise<AnswerSetRow[]> {
  const rows = scoreAnswerSet(await askAnswerSet(await readAnswerSet(), models));
  console.log(`\nLabelled questions of this repository; choices were made with the tuning half in sight\n${formatTable(rows)}`);
  const inOtherWords = scoreAnswerSet(await askAnswerSet(await readParaphraseSet(), models));
  console.log(`\nThe same in other words than the documents'\n${formatTable(inOtherWords)}`);
  return [...rows, ...inOtherWords];
}
