import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';

const keyBytes = 16;

/** Vectors of texts, kept in a file from run to run. Records: 16 bytes of the text's SHA-256, then float32 values. */
export class VectorCache {
  readonly #path: string;
  readonly #vectors = new Map<string, Float32Array>();

  /** Reads what the file holds. Throws where it is not whole records. */
  constructor(path: string, dims: number) {
    this.#path = path;
    const recordBytes = keyBytes + dims * 4;
    const bytes = existsSync(path) ? readFileSync(path) : Buffer.alloc(0);
    if (bytes.length % recordBytes !== 0) throw new Error(`${path} is damaged: delete it`);
    for (let at = 0; at < bytes.length; at += recordBytes) {
      const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset + at + keyBytes, bytes.byteOffset + at + recordBytes));
      this.#vectors.set(bytes.toString('latin1', at, at + keyBytes), values);
    }
  }

  get(text: string): Float32Array | undefined {
    return this.#vectors.get(keyOf(text).toString('latin1'));
  }

  /** Kept at once, so that a run that is ended loses nothing. */
  add(text: string, vector: Float32Array): void {
    const key = keyOf(text);
    mkdirSync(dirname(this.#path), { recursive: true });
    appendFileSync(this.#path, Buffer.concat([key, Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength)]));
    this.#vectors.set(key.toString('latin1'), vector);
  }
}

function keyOf(text: string): Buffer {
  return createHash('sha256').update(text).digest().subarray(0, keyBytes);
}
