import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Doubt, Verification } from '../../src/core/answer/answer-types.ts';
import { checkSentence, type CheckedSentence, type CheckOptions, type CitablePassage } from '../../src/core/cite/check-sentence.ts';
import { formatTable } from '../eval/format-table.ts';
import { loadEmbedder } from '../eval/load-embedder.ts';
import type { CitationRow, Split } from './citation-row.ts';
import { readCitationSet, type CitationSet } from './read-citation-set.ts';

const help = `npm run cite [-- --split tuning|reporting] [--errors KIND] [--no-words] [--json FILE]

Measures the citation check on the labelled sentences of this repository. Choices are made with the tuning half in sight.
  --split SPLIT   one half only
  --errors KIND   lists the sentences of a kind ("all" for every kind) that were judged otherwise than labelled
  --no-words      without the static model's nearness of words
  --json FILE     writes the tables as JSON`;

type Judged = { row: CitationRow; checked: CheckedSentence };

const { values } = parseArgs({ options: { split: { type: 'string' }, errors: { type: 'string' }, 'no-words': { type: 'boolean' }, json: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });
if (values.help) console.log(help);
else await main();

async function main(): Promise<void> {
  const set = await readCitationSet();
  const options: CheckOptions = values['no-words'] ? {} : { embedder: await loadEmbedder() };
  const splits = (['tuning', 'reporting'] as const).filter((split) => values.split === undefined || values.split === split);
  const judged = judgeAll(set, options).filter(({ row }) => splits.includes(row.split));
  const summary = splits.map((split) => summarise(judged, split));
  console.log(`The word "unsupported"; partly labelled sentences called so are errors in precision, and left out in the one named without\n${formatTable(summary)}`);
  const kinds = splits.flatMap((split) => byKind(judged, split));
  console.log(`\nBy kind\n${formatTable(kinds)}`);
  if (values.errors !== undefined) printErrors(judged, values.errors);
  const speed = measureSpeed(set, options);
  console.log(`\nSpeed, five passages a sentence\n${formatTable([speed])}`);
  if (values.json !== undefined) await writeFile(resolve(process.env['INIT_CWD'] ?? '.', values.json), `${JSON.stringify({ summary, kinds, speed }, null, 2)}\n`);
}

function judgeAll({ rows, passages }: CitationSet, options: CheckOptions): Judged[] {
  const given = new Map<string, CitablePassage[]>();
  return rows.map((row) => {
    const key = row.passages.join(' ');
    const own = given.get(key) ?? row.passages.map((id, i) => ({ number: i + 1, text: passages.get(id)?.text ?? '' }));
    given.set(key, own);
    return { row, checked: checkSentence(row.sentence, own, { ...options, ...(row.cited !== undefined && { cited: [row.cited] }) }) };
  });
}

function summarise(judged: readonly Judged[], split: Split): Record<string, string | number> {
  const own = judged.filter(({ row }) => row.split === split);
  const count = (label: Verification, verification: Verification) => own.filter(({ row, checked }) => row.label === label && checked.verification === verification).length;
  const [right, missed] = [count('unsupported', 'unsupported'), count('unsupported', 'partly') + count('unsupported', 'verified')];
  const [ofVerified, ofPartly] = [count('verified', 'unsupported'), count('partly', 'unsupported')];
  const quotes = own.filter(({ row }) => row.kind === 'quote' || row.kind === 'part-of-quote');
  const wrong = own.filter(({ row }) => row.kind === 'wrong-citation');
  const repaired = wrong.filter(({ row, checked }) => checked.repairedFrom !== undefined && checked.supports[0]?.number === row.gold);
  return {
    split,
    sentences: own.length,
    precision: right / (right + ofVerified + ofPartly),
    precisionWithoutPartly: right / (right + ofVerified),
    recall: right / (right + missed),
    unsupportedCalledVerified: count('unsupported', 'verified'),
    quotesCalledUnsupported: quotes.filter(({ checked }) => checked.verification === 'unsupported').length,
    verifiedFound: count('verified', 'verified') / own.filter(({ row }) => row.label === 'verified').length,
    partlyCalledVerified: count('partly', 'verified'),
    repaired: `${repaired.length} of ${wrong.length}`,
  };
}

function byKind(judged: readonly Judged[], split: Split): Record<string, string | number>[] {
  const kinds = [...new Set(judged.map(({ row }) => row.kind))];
  return kinds.map((kind) => {
    const own = judged.filter(({ row }) => row.split === split && row.kind === kind);
    const count = (verification: Verification) => own.filter(({ checked }) => checked.verification === verification).length;
    return { split, kind, label: own[0]?.row.label ?? '', sentences: own.length, verified: count('verified'), partly: count('partly'), unsupported: count('unsupported') };
  });
}

function printErrors(judged: readonly Judged[], kind: string): void {
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
