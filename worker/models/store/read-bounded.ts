import { AppError } from '#core/errors/app-error.ts';

/** The bytes of an answer, of which no more than `mostBytes` are taken. Errors: `model/invalid` for more. */
export async function readBounded(response: Response, mostBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  const reader = response.body?.getReader();
  for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
    bytes += part.value.length;
    if (bytes > mostBytes) {
      void reader?.cancel().catch(() => undefined);
      throw new AppError('model/invalid', `the answer is larger than ${mostBytes} bytes`);
    }
    chunks.push(part.value);
  }
  return new Uint8Array(await new Blob(chunks as Uint8Array<ArrayBuffer>[]).arrayBuffer());
}
