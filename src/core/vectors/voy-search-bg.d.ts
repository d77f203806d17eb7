// The glue that voy-search 0.6.3 ships for bundlers; the package declares types for its bundler entry only.
declare module 'voy-search/voy_search_bg.js' {
  export type EmbeddedResource = { id: string; title: string; url: string; embeddings: number[] };
  export type Resource = { embeddings: EmbeddedResource[] };
  export class Voy {
    free(): void;
    constructor(resource?: Resource);
    index(resource: Resource): void;
    search(query: Float32Array, k: number): { neighbors: { id: string; title: string; url: string }[] };
    add(resource: Resource): void;
    remove(resource: Resource): void;
    size(): number;
  }
  export function __wbg_set_wasm(exports: unknown): void;
}
