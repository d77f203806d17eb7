import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const installStamp = join('node_modules', '.cache', 'alcove-install');
const buildStamp = join('dist', 'page', 'build.json');
const buildInputs = ['index.html', 'package-lock.json', 'vite.config.ts', 'src', 'worker', 'bench', 'public', 'server/http', 'scripts/build'];
const notInputs = /\.(?:test|contract)\.tsx?$|[\\/]fixtures[\\/]|[\\/]test-[^\\/]*[\\/]/;

/** Ends the program with a message and a status that says it failed. */
export function fail(message) {
  console.error(message);
  process.exit(1);
}

/** Runs a command with its output shown; `false` when it fails. */
export function run(command, args, options = {}) {
  const isWindows = process.platform === 'win32';
  return spawnSync(command, args, { stdio: 'inherit', shell: isWindows, ...options }).status === 0;
}

/** Stops with a plain message on a Node that the project does not run on. */
export function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  fail(`Alcove needs Node 20.19 or later; this is ${process.versions.node}. Get a newer one from https://nodejs.org.`);
}

/** Installs the dependencies of the lock file where that has not been done yet for this lock file. */
export function installPackages() {
  const wanted = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
  if (existsSync(installStamp) && readFileSync(installStamp, 'utf8') === wanted) return;
  console.log('Installing packages ...');
  if (!run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'])) {
    fail('The packages could not be installed. Check the network, then run the command again.');
  }
  mkdirSync(join('node_modules', '.cache'), { recursive: true });
  writeFileSync(installStamp, wanted);
}

function filesUnder(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).toSorted().flatMap((name) => filesUnder(join(path, name)));
}

function hashInputs() {
  const hash = createHash('sha256');
  for (const path of buildInputs.flatMap(filesUnder)) {
    if (!notInputs.test(path)) hash.update(path).update('\0').update(readFileSync(path)).update('\0');
  }
  return hash.digest('hex');
}

/** Builds the page where its sources have changed since the last build. */
export function buildPage() {
  const inputs = hashInputs();
  if (existsSync(buildStamp) && JSON.parse(readFileSync(buildStamp, 'utf8')).inputs === inputs) return;
  console.log('Building the page ...');
  const vite = join('node_modules', 'vite', 'bin', 'vite.js');
  if (!run(process.execPath, [vite, 'build', '--logLevel', 'warn'])) fail('The page could not be built; the lines above say why.');
  writeFileSync(buildStamp, JSON.stringify({ inputs }));
}
