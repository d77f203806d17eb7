import { chromium } from '@playwright/test';
import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AlcovePage } from '../../e2e/alcove-page.ts';
import { startAlcoveServer } from '../alcove-server.ts';
import { chromiumFlags, findChromium } from '../find-chromium.mjs';
import { startFakeServer } from './fake-server.ts';
import type { Screen } from './screen.ts';
import { screens } from './states.ts';

const widths = { phone: [360, 740], tablet: [800, 1000], desk: [1440, 900] } as const;
const settleMs = 700;
const schemes = ['light', 'dark'] as const;
const outDir = resolve(import.meta.dirname, '..', '..', 'screens');
const only = process.argv[2];
const readmePicture = resolve(import.meta.dirname, '..', '..', 'docs', 'alcove.png');

const executablePath = findChromium();
const server = await startAlcoveServer();
const scripted = screens.some(({ name, isScripted }) => isScripted && (only === undefined || only === name)) ? await startFakeServer() : undefined;
const browser = await chromium.launch({ ...(executablePath && { executablePath }), args: chromiumFlags });
if (only !== 'readme') rmSync(outDir, { recursive: true, force: true });
mkdirSync(outDir, { recursive: true });

async function shoot({ name, reach, isScripted, isMoving }: Screen, width: keyof typeof widths): Promise<void> {
  const [w, h] = widths[width];
  const context = await browser.newContext({ viewport: { width: w, height: h }, locale: 'en-GB', reducedMotion: 'reduce' });
  const app = new AlcovePage(await context.newPage());
  try {
    const { address } = (isScripted && scripted) || server;
    await app.open(address);
    await reach(app, address);
    // What a page reads of the library and of itself arrives a moment after its heading.
    if (!isMoving) await app.page.waitForTimeout(settleMs);
    for (const scheme of schemes) {
      await app.page.emulateMedia({ colorScheme: scheme });
      await app.page.screenshot({ path: join(outDir, `${name}-${width}-${scheme}.png`) });
    }
  } catch (error) {
    console.error(`${name} at ${w} px was not reached: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`);
    process.exitCode = 1;
  } finally {
    await context.close();
  }
}

/** The picture of README.md: an answer beside its source. */
async function shootForReadme(): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: 'en-GB', colorScheme: 'light', reducedMotion: 'reduce' });
  const app = new AlcovePage(page);
  await app.open(server.address);
  await screens.find(({ name }) => name === 'source-open')?.reach(app, server.address);
  await app.question.hover();
  await page.screenshot({ path: readmePicture });
  await page.close();
}

/** One picture of all pictures, to be looked at first. */
async function contactSheet(): Promise<void> {
  const cells = readdirSync(outDir).toSorted().map((file) => {
    const data = readFileSync(join(outDir, file)).toString('base64');
    return `<figure><img src="data:image/png;base64,${data}"><figcaption>${file}</figcaption></figure>`;
  });
  const page = await browser.newPage({ viewport: { width: 1800, height: 1000 } });
  await page.setContent(`<style>body{display:flex;flex-wrap:wrap;gap:12px;font:13px sans-serif}figure{margin:0}img{height:320px;border:1px solid #999}</style>${cells.join('')}`);
  await page.screenshot({ path: join(outDir, 'contact-sheet.png'), fullPage: true });
}

if (only === 'readme') {
  await shootForReadme();
  console.log(`The picture is ${readmePicture}.`);
} else {
  for (const screen of screens) {
    if (only !== undefined && only !== screen.name) continue;
    for (const width of Object.keys(widths) as (keyof typeof widths)[]) await shoot(screen, width);
    console.log(screen.name);
  }
  await contactSheet();
  console.log(`Pictures are in ${outDir}; begin with contact-sheet.png.`);
}
await browser.close();
await server.stop();
await scripted?.stop();
