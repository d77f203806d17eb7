/** Keeps what was used last, up to a number of bytes. */
export type ByteLru<Value> = {
  get(key: string): Value | undefined;
  /** `bytes` is what the value costs; one that costs more than all there is is not kept. */
  set(key: string, value: Value, bytes: number): void;
  clear(): void;
  readonly usedBytes: number;
};

export function createByteLru<Value>(maxBytes: number): ByteLru<Value> {
  // A Map iterates in order of insertion, so the first key is the one used longest ago.
  const entries = new Map<string, { value: Value; bytes: number }>();
  let usedBytes = 0;

  function remove(key: string): { value: Value; bytes: number } | undefined {
    const entry = entries.get(key);
    if (entry && entries.delete(key)) usedBytes -= entry.bytes;
    return entry;
  }

  return {
    get(key) {
      const entry = remove(key);
      if (!entry) return undefined;
      entries.set(key, entry);
      usedBytes += entry.bytes;
      return entry.value;
    },
    set(key, value, bytes) {
      remove(key);
      if (bytes > maxBytes) return;
      entries.set(key, { value, bytes });
      usedBytes += bytes;
      for (const oldest of entries.keys()) {
        if (usedBytes <= maxBytes) break;
        remove(oldest);
      }
    },
    clear() {
      entries.clear();
      usedBytes = 0;
    },
    get usedBytes() {
      return usedBytes;
    },
  };
}
