import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { findChromium } from './find-chromium.mjs';
import { fail, run } from './prepare.mjs';

const packageManagers = [
  { probe: 'apt-get', steps: [['apt-get', 'update', '-qq'], ['apt-get', 'install', '-y', '-qq', 'chromium']] },
  { probe: 'dnf', steps: [['dnf', 'install', '-y', '-q', 'chromium']] },
  { probe: 'apk', steps: [['apk', 'add', '--quiet', 'chromium']] },
  { probe: 'pacman', steps: [['pacman', '-S', '--noconfirm', 'chromium']] },
  { probe: 'brew', steps: [['brew', 'install', '--cask', 'chromium']] },
];

function isThere(command) {
  return spawnSync(command, ['--version'], { stdio: 'ignore' }).error === undefined;
}

function asRoot(step) {
  const needsSudo = process.getuid?.() !== 0 && step[0] !== 'brew';
  return needsSudo ? ['sudo', '-n', ...step] : step;
}

function installFromSystem() {
  const manager = packageManagers.find(({ probe }) => isThere(probe));
  if (!manager) return;
  for (const [command, ...args] of manager.steps.map(asRoot)) run(command, args, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
}

function installFromPlaywright() {
  const cli = join('node_modules', '@playwright', 'test', 'cli.js');
  // Without a time limit a closed network would hold the whole test run.
  spawnSync(process.execPath, [cli, 'install', 'chromium'], { stdio: 'inherit', timeout: 300_000 });
}

/** Path of a browser to test with, installed by the system's package manager, else by Playwright, where there is none. */
export function ensureChromium() {
  for (const install of [() => {}, installFromSystem, installFromPlaywright]) {
    install();
    const found = findChromium();
    if (found) return found;
  }
  return fail('No Chromium was found and none could be installed. Install one, or set ALCOVE_CHROMIUM to its path.');
}
