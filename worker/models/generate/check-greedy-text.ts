import { AppError } from '#core/errors/app-error.ts';
import type { GenerateFacts } from '#core/models/model-manifest.ts';

/** Greedy continuation of one message of a user, of at most `maxTokens` tokens. */
export type CompleteGreedily = (prompt: string, maxTokens: number) => Promise<string>;

const sanePrompt = 'Write one short sentence about a library.';
const saneTokens = 12;

/**
 * The lowest share of a canary's text that came out as it must, from its beginning; `undefined` where there are none, and
 * the text was only seen to be no sign of broken numbers. Errors: `model/wrong-numbers`.
 */
export async function checkGreedyText(canaries: GenerateFacts['canaries'], countTokens: (text: string) => Promise<number>, complete: CompleteGreedily): Promise<number | undefined> {
  if (canaries.length === 0) {
    assertSane(await complete(sanePrompt, saneTokens));
    return undefined;
  }
  let lowest = 1;
  for (const { prompt, text } of canaries) {
    const written = (await complete(prompt, (await countTokens(text)) + 1)).trim();
    lowest = Math.min(lowest, sharedBeginning(written, text.trim()) / Math.max(1, text.trim().length));
  }
  return lowest;
}

/** Infinite or undefined numbers end in the same token again and again, or in none. */
export function assertSane(text: string): void {
  const characters = new Set(text.replace(/\s/gu, ''));
  if (characters.size < 3 || /\uFFFD{2}/u.test(text)) throw new AppError('model/wrong-numbers', `the model writes ${JSON.stringify(text.slice(0, 40))}`);
}

function sharedBeginning(a: string, b: string): number {
  let length = 0;
  while (length < b.length && a[length] === b[length]) length += 1;
  return length;
}
