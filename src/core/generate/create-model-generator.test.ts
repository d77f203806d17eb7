import { describe, expect, it } from 'vitest';
import { AppError } from '../errors/app-error.ts';
import type { GenerateFacts } from '../models/model-manifest.ts';
import { createModelGenerator } from './create-model-generator.ts';
import { calmPassages, describeGenerator, hostilePassages, readWritten } from './generator.contract.ts';
import type { WriteRequest } from './generator.ts';
import { createScriptedTextModel, type ScriptedOptions } from './test-models/scripted-text-model.ts';
import { describeTextModel } from './text-model.contract.ts';

type Facts = Pick<GenerateFacts, 'promptForm' | 'trust'>;
const able: Facts = { promptForm: 'chat-rules', trust: 'able' };
const toy: Facts = { promptForm: 'given-citation', trust: 'toy' };
const calm = (): AbortSignal => new AbortController().signal;
const request = (rest: Partial<WriteRequest> = {}): WriteRequest => ({ question: 'How long is it?', language: 'en', passages: calmPassages, earlier: [], maxTokens: 50, ...rest });

function scripted(facts: Facts, reply: ScriptedOptions['reply'], rest: Partial<ScriptedOptions> & { isSlow?: boolean; languages?: string[] } = {}) {
  const { isSlow = false, languages, ...options } = rest;
  const model = createScriptedTextModel({ reply, ...options });
  return { model, generator: createModelGenerator({ model, facts, isSlow, ...(languages && { languages }) }) };
}

describeTextModel('scripted', async () => ({
  model: createScriptedTextModel({ reply: () => 'one two three four five six seven eight nine ten eleven twelve thirteen fourteen' }),
  messages: [{ role: 'user', content: 'Count.' }],
}));

/** A model that repeats what it is given, marks, links and orders included: the worst that injected text can do. */
const parrot = (prompt: { messages: { content: string }[] }) => `${prompt.messages.at(-1)?.content ?? ''} [1] [7] [click](https://evil.example) <b>x</b> [[9]3]`;

for (const [name, facts] of [['an able model that parrots', able], ['a toy that parrots', toy]] as const) {
  describeGenerator(name, async () => {
    const { model, generator } = scripted(facts, parrot);
    return { generator, isWriting: () => model.isWriting };
  });
}

describe('createModelGenerator', () => {
  it('lets a model cite by itself and drops what it invents', async () => {
    const { generator } = scripted(able, () => 'Three months [1]. One month [2], see [9] **and** https://evil.example.');
    const { text, end } = await readWritten(generator.write(request(), calm()));
    expect(text).toBe('Three months [1]. One month [2], see and.');
    expect(end).toMatchObject({ reason: 'end', passagesUsed: [1, 2] });
  });

  it('begins the answer of a small model with the passage it is given, which comes with the first word', async () => {
    const { model, generator } = scripted(toy, () => ' the notice is three months.');
    const source = generator.write(request(), calm());
    expect(await source.next()).toEqual({ done: false, value: 'According to [1], the notice is' });
    const { text, end } = await readWritten(source);
    expect(text).toBe(' three months.');
    expect(end.passagesUsed).toEqual([1]);
    expect(model.requests[0]?.prefix).toBe('According to [1],');
  });

  it('ends a small model with the sentence in which it has said enough', async () => {
    const sentences = Array.from({ length: 20 }, (_, i) => ` Room ${i} is painted in the colour number ${i * 7}.`);
    const { generator } = scripted(toy, () => sentences.join(''));
    const { text, end } = await readWritten(generator.write(request({ maxTokens: 200 }), calm()));
    expect(text).toMatch(/\.$/u);
    expect(text.length).toBeGreaterThan(240);
    expect(text.length).toBeLessThan(320);
    expect(end.reason).toBe('end');
  });

  it('shows nothing of an answer that only says the question again, and all of one that adds a word', async () => {
    const ask = request({ question: 'What is the name of the system that the receiver uses?' });
    const written = async (reply: string) => (await readWritten(scripted(toy, () => reply).generator.write(ask, calm()))).text;
    expect(await written(' the name of the system that the receiver uses is the system.')).toBe('');
    expect(await written(' the system that the receiver uses is OpenTV.')).toBe('According to [1], the system that the receiver uses is OpenTV.');
  });

  it('says nothing where the model says nothing', async () => {
    const { generator } = scripted(toy, () => '');
    expect((await readWritten(generator.write(request(), calm()))).text).toBe('');
  });

  it('begins in English where the model does not know the language', async () => {
    const { model, generator } = scripted(toy, () => ' x', { languages: ['en'] });
    await readWritten(generator.write(request({ language: 'de' }), calm()));
    expect(model.requests[0]?.prefix).toBe('According to [1],');
  });

  it('gives fewer passages and a shorter prompt where prompts are read slowly', async () => {
    const passages = Array.from({ length: 8 }, (_, i) => ({ number: i + 1, title: 'T', text: 'some words of a text. '.repeat(200) }));
    const used = async (isSlow: boolean) => {
      const { model, generator } = scripted(able, () => 'x', { isSlow, contextTokens: 8192 });
      const { end } = await readWritten(generator.write(request({ passages }), calm()));
      return { end, tokens: await model.countTokens(model.requests[0]!) };
    };
    const [fast, slow] = [await used(false), await used(true)];
    expect(fast.end.passagesUsed).toEqual([1, 2, 3, 4, 5]);
    expect(slow.end.passagesUsed.length).toBeLessThanOrEqual(3);
    expect(slow.tokens).toBeLessThanOrEqual(1200);
  });

  it('stops a model that repeats itself, and shows the sentence once', async () => {
    const { model, generator } = scripted(able, () => 'The notice is three months [1]. '.repeat(50));
    const { text, end } = await readWritten(generator.write(request(), calm()));
    expect(text).toBe('The notice is three months [1].');
    expect(end.reason).toBe('end');
    expect(model.isWriting).toBe(false);
  });

  it('keeps what stood when the model is lost, and says why it ended', async () => {
    const onToken = (place: number) => {
      if (place === 3) throw new AppError('engine-gone', 'lost');
    };
    const { generator } = scripted(able, () => 'one two three four five', { onToken });
    const source = generator.write(request(), calm());
    const texts: string[] = [];
    await expect((async () => {
      for await (const text of source) texts.push(text);
    })()).rejects.toMatchObject({ code: 'engine-gone' });
    expect(texts.join('')).toMatch(/^one/u);
  });

  it('puts no injected order outside the passage it stands in', async () => {
    const { model, generator } = scripted(able, () => 'x');
    await readWritten(generator.write(request({ passages: hostilePassages }), calm()));
    const prompt = model.requests[0]?.messages.at(-1)?.content ?? '';
    const outside = prompt.replace(/<passage id="\d+" title="[^"\n]*">\n[^<]*\n<\/passage>/gu, '');
    expect(outside.trim()).toBe('Question: How long is it?\nAnswer in English.');
    expect(prompt).not.toMatch(/<\||<start|\[INST\]/u);
  });
});
