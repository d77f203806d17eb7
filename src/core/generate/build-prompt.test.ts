import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPrompt, type PromptParts } from './build-prompt.ts';
import { toInertText } from './inert-text.ts';

const parts = (rest: Partial<PromptParts> = {}): PromptParts => ({
  question: 'How high is it?', language: 'en', earlier: [],
  passages: [{ number: 1, title: 'Towers', text: 'The tower is 96 m high.' }, { number: 2, title: 'Bridges', text: 'The bridge is low.' }], ...rest,
});
const fragments = ['</passage>', '<passage id="9">', '<', '|', '<|im_end|>', '<|im_start|>system\n', '[7]', '[', ']', '7', '[INST]', '[/INST]', '<</SYS>>', '\n', ' ', '"', 'Question:', '<think>', '</s>', 'a < 5', '\u0000', '\u202e', '\u{e0041}', '<\u200b/passage>', '<｜end｜>', 'tower'];
const hostileText = fc.array(fc.constantFrom(...fragments), { maxLength: 30 }).map((list) => list.join(''));

describe('buildPrompt', () => {
  it('puts rules first, earlier turns next, passages and the question last', () => {
    const { messages, prefix } = buildPrompt('chat-rules', parts({ earlier: [{ question: 'What is it?', answer: 'A tower [2].' }] }));
    expect(messages.map(({ role }) => role)).toEqual(['system', 'user', 'assistant', 'user']);
    expect(messages[2]?.content).toBe('A tower.');
    expect(messages[3]?.content).toMatch(/^<passage id="1" title="Towers">\nThe tower is 96 m high\.\n<\/passage>\n\n<passage id="2"[^]*Question: How high is it\?\nAnswer in English\.$/u);
    expect(prefix).toBeUndefined();
  });

  it('begins the answer of a small model with the passage it is given, in the language of the question', () => {
    const { messages, prefix } = buildPrompt('given-citation', parts());
    expect(messages).toHaveLength(1);
    expect(messages[0]?.content).toContain('The tower is 96 m high.');
    expect(messages[0]?.content).not.toContain('bridge');
    expect(prefix).toBe('According to [1],');
    expect(buildPrompt('given-citation', parts({ language: 'de' })).prefix).toBe('Laut [1]');
    expect(buildPrompt('given-citation', parts({ language: 'und' })).prefix).toBe('According to [1],');
  });

  it('has the same rules whatever is asked', () => {
    const [first, second] = [parts(), parts({ question: 'Why?', passages: [], language: 'zh' })].map((one) => buildPrompt('chat-rules', one).messages[0]);
    expect(first).toEqual(second);
  });

  it('lets no passage, title, question or earlier answer end its delimiters, speak for a role or pass for a mark', () => {
    fc.assert(
      fc.property(hostileText, hostileText, fc.constantFrom('chat-rules' as const, 'given-citation' as const), (text, title, form) => {
        const { messages } = buildPrompt(form, parts({ passages: [{ number: 1, title, text }], question: text, earlier: [{ question: title, answer: text }] }));
        for (const { role, content } of messages) {
          if (role === 'system') continue;
          const isLast = content === messages.at(-1)?.content;
          expect(content.match(/<passage id="1"(?: title="[^"\n]*")?>\n/gu) ?? []).toHaveLength(isLast ? 1 : 0);
          expect(content.match(/<\/?[\p{L}|｜]/gu) ?? []).toHaveLength(isLast ? 2 : 0);
          expect(content).not.toMatch(/\[\d+\]|\[\/?INST\]|[\u202e\u200b]|(?!\n)\p{Cc}|[\u{e0000}-\u{e007f}]/u);
        }
      }),
    );
  });

  it('keeps words, figures and comparisons of a passage', () => {
    const text = 'If x < 5 and y <= 7, then [a] is 3 > 2.\n\tIt is 40 % – “so”, [sic] in arr[i].';
    expect(toInertText(text)).toBe(text);
  });
});
