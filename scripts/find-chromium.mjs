import { existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { homedir } from 'node:os';

/** Flags under which Chromium runs in a container and opens no connection of its own. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** With these, WebGPU runs in software: right or wrong as on a graphics card, without 16-bit floats, and very slow. */
export const softwareGpuFlags = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
  '--use-vulkan=swiftshader',
  '--use-angle=swiftshader',
];

const names = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const fixedPlaces = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

function onPath() {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean);
  return folders.flatMap((folder) => names.map((name) => join(folder, name)));
}

/** Chromium builds that Playwright has downloaded for this user, newest first. */
function fromPlaywright() {
  const root = process.env['PLAYWRIGHT_BROWSERS_PATH'] ?? join(homedir(), '.cache', 'ms-playwright');
  if (!existsSync(root)) return [];
  const builds = readdirSync(root).filter((name) => name.startsWith('chromium-')).toSorted().toReversed();
  return builds.flatMap((build) => [
    join(root, build, 'chrome-linux', 'chrome'),
    join(root, build, 'chrome-linux64', 'chrome'),
    join(root, build, 'chrome-mac', 'Chromium.app', 'Contents', 'MacOS', 'Chromium'),
    join(root, build, 'chrome-win', 'chrome.exe'),
  ]);
}

/**
 * Path of the browser to test with: `ALCOVE_CHROMIUM`, else a Chromium or Chrome on the machine, else one installed by
 * Playwright; `undefined` where there is none.
 * @returns {string | undefined}
 */
export function findChromium() {
  const chosen = process.env['ALCOVE_CHROMIUM'];
  if (chosen) return chosen;
  return [...onPath(), ...fixedPlaces, ...fromPlaywright()].find((path) => existsSync(path));
}
