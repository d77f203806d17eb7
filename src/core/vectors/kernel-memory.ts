import { AppError } from '../errors/app-error.ts';

const pageBytes = 65_536;
const firstAddress = 1024;
const alignment = 16;
const growthPages = 16;

/** A region that is used anew for every search and moves when it must become larger. */
export type Scratch = { address: number; bytes: number };

/** Hands out aligned pieces of a WebAssembly memory from its start upwards; all of them are given back together. */
export class KernelMemory {
  readonly #memory: WebAssembly.Memory;
  #next = firstAddress;

  constructor(memory: WebAssembly.Memory) {
    this.#memory = memory;
  }

  /** The memory's buffer now; it is another one after every `allocate`. */
  get buffer(): ArrayBuffer {
    return this.#memory.buffer;
  }

  /** The address of `bytes` new bytes, a multiple of 16. Errors: `internal` when the engine has no more memory to give. */
  allocate(bytes: number): number {
    const address = this.#next;
    const end = address + Math.ceil(bytes / alignment) * alignment;
    const missing = end - this.#memory.buffer.byteLength;
    if (missing > 0) this.#grow(Math.ceil(missing / pageBytes / growthPages) * growthPages);
    this.#next = end;
    return address;
  }

  /** Makes the region large enough, at least doubling it, so that the sizes it outgrew add up to less than its own. */
  ensure(scratch: Scratch, bytes: number): void {
    if (scratch.bytes >= bytes) return;
    scratch.bytes = Math.max(bytes, 2 * scratch.bytes);
    scratch.address = this.allocate(scratch.bytes);
  }

  /** Everything allocated is free again. The engine's memory does not shrink. */
  reset(): void {
    this.#next = firstAddress;
  }

  #grow(pages: number): void {
    try {
      this.#memory.grow(pages);
    } catch (cause) {
      throw new AppError('internal', `no memory for ${pages * pageBytes} more bytes of vectors`, { cause });
    }
  }
}
