type Entry<Value> = { value: Value; expiresAtMs: number };

/**
 * A bounded map whose entries end `ttlMs` after they were set; the least recently used goes first when it is full. `now`
 * is in milliseconds and need only rise.
 */
export class TtlCache<Value> {
  readonly #entries = new Map<string, Entry<Value>>();
  readonly #options: { maxEntries: number; ttlMs: number; now: () => number };

  constructor(options: { maxEntries: number; ttlMs: number; now: () => number }) {
    this.#options = options;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: string): Value | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    this.#entries.delete(key);
    if (entry.expiresAtMs <= this.#options.now()) return undefined;
    this.#entries.set(key, entry);
    return entry.value;
  }

  set(key: string, value: Value): void {
    const { maxEntries, ttlMs, now } = this.#options;
    this.#entries.delete(key);
    this.#entries.set(key, { value, expiresAtMs: now() + ttlMs });
    for (const oldest of this.#entries.keys()) {
      if (this.#entries.size <= maxEntries) break;
      this.#entries.delete(oldest);
    }
  }

  clear(): void {
    this.#entries.clear();
  }
}
