import type { AlcoveDatabase } from '../store/database.ts';
import type { Reserve } from '../store/reserve.ts';

/** The person's wishes that outlive a session. */
export type Settings = {
  isPaused: () => Promise<boolean>;
  /** Pauses this engine whether or not that can be stored, as it cannot on a full disk. */
  halt: () => Promise<void>;
  /** Ends a halt that could not be stored. */
  unhalt: () => void;
  setPaused: (paused: boolean) => Promise<void>;
  keepsOriginals: () => Promise<boolean>;
  setKeepsOriginals: (keep: boolean) => Promise<void>;
};

export function createSettings({ settings }: AlcoveDatabase, reserve: Reserve): Settings {
  let isHalted = false;
  const setPaused = (value: boolean) => reserve.spend(async () => void (await settings.put({ key: 'paused', value })));

  return {
    isPaused: async () => isHalted || ((await settings.get('paused'))?.value ?? false),
    setPaused: async (value) => {
      await setPaused(value);
      isHalted = false;
    },
    halt: async () => {
      isHalted = true;
      await setPaused(true).then(() => (isHalted = false), () => undefined);
    },
    unhalt: () => void (isHalted = false),
    keepsOriginals: async () => (await settings.get('keepOriginals'))?.value ?? true,
    setKeepsOriginals: async (value) => void (await settings.put({ key: 'keepOriginals', value })),
  };
}
