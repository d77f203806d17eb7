import { readDocument, type ReadDocument } from '#core/engine/read-document.ts';
import { toWireError } from '#core/errors/app-error.ts';
import { parseDocument } from '#core/parse/parse-document.ts';
import { allowOwnScripts } from '#core/security/allow-own-scripts.ts';
import type { FromReading, ToReading } from './ingest/reading-protocol.ts';
import { loadTokenCounter } from './load-static-model.ts';
import { yieldToMessages } from './yield-to-messages.ts';

allowOwnScripts(self);

let tokenCounter: ReturnType<typeof loadTokenCounter> | undefined;

function post(message: FromReading, transfer: Transferable[] = []): void {
  self.postMessage(message, transfer);
}

async function read({ request, baseUrl }: ToReading): Promise<ReadDocument> {
  tokenCounter ??= loadTokenCounter(baseUrl);
  const { countTokens, maxTokens } = await tokenCounter.catch((error: unknown) => {
    tokenCounter = undefined;
    throw error;
  });
  const progress = { done: 0, total: 0 };
  const tell = (): void => post({ kind: 'progress', ...progress });
  return readDocument(request, {
    parse: (file) =>
      parseDocument(file, {
        pdfAssets: new URL('pdfjs/', baseUrl).href,
        onProgress: (done, total) => {
          Object.assign(progress, { done, total });
          tell();
        },
      }),
    countTokens,
    maxTokens,
    pause: async () => {
      tell();
      await yieldToMessages();
    },
  });
}

/** The bytes of the segments, each once, so that they are handed over and not copied. */
function buffersOf({ segments }: ReadDocument): ArrayBuffer[] {
  const buffers = segments.flatMap(({ txt, kw }) => [txt.buffer, kw.buffer]);
  return [...new Set(buffers.filter((buffer): buffer is ArrayBuffer => buffer instanceof ArrayBuffer))];
}

self.onmessage = async ({ data }: MessageEvent<ToReading>) => {
  try {
    const document = await read(data);
    post({ kind: 'read', document }, buffersOf(document));
  } catch (thrown) {
    post({ kind: 'failed', error: toWireError(thrown) });
  }
};
