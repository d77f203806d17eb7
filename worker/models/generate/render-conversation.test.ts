import { describe, expect, it } from 'vitest';
import { renderConversation, type ConversationForm } from './render-conversation.ts';

const llama3: ConversationForm = {
  system_template: '<|start_header_id|>system<|end_header_id|>\n\n{system_message}<|eot_id|>', system_message: 'You help.',
  roles: { user: '<|start_header_id|>user', assistant: '<|start_header_id|>assistant' }, role_templates: { user: '{user_message}', assistant: '{assistant_message}' },
  seps: ['<|eot_id|>'], role_content_sep: '<|end_header_id|>\n\n', role_empty_sep: '<|end_header_id|>\n\n',
};
const gemma: ConversationForm = {
  system_template: '{system_message}', system_message: '', roles: { user: '<start_of_turn>user', assistant: '<start_of_turn>model' },
  seps: ['<end_of_turn>\n'], role_content_sep: '\n', role_empty_sep: '\n', add_role_after_system_message: true,
};

describe('renderConversation', () => {
  it('makes the text of a chat in the form of its model', () => {
    const messages = [{ role: 'system' as const, content: 'Cite.' }, { role: 'user' as const, content: 'a $& b' }, { role: 'assistant' as const, content: 'c' }, { role: 'user' as const, content: 'd' }];
    expect(renderConversation(llama3, { messages, prefix: 'So' })).toBe(
      '<|start_header_id|>system<|end_header_id|>\n\nCite.<|eot_id|><|start_header_id|>user<|end_header_id|>\n\na $& b<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\nc<|eot_id|><|start_header_id|>user<|end_header_id|>\n\nd<|eot_id|><|start_header_id|>assistant<|end_header_id|>\n\nSo',
    );
  });

  it('takes the form’s own words where there is no system message, or leaves them out', () => {
    const messages = [{ role: 'user' as const, content: 'x' }];
    expect(renderConversation(llama3, { messages })).toContain('You help.');
    expect(renderConversation({ ...llama3, system_message: '', render_empty_system_message: false }, { messages })).toMatch(/^<\|start_header_id\|>user/u);
    expect(renderConversation(gemma, { messages })).toBe('<start_of_turn>user\nx<end_of_turn>\n<start_of_turn>model\n');
  });
});
