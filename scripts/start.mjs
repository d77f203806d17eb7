import { spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { buildPage, checkNode, installPackages } from './prepare.mjs';

process.chdir(resolve(import.meta.dirname, '..'));
checkNode();
installPackages();
buildPage();

const server = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal));
server.on('exit', (code) => process.exit(code ?? 0));
