import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Embedder } from '../../src/core/embed/embedder.ts';
import { askAnswerSet, scoreAnswerSet, type AnswerSetRow } from './evaluate-answer-set.ts';
import { evaluateAnswers, type AnswerRow } from './evaluate-answers.ts';
import { evaluateRetrieval, type RetrievalRow } from './evaluate-retrieval.ts';
import { evaluateSpans, type SpanRow } from './evaluate-spans.ts';
import { formatTable } from './format-table.ts';
import { loadEmbedder } from './load-embedder.ts';
import { readAnswerSet } from './read-answer-set.ts';
import { readBeir } from './read-beir.ts';
import { readChunkingSet } from './read-chunking-set.ts';
import { readCranfield } from './read-cranfield.ts';
import { readXquad } from './read-xquad.ts';

const help = `npm run eval [-- --data FOLDER ...] [--json FILE]

Scores the product's retrieval: its chunker, index and fusion, with keyword and vectors alone beside it.
  --data FOLDER   a set in BEIR form (corpus.jsonl, queries.jsonl, qrels/test.tsv); may be given several times
  --json FILE     writes the rows as JSON: of each set and ranking set, ranking, ndcg10, recall10, mrr10
Without --data it scores the sets that lie in ../shared/eval (or $ALCOVE_SHARED/eval), their answers and refusals too,
and where there are none, the small set of this repository.`;

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const { values } = parseArgs({ options: { data: { type: 'string', multiple: true }, json: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });

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
  const rows: object[] = values.data ? await scoreFolders(values.data.map(fromCaller)) : await scoreShared(join(process.env['ALCOVE_SHARED'] ?? here('../../../shared'), 'eval'));
  if (values.json !== undefined) await writeFile(fromCaller(values.json), `${JSON.stringify(rows, null, 2)}\n`);
}

async function scoreFolders(folders: readonly string[]): Promise<RetrievalRow[]> {
  const embedder = await loadEmbedder();
  const rows: RetrievalRow[] = [];
  for (const folder of folders) rows.push(...(await evaluateRetrieval(await readBeir(folder), embedder)));
  console.log(formatTable(rows));
  return rows;
}

async function scoreShared(folder: string): Promise<(RetrievalRow | SpanRow | AnswerRow | AnswerSetRow)[]> {
  if (!existsSync(folder)) {
    console.log(`No evaluation sets at ${folder}: scoring the small set of this repository.`);
    return [...(await scoreFolders([here('fixtures/tiny')])), ...(await scoreOwnSet(await loadEmbedder()))];
  }
  const embedder = await loadEmbedder();
  const retrieval: RetrievalRow[] = [];
  for (const language of ['en', 'de', 'es', 'zh']) retrieval.push(...(await evaluateRetrieval(await readXquad(join(folder, 'xquad'), language), embedder)));
  retrieval.push(...(await evaluateRetrieval(await readCranfield(join(folder, 'cranfield')), embedder)));
  console.log(formatTable(retrieval));
  const spans = await evaluateSpans(await readChunkingSet(join(folder, 'chunking')), embedder);
  console.log(`\nGold spans half covered by the first five passages\n${formatTable(spans)}`);
  const answers: AnswerRow[] = [];
  for (const language of ['en', 'de', 'es', 'zh']) answers.push(await evaluateAnswers(await readXquad(join(folder, 'xquad'), language), embedder));
  console.log(`\nExtractive answers, and refusals with the right article there and taken away\n${formatTable(answers)}`);
  return [...retrieval, ...spans, ...answers, ...(await scoreOwnSet(embedder))];
}

/** The labelled questions of this repository: letters, manuals, contracts. */
async function scoreOwnSet(embedder: Embedder): Promise<AnswerSetRow[]> {
  const rows = scoreAnswerSet(await askAnswerSet(await readAnswerSet(), embedder));
  console.log(`\nLabelled questions of this repository; choices were made with the tuning half in sight\n${formatTable(rows)}`);
  return rows;
}
