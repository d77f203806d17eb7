import type { ModelKey } from '#core/models/model-manifest.ts';
import { bytesOf, neededFiles } from '#core/models/needed-files.ts';
import { createTransferMeter } from '#core/models/transfer-meter.ts';
import { filePath, recordPath } from './model-record.ts';
import type { ModelRecord } from './model-record.ts';
import { sha256OfStream } from './part-file.ts';
import type { WorkContext } from './work-context.ts';

/**
 * Reads every file a record needs and removes those with other bytes than they must have. Where one is wrong or missing the
 * model stops counting as whole, before anything is removed. Gives whether all were right.
 */
export async function dropWrongFiles({ shelf, onEvent, now }: WorkContext, key: ModelKey, record: ModelRecord, signal: AbortSignal): Promise<boolean> {
  const needed = neededFiles(record.manifest, record.dtypes);
  const totalBytes = bytesOf(needed);
  const meter = createTransferMeter(totalBytes, 0, now);
  let checkedBytes = 0;
  const onChunk = (bytes: number) => {
    checkedBytes += bytes;
    const progress = meter.update(checkedBytes);
    if (progress) onEvent({ key, phase: 'checking', progress });
  };
  onEvent({ key, phase: 'checking', progress: { loadedBytes: 0, totalBytes } });
  const wrong: string[] = [];
  for (const file of needed) {
    const blob = await shelf.read(filePath(key, file.path));
    const isRight = blob?.size === file.bytes && (await sha256OfStream(blob.stream(), signal, onChunk)) === file.sha256;
    if (!isRight) wrong.push(filePath(key, file.path));
  }
  if (wrong.length > 0) await shelf.remove(recordPath(key, 'complete'));
  for (const path of wrong) await shelf.remove(path);
  return wrong.length === 0;
}
