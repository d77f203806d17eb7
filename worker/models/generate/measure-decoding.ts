import type { TextEnd, TextRequest } from '#core/generate/text-model.ts';

type Generate = (request: TextRequest, signal: AbortSignal) => AsyncGenerator<string, TextEnd, undefined>;

const request: TextRequest = { messages: [{ role: 'user', content: 'Describe a day in a library, from the morning to the evening.' }], maxTokens: 48 };
const longestMs = 4_000;

/** Tokens a second of a text that is cut off after 4 s, behind a short one that does not count. */
export async function measureDecoding(generate: Generate, now: () => number = () => performance.now()): Promise<number> {
  await readEnd(generate({ ...request, maxTokens: 4 }, new AbortController().signal), () => undefined);
  const abort = new AbortController();
  const startedMs = now();
  const end = await readEnd(generate(request, abort.signal), () => {
    if (now() - startedMs > longestMs) abort.abort();
  });
  return end.tokensPerSecond > 0 ? end.tokensPerSecond : (1000 * end.tokens) / Math.max(end.firstTokenMs, 1);
}

async function readEnd(text: AsyncGenerator<string, TextEnd, undefined>, onPiece: () => void): Promise<TextEnd> {
  for (;;) {
    const step = await text.next();
    if (step.done === true) return step.value;
    onPiece();
  }
}
