import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ChatMessage, TextEnd, TextModel, TextRequest } from './text-model.ts';

export type TextModelFixture = {
  model: Pick<TextModel, 'countTokens' | 'generate' | 'contextTokens'>;
  /** Answered, greedily, by at least 12 tokens. */
  messages: ChatMessage[];
  dispose?(): Promise<void> | void;
};

/** Everything a text was, and how it ended. */
export async function readText(source: AsyncGenerator<string, TextEnd, undefined>): Promise<{ text: string; pieces: string[]; end: TextEnd }> {
  const pieces: string[] = [];
  for (;;) {
    const step = await source.next();
    if (step.done === true) return { text: pieces.join(''), pieces, end: step.value };
    pieces.push(step.value);
  }
}

const calm = (): AbortSignal => new AbortController().signal;

/** The promises of `TextModel`, kept by every implementation and by the services behind it. */
export function describeTextModel(name: string, create: () => Promise<TextModelFixture>): void {
  describe(`text model: ${name}`, () => {
    let fixture: TextModelFixture;
    let model: TextModelFixture['model'];
    let request: TextRequest;
    beforeEach(async () => {
      fixture = await create();
      model = fixture.model;
      request = { messages: fixture.messages, maxTokens: 12 };
    });
    afterEach(() => fixture.dispose?.());

    it('writes as many tokens as it may, and says that it was cut short', async () => {
      const { text, pieces, end } = await readText(model.generate(request, calm()));
      expect(text).not.toBe('');
      expect(pieces).not.toContain('');
      expect(end).toMatchObject({ reason: 'length', tokens: 12 });
      expect(end.promptTokens).toBe(await model.countTokens(request));
      const shorter = await readText(model.generate({ ...request, maxTokens: 5 }, calm()));
      expect(shorter.end.tokens).toBe(5);
      expect(text.startsWith(shorter.text.replace(/\uFFFD+$/u, ''))).toBe(true);
    });

    it('counts the beginning of an answer and longer messages as more', async () => {
      const count = await model.countTokens(request);
      const [first, ...rest] = fixture.messages as [ChatMessage, ...ChatMessage[]];
      expect(await model.countTokens({ ...request, prefix: 'According to' })).toBeGreaterThan(count);
      expect(await model.countTokens({ messages: [{ ...first, content: `${first.content} and more than that` }, ...rest] })).toBeGreaterThan(count);
    });

    it('ends as stopped, with nothing after it, when its signal is aborted', async () => {
      const abort = new AbortController();
      const source = model.generate({ ...request, maxTokens: 12 }, abort.signal);
      const first = await source.next();
      expect(first.done).toBe(false);
      abort.abort();
      const { end } = await readText(source);
      expect(end.reason).toBe('stopped');
      expect(await source.next()).toEqual({ done: true, value: undefined });
    });

    it('writes nothing when it was aborted before', async () => {
      const { text, end } = await readText(model.generate(request, AbortSignal.abort()));
      expect(text).toBe('');
      expect(end.reason).toBe('stopped');
    });

    it('stops when the consumer does, and is free for the next', async () => {
      const whole = await readText(model.generate(request, calm()));
      for await (const piece of model.generate(request, calm())) {
        expect(whole.text.startsWith(piece)).toBe(true);
        break;
      }
      expect((await readText(model.generate(request, calm()))).text).toBe(whole.text);
    });

    it('serves one request after the other, each with the text it has alone', async () => {
      const alone = await readText(model.generate(request, calm()));
      const abort = new AbortController();
      const three = [calm(), abort.signal, calm()].map((signal) => readText(model.generate(request, signal)));
      abort.abort();
      const [first, second, third] = await Promise.all(three);
      expect(first?.text).toBe(alone.text);
      expect(second?.end.reason).toBe('stopped');
      expect(third?.text).toBe(alone.text);
    });

    it('loses nothing when the consumer is slow', async () => {
      const whole = await readText(model.generate(request, calm()));
      let text = '';
      for await (const piece of model.generate(request, calm())) {
        await new Promise((resolve) => setTimeout(resolve, 2));
        text += piece;
      }
      expect(text).toBe(whole.text);
    });

    it('leaves a stop string out, and all behind it', async () => {
      const { text } = await readText(model.generate(request, calm()));
      const at = Math.floor(text.length / 2);
      const stop = text.slice(at, at + 2);
      const cut = await readText(model.generate({ ...request, stop: [stop] }, calm()));
      expect(cut.text).toBe(text.slice(0, text.indexOf(stop)));
      expect(cut.end.reason).toBe('end');
    });

    it('refuses a prompt that does not fit its context, and goes on serving others', async () => {
      const tooLong: TextRequest = { messages: [{ role: 'user', content: 'too long '.repeat(model.contextTokens) }], maxTokens: 4 };
      expect(await model.countTokens(tooLong)).toBeGreaterThan(model.contextTokens);
      await expect(readText(model.generate(tooLong, calm()))).rejects.toMatchObject({ code: 'invalid-input' });
      expect((await readText(model.generate(request, calm()))).end.tokens).toBe(12);
    });
  });
}
