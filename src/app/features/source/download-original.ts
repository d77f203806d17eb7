import type { EngineApi, Source } from '#core/engine/engine-api.ts';

const revokeAfterMs = 60_000;

/** Hands the original, byte for byte, to the browser's downloads. Does nothing where it is not kept. */
export async function downloadOriginal(engine: EngineApi, source: Source): Promise<void> {
  const original = await engine.readOriginal(source.id);
  if (!original) return;
  const link = document.createElement('a');
  // A plain type keeps the browser from opening what it downloads.
  link.href = URL.createObjectURL(new Blob([original], { type: 'application/octet-stream' }));
  link.download = source.path.split('/').at(-1) || source.title;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), revokeAfterMs);
}
