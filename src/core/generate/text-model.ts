export type ChatMessage = { role: 'system' | 'user' | 'assistant'; content: string };

export type TextRequest = {
  messages: ChatMessage[];
  /** The beginning of the answer, which the model continues; it is not repeated in what comes back. */
  prefix?: string;
  maxTokens: number;
  /** 0: greedy. */
  temperature?: number;
  topP?: number;
  stop?: string[];
};

/** Why a text ended: by itself, at `maxTokens` or the context's end, or because its signal was aborted. */
export type TextEnd = { reason: 'end' | 'length' | 'stopped'; promptTokens: number; tokens: number; firstTokenMs: number; tokensPerSecond: number };

/**
 * A language model that continues a chat. Text is pulled: nothing is lost when the consumer is slow, and a consumer that
 * returns early stops the model. Aborting `signal` ends it with reason `stopped` within 300 ms where the model looks at
 * it between two tokens, and within 2.5 s always (the worker is replaced). One request at a time runs; others wait.
 * Errors: `engine-gone` (the device or worker was lost while writing), `model/failed`, `invalid-input` (the prompt does
 * not fit the context).
 */
export type TextModel = {
  readonly id: string;
  readonly contextTokens: number;
  /** By the model's own tokenizer and chat form, prefix included. */
  countTokens(request: Pick<TextRequest, 'messages' | 'prefix'>): Promise<number>;
  generate(request: TextRequest, signal: AbortSignal): AsyncGenerator<string, TextEnd, undefined>;
};
