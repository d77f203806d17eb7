import { AppError } from '../errors/app-error.ts';
import type { GenerateFacts } from '../models/model-manifest.ts';
import { buildPrompt, type PromptParts } from './build-prompt.ts';
import { constrainCitations } from './constrain-citations.ts';
import { fitPrompt, type FittedPrompt } from './fit-prompt.ts';
import type { Generator, WriteEnd, WriteRequest } from './generator.ts';
import { createEchoHold } from './hold-echo.ts';
import type { TextFilter } from './piece-filter.ts';
import { createRepeatGuard } from './repeat-guard.ts';
import { stripMarkup } from './strip-markup.ts';
import type { TextEnd, TextModel } from './text-model.ts';

export type ModelGeneratorOptions = {
  model: TextModel;
  facts: Pick<GenerateFacts, 'promptForm' | 'trust'>;
  /** BCP 47 primary languages the model writes; absent: any. In other languages' place it is begun and asked in English. */
  languages?: readonly string[];
  /** Reads prompts slowly (WASM, small GPUs): fewer passages and at most 1,200 tokens of prompt. */
  isSlow: boolean;
};

const slowPromptTokens = 1200;
const mostPassages = { slow: 3, fast: 5 };
/** Of the context, for the answer. */
const shareOfContext = 0.25;
/**
 * A model that must be begun for has said what it can after so many characters: it is ended with the sentence then, or at
 * so many tokens. It rambles after a paragraph.
 */
const enoughCharacters = 240;
const maxGivenCitationTokens = 96;
const givenCitationStops = ['\n\n', '\nQuestion:'];
const stoppedAtOnce: WriteEnd = { reason: 'stopped', tokens: 0, firstTokenMs: 0, tokensPerSecond: 0, passagesUsed: [] };

/**
 * A `Generator` over a language model: a prompt of its form within its budget, decoded greedily; its text constrained to
 * marks of the passages in the prompt and to plain text, and ended where it repeats itself.
 */
export function createModelGenerator(options: ModelGeneratorOptions): Generator {
  const { model, facts } = options;
  const isGiven = facts.promptForm === 'given-citation';
  return {
    id: model.id,
    async *write(request, signal) {
      if (request.passages.length === 0) throw new AppError('invalid-input', 'no passages to write from');
      if (signal.aborted) return stoppedAtOnce;
      const room = Math.floor(model.contextTokens * shareOfContext);
      const maxTokens = Math.min(request.maxTokens, room, isGiven ? maxGivenCitationTokens : room);
      const fitted = await fit(request, maxTokens, options);
      const texts = model.generate({ ...fitted.prompt, maxTokens, temperature: 0, ...(isGiven && { stop: givenCitationStops }) }, signal);
      return yield* constrain(texts, fitted, { isGiven, signal });
    },
  };
}

function fit(request: WriteRequest, maxTokens: number, { model, facts, languages, isSlow }: ModelGeneratorOptions): Promise<FittedPrompt> {
  const language = languages?.includes(request.language) === false ? 'en' : request.language;
  // One passage where the answer is begun with its number: what it took from others would be cited wrongly.
  const maxPassages = facts.promptForm === 'given-citation' ? 1 : isSlow ? mostPassages.slow : mostPassages.fast;
  const build = (parts: PromptParts) => buildPrompt(facts.promptForm, parts);
  return fitPrompt({ ...request, language }, { model, build, maxTokens, maxPassages, ...(isSlow && { maxPromptTokens: slowPromptTokens }) });
}

/** The model's text behind the beginning it was given, through the filters. Stops the model when the consumer stops. */
async function* constrain(source: AsyncGenerator<string, TextEnd, undefined>, fitted: FittedPrompt, { isGiven, signal }: { isGiven: boolean; signal: AbortSignal }): AsyncGenerator<string, WriteEnd, undefined> {
  const { prompt, parts } = fitted;
  const passagesUsed = parts.passages.map(({ number }) => number);
  const filter = createFilter(parts, isGiven);
  const limit = createSentenceLimit(isGiven ? enoughCharacters : Infinity);
  const startedMs = performance.now();
  let [written, firstTokenMs, isBegun] = [0, 0, false];
  try {
    for (;;) {
      const next = await source.next();
      if (next.done) {
        const rest = isBegun ? filter.end() : '';
        if (rest !== '') yield rest;
        return { ...toWriteEnd(next.value), ...(signal.aborted && { reason: 'stopped' as const }), passagesUsed };
      }
      if (written === 0) firstTokenMs = performance.now() - startedMs;
      written += next.value.length;
      // The beginning alone is no answer: it comes with the model's first word.
      const { delta, isEnough } = limit(next.value);
      const text = filter.push(isBegun ? delta : (prompt.prefix ?? '') + delta) + (isEnough ? filter.end() : '');
      isBegun = true;
      if (text !== '') yield text;
      if (isEnough || filter.isLooping) return { reason: 'end', ...estimateSpeed(fitted, written, firstTokenMs, performance.now() - startedMs), passagesUsed };
    }
  } finally {
    // Ends it where it still runs; what it would say is of no interest any more.
    await source.return(undefined as never);
  }
}

type Stages = TextFilter & { readonly isLooping: boolean };

function createFilter({ passages, question, language }: PromptParts, isGiven: boolean): Stages {
  const repeats = createRepeatGuard();
  const stages: TextFilter[] = [stripMarkup(passages.map(({ text }) => text)), constrainCitations(new Set(passages.map(({ number }) => number))), repeats];
  if (isGiven) stages.push(createEchoHold(question, language));
  return {
    push: (delta) => stages.reduce((text, stage) => stage.push(text), delta),
    end: () => stages.reduce((text, stage) => stage.push(text) + stage.end(), ''),
    get isLooping() {
      return repeats.isLooping;
    },
  };
}

const sentenceEnd = /[\p{L}\p{N})\]"”’][.!?。！？]["”’)]*(?=\s)/gu;

/** Cuts text at the first end of a sentence behind so many characters, and says that it is enough. */
function createSentenceLimit(characters: number): (delta: string) => { delta: string; isEnough: boolean } {
  let text = '';
  return (delta) => {
    const before = text.length;
    text += delta;
    if (text.length < characters) return { delta, isEnough: false };
    sentenceEnd.lastIndex = Math.max(characters, before) - 2;
    const found = sentenceEnd.exec(text);
    return found === null ? { delta, isEnough: false } : { delta: text.slice(before, found.index + found[0].length), isEnough: true };
  };
}

function toWriteEnd({ reason, tokens, firstTokenMs, tokensPerSecond }: TextEnd): Omit<WriteEnd, 'passagesUsed'> {
  return { reason, tokens, firstTokenMs, tokensPerSecond };
}

/** A model that is ended early tells no figures: its tokens are reckoned by the characters a token of the prompt has. */
function estimateSpeed({ prompt, tokens: promptTokens }: FittedPrompt, characters: number, firstTokenMs: number, totalMs: number): Pick<WriteEnd, 'tokens' | 'firstTokenMs' | 'tokensPerSecond'> {
  const promptCharacters = prompt.messages.reduce((sum, { content }) => sum + content.length, 0);
  const tokens = Math.max(1, Math.round((characters * promptTokens) / Math.max(1, promptCharacters)));
  const decodeMs = totalMs - firstTokenMs;
  return { tokens, firstTokenMs, tokensPerSecond: decodeMs > 0 ? (1000 * tokens) / decodeMs : 0 };
}
