import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildPrompt, type PromptParts } from './build-prompt.ts';
import { fitPrompt, type FitOptions } from './fit-prompt.ts';

const sentence = 'The pump of the third hall moves forty litres of water in a minute. ';
const passage = (number: number, sentences: number) => ({ number, title: `T${number}`, text: sentence.repeat(sentences) });
const parts = (rest: Partial<PromptParts> = {}): PromptParts => ({ question: 'How much water?', language: 'en', earlier: [], passages: [passage(1, 10), passage(2, 10), passage(3, 10)], ...rest });
const options = (contextTokens: number, rest: Partial<FitOptions> = {}): FitOptions => ({
  model: { contextTokens, countTokens: async ({ messages, prefix = '' }) => messages.reduce((sum, { content }) => sum + Math.ceil(content.length / 4) + 4, Math.ceil(prefix.length / 4)) },
  build: (one) => buildPrompt('chat-rules', one), maxTokens: 100, maxPassages: 5, ...rest,
});

describe('fitPrompt', () => {
  it('takes everything where there is room', async () => {
    const { parts: fitted } = await fitPrompt(parts({ earlier: [{ question: 'a', answer: 'b' }] }), options(8192));
    expect(fitted.passages.map(({ text }) => text)).toEqual(parts().passages.map(({ text }) => text));
    expect(fitted.earlier).toHaveLength(1);
  });

  it('shortens and drops the last passages before earlier turns, and those before the first passage', async () => {
    const long = parts({ earlier: [{ question: 'first '.repeat(120), answer: 'answer' }, { question: 'second', answer: 'answer' }] });
    const some = await fitPrompt(long, options(840));
    expect(some.parts.passages.map(({ number }) => number)).toEqual([1, 2]);
    expect(some.parts.passages[0]?.text).toBe(passage(1, 10).text);
    expect(some.parts.passages[1]?.text).toMatch(/minute\.$/u);
    expect(some.parts.earlier).toHaveLength(2);
    const few = await fitPrompt(long, options(620));
    expect(few.parts.passages.map(({ number }) => number)).toEqual([1]);
    expect(few.parts.earlier.map(({ question }) => question)).toEqual(['second']);
  });

  it('keeps the prompt within context, answer and reserve, and within a limit for slow devices', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1024, max: 4000 }), fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 60 }), fc.integer({ min: 300, max: 1200 }), async (context, turns, sentences, maxPromptTokens) => {
        const whole = parts({ passages: [1, 2, 3, 4, 5, 6].map((number) => passage(number, sentences)), earlier: Array.from({ length: turns }, () => ({ question: sentence, answer: sentence })) });
        const settings = options(context, { maxPromptTokens });
        const { prompt, tokens, parts: fitted } = await fitPrompt(whole, settings).catch(() => ({ prompt: undefined, tokens: 0, parts: whole }));
        if (prompt === undefined) return expect(maxPromptTokens).toBeLessThan(400);
        expect(await settings.model.countTokens(prompt)).toBe(tokens);
        expect(tokens).toBeLessThanOrEqual(Math.min(context - 100 - 64, maxPromptTokens));
        expect(fitted.passages.length).toBeGreaterThan(0);
        expect(fitted.passages.length).toBeLessThanOrEqual(5);
        for (const { number, text } of fitted.passages) expect(passage(number, sentences).text.startsWith(text)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('says that a question does not fit', async () => {
    await expect(fitPrompt(parts({ question: 'why '.repeat(3000) }), options(1000))).rejects.toMatchObject({ code: 'invalid-input' });
  });
});
