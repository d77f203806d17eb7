import type { AlcoveDatabase } from '../../store/database.ts';
import type { VerdictMemory, VerdictRecord } from '../supervisor/verdict-memory.ts';

/** Verdicts in the engine's database. What cannot be read or written is as good as forgotten: it only makes a start slower. */
export function createDexieVerdicts({ modelVerdicts }: Pick<AlcoveDatabase, 'modelVerdicts'>): VerdictMemory {
  return {
    read: async (key) => (await modelVerdicts.get(key).catch(() => undefined))?.verdict as VerdictRecord | undefined,
    write: async (key, verdict) => {
      await modelVerdicts.put({ key, verdict }).catch(() => undefined);
    },
    forget: async (key) => {
      await modelVerdicts.delete(key).catch(() => undefined);
    },
  };
}
