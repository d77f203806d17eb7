import type { ReadDocument, ReadRequest } from '#core/engine/read-document.ts';
import type { WireError } from '#core/errors/app-error.ts';

/** What the engine sends to the reading worker: once how to cut, then a file at a time. */
export type ToReading = { kind: 'read'; request: ReadRequest; baseUrl: string };

export type FromReading =
  | { kind: 'progress'; done: number; total: number }
  | { kind: 'read'; document: ReadDocument }
  | { kind: 'failed'; error: WireError };
