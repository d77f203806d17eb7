import { describeCorpusStore } from './corpus-store.contract.ts';
import { createMemoryCorpusStore, createMemoryTables } from './memory-corpus-store.ts';

describeCorpusStore('in memory', async () => {
  const tables = createMemoryTables();
  const room = { quotaBytes: Infinity };
  const store = createMemoryCorpusStore({ tables, quota: () => room.quotaBytes });
  return {
    store,
    reopen: async () => createMemoryCorpusStore({ tables }),
    fillUp: () => {
      room.quotaBytes = 1000;
    },
    makeRoom: () => {
      room.quotaBytes = Infinity;
    },
    damage: async (segment, part) => {
      const stored = tables.segments.get(segment);
      const bytes = part === 'vec' ? [...tables.vec.values()].at(0)?.bytes : stored?.[part];
      if (bytes) bytes[bytes.length >> 1] = (bytes.at(bytes.length >> 1) ?? 0) ^ 1;
    },
  };
});
