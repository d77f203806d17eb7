import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { toAppError } from '#core/errors/app-error.ts';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { listen } from './listen.ts';
import { openModelFolder } from './models/model-folder.ts';

const builtPage = resolve(import.meta.dirname, '..', 'dist', 'page');

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const pageRoot = config.pageRoot ?? builtPage;
  if (!existsSync(pageRoot)) throw new Error('The page is not built yet. Run `npm start`, which builds it.');
  const log = (line: string) => console.error(line);
  const models = config.modelsDir === undefined ? undefined : await openModelFolder(config.modelsDir, { log });
  const app = createApp({ pageRoot, log, ...(models && { models }), ...(config.hub !== undefined && { hub: config.hub }) });
  const { port, servers } = await listen(app, config.port);
  console.log(`Alcove is ready at http://localhost:${port}/`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
    });
  }
}

main().catch((error: unknown) => {
  console.error(toAppError(error).message);
  process.exitCode = 1;
});
