import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Benchmark, defineBenchmark } from '../../bench/benchmark.ts';
import { writePdf } from '../write-pdf.ts';
import { closeAlcove, type OpenAlcove, prepareAlcove } from './open-alcove.ts';

const group = 'page';
const readyTimeoutMs = 120_000;
const bigReadyTimeoutMs = 300_000;
const settleMs = 1_000;

type Upload = { name: string; bytes: Uint8Array };

const nouns = ['harbour', 'register', 'survey', 'beacon', 'ledger', 'quarry', 'granary', 'sluice', 'orchard', 'tannery'];

/** A sentence of made-up words, different for every number. */
function sentence(i: number): string {
  const noun = (step: number) => nouns[(i * step + step) % nouns.length];
  return `Entry ${i} of the ${noun(3)} says that the ${noun(7)} near the ${noun(1)} was mended in ${1700 + (i % 300)}.`;
}

/** A text of about a thousand passages. */
function textFile(sample: number): Upload {
  const text = Array.from({ length: 12_000 }, (_, i) => sentence(i + sample * 12_000)).join(' ');
  return { name: `register-${sample}.txt`, bytes: Buffer.from(text) };
}

/** A PDF of a hundred pages of forty lines. */
function pdfFile(sample: number): Upload {
  const pages = Array.from({ length: 100 }, (_, page) => ({
    texts: Array.from({ length: 40 }, (__, line) => ({ x: 60, y: 780 - line * 17, size: 10, text: sentence(sample * 4_000 + page * 40 + line) })),
  }));
  return { name: `survey-${sample}.pdf`, bytes: writePdf({ pages, title: `Survey ${sample}` }) };
}

/** A text of 5 MB in paragraphs of six sentences, and a question that a sentence deep in it answers. */
function bigTextFile(): Upload {
  const lines: string[] = [];
  for (let [i, length] = [0, 0]; length < 5_000_000; i += 1) {
    const line = sentence(i) + (i % 6 === 5 ? '\n\n' : ' ');
    lines.push(line);
    length += line.length;
  }
  return { name: 'annals.txt', bytes: Buffer.from(lines.join('')) };
}

async function open(): Promise<OpenAlcove> {
  const alcove = await prepareAlcove();
  await alcove.app.open(alcove.server.address);
  await alcove.page.evaluate(() => navigator.serviceWorker.ready);
  return alcove;
}

/** Files on disk: handing over bytes would decode them on the page's thread. */
async function save({ profile }: OpenAlcove, files: Upload[]): Promise<string[]> {
  return Promise.all(
    files.map(async ({ name, bytes }) => {
      const path = join(profile, name);
      await writeFile(path, bytes);
      return path;
    }),
  );
}

/** Adds a file and resolves when its row says it can be asked about. */
async function add(alcove: OpenAlcove, file: Upload, title: string): Promise<number> {
  const paths = await save(alcove, [file]);
  const startedMs = performance.now();
  await alcove.app.addFiles(paths);
  await alcove.app.waitForState(title, /searchable|ready/i, readyTimeoutMs);
  return performance.now() - startedMs;
}

/** The page with the big text read and a question about a sentence deep in it answered. */
async function openWithBigText(): Promise<OpenAlcove> {
  const alcove = await open();
  await add(alcove, bigTextFile(), 'annals');
  await alcove.app.waitForState('annals', /ready/i, bigReadyTimeoutMs);
  await alcove.app.ask('What does entry 23456 of the register say was mended?');
  return alcove;
}

/**
 * Milliseconds of the longest task of the page's thread from the click on a citation until its mark has been in view for
 * a second; then the source is closed again. The page clicks itself: the driver's own click takes a task of the page.
 */
async function longestTaskOfOpening({ page }: OpenAlcove): Promise<number> {
  await page.evaluate(() => {
    window.longTasksMs.length = 0;
    document.querySelector<HTMLElement>('article a[aria-label^="Source 1:"]')?.click();
  });
  await page.waitForSelector('mark[data-citation="1"]', { state: 'attached', timeout: readyTimeoutMs });
  await page.waitForTimeout(settleMs);
  const longestMs = await page.evaluate(() => Math.max(0, ...window.longTasksMs));
  await page.getByRole('button', { name: 'Close source' }).click();
  await page.waitForTimeout(settleMs);
  return longestMs;
}

/** Bytes that came over the network for the page, its styles and its engine, before a file is parsed. */
async function firstLoadBytes({ app, context, server }: OpenAlcove): Promise<number> {
  const sizes: Promise<number>[] = [];
  context.on('requestfinished', (request) => {
    const isModel = new URL(request.url()).pathname.startsWith('/models/');
    if (!isModel && request.serviceWorker() === null) sizes.push(request.sizes().then(({ responseBodySize, responseHeadersSize }) => responseBodySize + responseHeadersSize));
  });
  await app.open(server.address);
  await app.page.waitForLoadState('networkidle');
  // Requests of a worker for its own script are not reported with those of the page.
  const scripts = app.page.workers().map(async (worker) => compressedBytes(worker.url()));
  return (await Promise.all([...sizes, ...scripts])).reduce((sum, bytes) => sum + bytes, 0);
}

async function compressedBytes(url: string): Promise<number> {
  const response = await fetch(url, { method: 'HEAD', headers: { 'Accept-Encoding': 'br' } });
  return Number(response.headers.get('Content-Length'));
}

/** Benchmarks of the whole built page in a browser of its own, run from outside. */
export const pageBenchmarks: Benchmark[] = [
  defineBenchmark<undefined>({
    name: 'first load that can search, without the static model', group, unit: 'bytes', samples: 3, warmups: 0, budgetMs: 60_000,
    goal: { of: 'median', atMost: 1_500_000 },
    run: async () => {
      const alcove = await prepareAlcove();
      try {
        return await firstLoadBytes(alcove);
      } finally {
        await closeAlcove(alcove);
      }
    },
  }),
  defineBenchmark<OpenAlcove>({
    name: 'a text of 1,000 passages, from drop to found by keyword', group, samples: 5, warmups: 1, budgetMs: 60_000,
    setup: open, run: (alcove, sample) => add(alcove, textFile(sample), `register-${sample}`), teardown: closeAlcove,
  }),
  defineBenchmark<OpenAlcove>({
    name: 'a PDF of 100 pages, from drop to found by keyword', group, samples: 5, warmups: 1, budgetMs: 90_000,
    setup: open, run: (alcove, sample) => add(alcove, pdfFile(sample), `Survey ${sample}`), teardown: closeAlcove,
  }),
  defineBenchmark<OpenAlcove>({
    name: 'longest task of the page while such a text and PDF are read (0: none over 50 ms)', group, samples: 5, warmups: 1, budgetMs: 120_000,
    goal: { of: 'p95', atMost: 50 },
    setup: open,
    run: async (alcove, sample) => {
      const paths = await save(alcove, [textFile(100 + sample), pdfFile(100 + sample)]);
      await alcove.page.evaluate(() => void (window.longTasksMs.length = 0));
      await alcove.app.addFiles(paths);
      for (const title of [`register-${100 + sample}`, `Survey ${100 + sample}`]) await alcove.app.waitForState(title, /ready/i, readyTimeoutMs);
      return alcove.page.evaluate(() => Math.max(0, ...window.longTasksMs));
    },
    teardown: closeAlcove,
  }),
  // The first opening, which loads the viewer, counts too.
  defineBenchmark<OpenAlcove>({
    name: 'opening a 5 MB text at a citation: longest task (0: none over 50 ms)', group, samples: 5, warmups: 0, budgetMs: 300_000,
    goal: { of: 'p95', atMost: 50 },
    setup: openWithBigText, run: longestTaskOfOpening, teardown: closeAlcove,
  }),
];
