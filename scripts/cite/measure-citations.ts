import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Doubt } from '../../src/core/answer/answer-types.ts';
import { checkSentence, type CheckOptions } from '../../src/core/cite/check-sentence.ts';
import { formatTable } from '../eval/format-table.ts';
import { loadEmbedder } from '../eval/load-embedder.ts';
import { countByKind, judgeCitations, summarise, type JudgedRow } from './judge-citations.ts';
import { readCitationSet, type CitationSet } from './read-citation-set.ts';

const help = `npm run cite [-- --split tuning|reporting] [--errors KIND] [--no-words] [--json FILE]

Measures the citation check on the labelled sentences of this repository. Choices are made with the tuning half in sight.
  --split SPLIT   one half only
  --errors KIND   lists the sentences of a kind ("all" for every kind) that were judged otherwise than labelled
  --no-words      without the static model's nearness of words
  --json FILE     writes the tables as JSON`;

const { values } = parseArgs({ options: { split: { type: 'string' }, errors: { type: 'string' }, 'no-words': { type: 'boolean' }, json: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });
if (values.help) console.log(help);
else await main();

async function main(): Promise<void> {
  const set = await readCitationSet();
  const options: CheckOptions = values['no-words'] ? {} : { embedder: await loadEmbedder() };
  const splits = (['tuning', 'reporting'] as const).filter((split) => values.split === undefined || values.split === split);
  const judged = judgeCitations(set, options).filter(({ row }) => splits.includes(row.split));
  const summary = splits.map((split) => summarise(judged, split));
  console.log(`What is called unsupported. Sentences labelled partly that are called so are errors in precision, and left out in precisionWithoutPartly.\n${formatTable(summary)}`);
  const kinds = splits.flatMap((split) => countByKind(judged, split));
  console.log(`\nBy kind\n${formatTable(kinds)}`);
  if (values.errors !== undefined) printErrors(judged, values.errors);
  const speed = measureSpeed(set, options);
  console.log(`\nSentences a second with five passages each: read for each sentence anew, and read before\n${formatTable([speed])}`);
  if (values.json !== undefined) await writeFile(resolve(process.env['INIT_CWD'] ?? '.', values.json), `${JSON.stringify({ summary, kinds, speed }, null, 2)}\n`);
}

function printErrors(judged: readonly JudgedRow[], kind: string): void {
  for (const { row, checked } of judged) {
    if ((kind !== 'all' && row.kind !== kind) || row.label === checked.verification) continue;
    const doubt: Doubt | '' = checked.doubt ?? '';
    console.log(`${row.id} ${row.kind} ${row.label} -> ${checked.verification} ${doubt} ${JSON.stringify(checked.supports)}\n  ${row.sentence}`);
  }
}

function measureSpeed({ rows, passages }: CitationSet, options: CheckOptions): { first: number; again: number } {
  const english = rows.filter(({ lang }) => lang === 'en');
  const fresh = () => english.map((row) => ({ row, own: row.passages.map((id, i) => ({ number: i + 1, text: passages.get(id)?.text ?? '' })) }));
  const run = (work: ReturnType<typeof fresh>) => {
    const startedAt = performance.now();
    for (const { row, own } of work) checkSentence(row.sentence, own, options);
    return Math.round((1000 * work.length) / (performance.now() - startedAt));
  };
  const work = fresh();
  run(fresh());
  return { first: run(work), again: run(work) };
}
