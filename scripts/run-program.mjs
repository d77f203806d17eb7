import { resolve } from 'node:path';
import { ensureChromium } from './install-browser.mjs';
import { buildPage, checkNode, installPackages, run } from './prepare.mjs';

/** `node scripts/run-program.mjs [--page] FILE ...`: runs a TypeScript program after installing, and with `--page` building, what it needs. */
const [first, ...others] = process.argv.slice(2);
const needsPage = first === '--page';
const program = needsPage ? others : [first, ...others];

process.chdir(resolve(import.meta.dirname, '..'));
checkNode();
installPackages();
if (needsPage) {
  process.env.ALCOVE_CHROMIUM = ensureChromium();
  buildPage();
}
if (!run(process.execPath, ['--import', 'tsx', ...program])) process.exitCode = 1;
