import { createMemoryShelf } from './memory-shelf.ts';
import { describeModelShelf } from './model-shelf.contract.ts';

describeModelShelf('memory', async () => {
  const contents = new Map<string, Uint8Array>();
  return { shelf: createMemoryShelf(contents), reopen: async () => createMemoryShelf(contents) };
});
