import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import type { Sha256 } from '#core/ids.ts';

/** A file as it was found: changed when size or time of change differ. */
export type FoundFile = { realPath: string; bytes: number; changedMs: number };

type Known = { bytes: number; changedMs: number; sha256: Promise<Sha256> };

/** SHA-256 of files, each read once for as long as it stays unchanged; one file at a time, so that a large folder does not crowd out requests. */
export class FileHashes {
  readonly #known = new Map<string, Known>();
  #last: Promise<unknown> = Promise.resolve();

  /** Rejects when the file cannot be read; the next call tries again. */
  async hash(file: FoundFile): Promise<Sha256> {
    const known = this.#find(file);
    if (known) return known;
    const sha256 = this.#last.then(() => hashFile(file.realPath));
    this.#known.set(file.realPath, { ...file, sha256 });
    this.#last = sha256.catch(() => this.#known.delete(file.realPath));
    return sha256;
  }

  #find(file: FoundFile): Promise<Sha256> | undefined {
    const known = this.#known.get(file.realPath);
    return known?.bytes === file.bytes && known.changedMs === file.changedMs ? known.sha256 : undefined;
  }
}

async function hashFile(path: string): Promise<Sha256> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex') as Sha256;
}
