import { test as base } from '@playwright/test';
import { startAlcoveServer } from '../scripts/alcove-server.ts';

/** `alcove` is the address of a server of the built page that lives as long as the test worker. */
export const test = base.extend<{ alcove: string }, { server: string }>({
  server: [
    // oxlint-disable-next-line no-empty-pattern -- Playwright reads the fixtures a function needs from its pattern.
    async ({}, use) => {
      const server = await startAlcoveServer();
      await use(server.address);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  alcove: async ({ server }, use) => use(server),
});

export { expect } from '@playwright/test';
