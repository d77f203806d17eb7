import type { AppConfig, ChatCompletionChunk, ChatCompletionRequestStreaming, Completion, CompletionCreateParamsStreaming } from '@mlc-ai/web-llm';

/** The part of web-llm's `MLCEngine` that is used here. */
export type WebLlmEngine = {
  reload(modelId: string): Promise<void>;
  unload(): Promise<void>;
  interruptGenerate(): void | Promise<void>;
  chat: { completions: { create(request: ChatCompletionRequestStreaming): Promise<AsyncIterable<ChatCompletionChunk>> } };
  completions: { create(request: CompletionCreateParamsStreaming): Promise<AsyncIterable<Completion>> };
};

export type CreateWebLlmEngine = (appConfig: AppConfig) => Promise<WebLlmEngine>;

/** web-llm itself, loaded when it is asked for: it is 6 MB. It logs nothing, since its logs may hold what texts say. */
export const createWebLlmEngine: CreateWebLlmEngine = async (appConfig) => {
  const { MLCEngine } = await import('@mlc-ai/web-llm');
  return new MLCEngine({ appConfig, logLevel: 'SILENT' });
};
