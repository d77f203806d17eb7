import type { StorageState } from '#core/engine/engine-api.ts';
import type { CorpusStore } from '#core/store/corpus-store.ts';
import type { AlcoveDatabase } from '../store/database.ts';
import type { HeadEditor } from '../store/head-editor.ts';

/** What the browser says about this origin's storage. */
export type StorageProbe = () => Promise<Pick<StorageState, 'usedBytes' | 'quotaBytes' | 'persisted'>>;

/** Used and free bytes by the browser's estimate, and our own count of what they are. */
export async function readStorageState(deps: { database: AlcoveDatabase; store: CorpusStore; editor: HeadEditor; probe: StorageProbe }): Promise<StorageState> {
  const { database, store, editor, probe } = deps;
  let originalsBytes = 0;
  await database.sources.each((record) => void (originalsBytes += record.hasOriginal ? record.bytes : 0));
  let indexBytes = 0;
  for (const head of await store.readHeads()) {
    for (const { txt, kw } of (await editor.manifestsOf(head)).values()) indexBytes += txt.bytes + kw.bytes;
    for (const { vec } of head.segments) for (const part of Object.values(vec)) indexBytes += part?.bytes ?? 0;
  }
  return { ...(await probe()), originalsBytes, indexBytes };
}
