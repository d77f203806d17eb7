import { resolve } from 'node:path';
import { ensureChromium } from './install-browser.mjs';
import { buildPage, checkNode, installPackages, run } from './prepare.mjs';

process.chdir(resolve(import.meta.dirname, '..'));
checkNode();
installPackages();
process.env.ALCOVE_CHROMIUM = ensureChromium();
buildPage();
if (!run(process.execPath, ['--import', 'tsx', 'scripts/screens/main.ts', ...process.argv.slice(2)])) process.exitCode = 1;
