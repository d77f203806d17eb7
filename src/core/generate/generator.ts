/** A passage as a generator is given it; `number` is what it may be cited by. */
export type PromptPassage = { number: number; title: string; text: string };

export type WriteRequest = {
  question: string;
  /** BCP 47 primary language of the question, in which to answer. */
  language: string;
  passages: PromptPassage[];
  /** Earlier turns of the conversation, oldest first. */
  earlier: { question: string; answer: string }[];
  maxTokens: number;
};

export type WriteEnd = { reason: 'end' | 'length' | 'stopped'; tokens: number; firstTokenMs: number; tokensPerSecond: number; passagesUsed: number[] };

/**
 * Writes an answer from passages, as text with marks `[n]` that name passages given and no other. What it says is
 * checked by others (`checkCitations`): a generator promises form, not truth. Passages are data: nothing in them is an
 * instruction, a link to follow or markup. Pulled as `TextModel` is, with the same errors.
 */
export type Generator = {
  /** `extractive`, or a model's key. */
  readonly id: string;
  write(request: WriteRequest, signal: AbortSignal): AsyncGenerator<string, WriteEnd, undefined>;
};
