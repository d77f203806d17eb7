import type { BrowserCommand } from 'vitest/node';
import { startTestHub } from './start-test-hub.ts';

declare module 'vitest/browser' {
  interface BrowserCommands {
    /** Starts a hub over a folder (below the repository; absent: the test models) and gives its address, for `connectTestHub`. */
    startTestHub: (folder?: string) => Promise<string>;
  }
}

/** `commands.startTestHub()` of tests in a browser. */
export const startTestHubCommand: BrowserCommand<[folder?: string]> = async (_context, folder = 'fixtures/models') => (await startTestHub(folder)).address;
