import type { ChatMessage, TextRequest } from '#core/generate/text-model.ts';

/** The form of a chat as `mlc-chat-config.json` has it; the fields that text needs. */
export type ConversationForm = {
  system_template: string;
  system_message: string;
  roles: { user: string; assistant: string };
  role_templates?: { user?: string; assistant?: string };
  seps: string[];
  role_content_sep?: string;
  role_empty_sep?: string;
  add_role_after_system_message?: boolean;
  render_empty_system_message?: boolean;
};

/** Stands in a form where a message goes. */
const places = { system: '{system_message}', user: '{user_message}', assistant: '{assistant_message}', function: '{function_string}' };
const defaultSeparator = ': ';

/**
 * The text of a chat in a model's form, the answer begun with `prefix`, as web-llm 0.2.86 makes it (its `Conversation`),
 * for what web-llm does not offer: counting a prompt's tokens, and having the model continue an answer.
 */
export function renderConversation(form: ConversationForm, { messages, prefix = '' }: Pick<TextRequest, 'messages' | 'prefix'>): string {
  const system = messages.find(({ role }) => role === 'system')?.content ?? form.system_message;
  const isSilent = system === '' && form.render_empty_system_message === false;
  const head = isSilent ? '' : fill(form.system_template, places.system, system);
  const turns = messages.filter(({ role }) => role !== 'system').map((message, i) => renderTurn(form, message, { i, isHeadless: head !== '' && i === 0 && form.add_role_after_system_message === false }));
  return `${head}${turns.join('')}${form.roles.assistant}${form.role_empty_sep ?? defaultSeparator}${prefix}`;
}

function renderTurn(form: ConversationForm, { role, content }: ChatMessage, { i, isHeadless }: { i: number; isHeadless: boolean }): string {
  const side = role === 'assistant' ? 'assistant' : 'user';
  const template = form.role_templates?.[side];
  const text = template === undefined ? content : fill(template.replaceAll(places.function, ''), places[side], content);
  const opening = isHeadless ? '' : form.roles[side] + (form.role_content_sep ?? defaultSeparator);
  return opening + text + (form.seps[i % form.seps.length] ?? '');
}

/** Replaces by function: a `$&` in a message is text. */
function fill(template: string, place: string, text: string): string {
  return template.replace(place, () => text);
}

/**
 * Messages for web-llm's own chat, which fills its form by `String.replace` with a pattern: there `$` is written twice to
 * stand for itself.
 */
export function escapeForForm(form: ConversationForm, messages: readonly ChatMessage[]): ChatMessage[] {
  return messages.map((message) => {
    const { role, content } = message;
    const isFilled = role === 'system' || form.role_templates?.[role] !== undefined;
    return isFilled ? { ...message, content: content.replaceAll('$', '$$$$') } : message;
  });
}
