import { AppError } from '../../errors/app-error.ts';
import type { TextModel, TextRequest } from '../text-model.ts';

/** A `TextModel` that says what a test has it say. Its tokens are words with the space before them. */
export type ScriptedTextModel = TextModel & {
  readonly requests: TextRequest[];
  /** Whether a text is being written. */
  readonly isWriting: boolean;
};

export type ScriptedOptions = {
  reply: (request: TextRequest) => string;
  contextTokens?: number;
  /** Called before every token but the first; may throw what a model throws. */
  onToken?: (place: number) => void;
};

export function createScriptedTextModel({ reply, contextTokens = 4096, onToken }: ScriptedOptions): ScriptedTextModel {
  const requests: TextRequest[] = [];
  let isWriting = false;
  let last = Promise.resolve();
  const count = ({ messages, prefix = '' }: Pick<TextRequest, 'messages' | 'prefix'>): number => tokensOf([...messages.map(({ content }) => content), prefix].join(' ')).length;
  return {
    id: 'scripted',
    contextTokens,
    requests,
    get isWriting() {
      return isWriting;
    },
    countTokens: async (request) => count(request),
    async *generate(request, signal) {
      const before = last;
      let release: () => void = () => undefined;
      last = new Promise((resolve) => (release = resolve));
      await before;
      requests.push(request);
      isWriting = true;
      let tokens = 0;
      const end = (reason: 'end' | 'length' | 'stopped') => ({ reason, promptTokens: count(request), tokens, firstTokenMs: 1, tokensPerSecond: 10 });
      try {
        if (signal.aborted) return end('stopped');
        if (count(request) >= contextTokens || request.maxTokens < 1) throw new AppError('invalid-input', 'the prompt does not fit');
        for (const token of tokensOf(cut(reply(request), request.stop))) {
          await Promise.resolve();
          if (signal.aborted) return end('stopped');
          if (tokens >= Math.min(request.maxTokens, contextTokens - count(request))) return end('length');
          if (tokens > 0) onToken?.(tokens);
          tokens += 1;
          yield token;
        }
        return end('end');
      } finally {
        isWriting = false;
        release();
      }
    },
  };
}

function tokensOf(text: string): string[] {
  return text.match(/\s*\S+|\s+$/gu) ?? [];
}

function cut(text: string, stop: readonly string[] = []): string {
  return stop.reduce((cutText, one) => cutText.split(one)[0] ?? '', text);
}
