import { AppError } from '#core/errors/app-error.ts';
import type { TextRequest } from '#core/generate/text-model.ts';
import type { ModelFiles } from '../model-files.ts';
import { readJsonFile } from './read-text-files.ts';
import { renderConversation, type ConversationForm } from './render-conversation.ts';

/** What is known of a web-llm model's prompts without the engine, which tells neither. */
export type WebLlmPrompts = {
  form: ConversationForm;
  count(request: Pick<TextRequest, 'messages' | 'prefix'>): number;
  countText(text: string): number;
  /** The whole prompt as text, tokens that the form puts in front by number included. */
  render(request: Pick<TextRequest, 'messages' | 'prefix'>): string;
};

/** Reads the chat's form and the tokenizer from a model's own files. Errors: `model/missing`, `model/corrupt`, `model/invalid`. */
export async function readWebLlmPrompts(files: ModelFiles): Promise<WebLlmPrompts> {
  const { Tokenizer } = await import('@huggingface/tokenizers');
  const config = await readJsonFile(files, 'mlc-chat-config.json');
  const tokenizer = new Tokenizer(await readJsonFile(files, 'tokenizer.json'), {});
  const form = { ...(config['conv_template'] as object), ...(config['conv_config'] as object | undefined) } as ConversationForm & { system_prefix_token_ids?: number[] | null };
  if (typeof form.system_template !== 'string' || typeof form.roles?.assistant !== 'string' || !Array.isArray(form.seps)) {
    throw new AppError('model/invalid', `${files.manifest.id} does not say the form of its chats`);
  }
  const first = form.system_prefix_token_ids ?? [];
  const opening = first.map((id) => tokenizer.id_to_token(id) ?? '').join('');
  const countText = (text: string): number => tokenizer.encode(text, { add_special_tokens: false }).ids.length;
  return {
    form,
    countText,
    count: (request) => first.length + countText(renderConversation(form, request)),
    render: (request) => opening + renderConversation(form, request),
  };
}
