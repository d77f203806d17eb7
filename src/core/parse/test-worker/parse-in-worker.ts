import { toWireError } from '../../errors/app-error.ts';
import { parseDocument } from '../parse-document.ts';

/** Parses what it is sent; answers with the document or the error's code, and with every address it asked for meanwhile. */
globalThis.onmessage = async ({ data }: MessageEvent<{ name: string; bytes: Uint8Array }>) => {
  performance.clearResourceTimings();
  const result = await parseDocument(data).catch((error: unknown) => toWireError(error).code);
  const asked = performance.getEntriesByType('resource').map(({ name }) => name);
  globalThis.postMessage({ result, asked });
};
