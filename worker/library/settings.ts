import type { AlcoveDatabase } from '../store/database.ts';

/** The person's wishes that outlive a session. */
export type Settings = {
  isPaused: () => Promise<boolean>;
  setPaused: (paused: boolean) => Promise<void>;
  keepsOriginals: () => Promise<boolean>;
  setKeepsOriginals: (keep: boolean) => Promise<void>;
};

export function createSettings({ settings }: AlcoveDatabase): Settings {
  return {
    isPaused: async () => (await settings.get('paused'))?.value ?? false,
    setPaused: async (value) => void (await settings.put({ key: 'paused', value })),
    keepsOriginals: async () => (await settings.get('keepOriginals'))?.value ?? true,
    setKeepsOriginals: async (value) => void (await settings.put({ key: 'keepOriginals', value })),
  };
}
