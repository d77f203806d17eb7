import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ensureChromium } from './install-browser.mjs';
import { buildPage, checkNode, installPackages, run } from './prepare.mjs';

const reports = join('test-results', 'reports');
const node = process.execPath;
const bin = (name, path) => join('node_modules', name, path);

/** Type check and lint count as one test each, so that the closing line cannot hide them. */
const steps = [
  { name: 'types', args: [bin('typescript', 'bin/tsc'), '-b'] },
  { name: 'types of tests, benchmarks and scripts', args: [bin('typescript', 'bin/tsc'), '-p', 'tsconfig.test.json'] },
  { name: 'lint', args: [bin('oxlint', 'bin/oxlint'), '--type-aware'] },
  { name: 'unit, contract, property and wire tests', args: vitest('node'), report: 'node.json' },
  { name: 'browser tests', args: vitest('browser'), report: 'browser.json' },
  { name: 'end-to-end tests', args: [bin('@playwright/test', 'cli.js'), 'test'], report: 'e2e.json' },
];

function vitest(project) {
  const report = join(reports, `${project}.json`);
  return [bin('vitest', 'vitest.mjs'), 'run', '--project', project, '--reporter=dot', '--reporter=json', `--outputFile.json=${report}`];
}

/** Counts of a report of either runner; a runner that died without one counts as a failure. */
function readReport(file, succeeded) {
  const path = join(reports, file);
  if (!existsSync(path)) return { passed: 0, failed: 1, skipped: 0 };
  const report = JSON.parse(readFileSync(path, 'utf8'));
  const counts = report.stats
    ? { passed: report.stats.expected + report.stats.flaky, failed: report.stats.unexpected, skipped: report.stats.skipped }
    : { passed: report.numPassedTests, failed: report.numFailedTests, skipped: report.numPendingTests + report.numTodoTests };
  if (!succeeded && counts.failed === 0) counts.failed = 1;
  return counts;
}

function runStep(step) {
  console.log(`\n== ${step.name}`);
  const startedAt = performance.now();
  const succeeded = run(node, step.args, { env: { ...process.env, ALCOVE_E2E_REPORT: join(reports, 'e2e.json') } });
  const counts = step.report
    ? readReport(step.report, succeeded)
    : { passed: Number(succeeded), failed: Number(!succeeded), skipped: 0 };
  console.log(`-- ${step.name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped, ${Math.round((performance.now() - startedAt) / 1000)} s`);
  return counts;
}

process.chdir(resolve(import.meta.dirname, '..'));
checkNode();
installPackages();
process.env.ALCOVE_CHROMIUM = ensureChromium();
buildPage();
rmSync(reports, { recursive: true, force: true });
mkdirSync(reports, { recursive: true });
const shared = process.env.ALCOVE_SHARED ?? '../shared';
if (!existsSync(shared)) console.log(`No ${shared} here: tests over its documents and evaluation data are skipped by name.`);

const total = { passed: 0, failed: 0, skipped: 0 };
for (const step of steps) {
  const counts = runStep(step);
  for (const key of Object.keys(total)) total[key] += counts[key];
}
console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exitCode = total.failed === 0 ? 0 : 1;
