/**
 * The Prompt API as Chromium has it (webmachinelearning.github.io/prompt-api), the part used here. Names changed while it
 * was an experiment (`inputQuota`, `inputUsage`, `measureInputUsage` became `contextWindow`, `contextUsage`,
 * `measureContextUsage`); either may be there. Sampling parameters are ignored where the page may not set them.
 */
export type BuiltInModel = {
  availability(options: BuiltInLanguages): Promise<'unavailable' | 'downloadable' | 'downloading' | 'available'>;
  create(options: BuiltInLanguages & { initialPrompts?: BuiltInPrompt[]; temperature?: number; topK?: number; signal?: AbortSignal }): Promise<BuiltInSession>;
};

export type BuiltInLanguages = {
  expectedInputs: { type: 'text'; languages: string[] }[];
  expectedOutputs: { type: 'text'; languages: string[] }[];
};

/** `prefix`: the answer goes on from here. */
export type BuiltInPrompt = { role: 'system' | 'user' | 'assistant'; content: string; prefix?: true };

export type BuiltInSession = {
  readonly contextWindow?: number;
  readonly contextUsage?: number;
  readonly inputQuota?: number;
  readonly inputUsage?: number;
  measureContextUsage?(prompt: BuiltInPrompt[]): Promise<number>;
  measureInputUsage?(prompt: BuiltInPrompt[]): Promise<number>;
  promptStreaming(prompt: BuiltInPrompt[], options: { signal: AbortSignal }): ReadableStream<string>;
  destroy(): void;
};

/** The browser's model as this realm has it; most browsers have none, and some not in workers. */
export function findBuiltInModel(): BuiltInModel | undefined {
  return (globalThis as { LanguageModel?: BuiltInModel }).LanguageModel;
}
