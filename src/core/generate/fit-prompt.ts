import { AppError } from '../errors/app-error.ts';
import { splitSentences } from '../answer/split-sentences.ts';
import type { Prompt, PromptParts } from './build-prompt.ts';
import type { PromptPassage } from './generator.ts';
import type { TextModel } from './text-model.ts';

export type FitOptions = {
  model: Pick<TextModel, 'countTokens' | 'contextTokens'>;
  build: (parts: PromptParts) => Prompt;
  maxTokens: number;
  /** Most passages, and tokens of a prompt where the context would allow more: what a device reads in good time. */
  maxPassages: number;
  maxPromptTokens?: number;
};

export type FittedPrompt = { prompt: Prompt; parts: PromptParts; tokens: number };

/** Kept free between prompt and answer, of a context of a thousand tokens and more; less in proportion where it is smaller. */
const reserveTokens = 64;
/** A passage shortened to less than this says too little to be worth its place; the only one may be shorter. */
const leastCharacters = { ofOthers: 200, ofOnly: 24 };
const mostTurns = 3;
/** Ends of passages beyond this are never in reach of a prompt, and need not be counted. */
const mostCharacters = 24_000;

/**
 * The largest prompt that fits, counted by the model's own tokenizer: at most `contextTokens - maxTokens - 64`. What is
 * too much is taken away in this order: the last passages, each first shortened at the end of a sentence; then the oldest turns;
 * then the end of the first passage. Errors: `invalid-input` where not even a question with some of one passage fits; those of `countTokens`.
 */
export async function fitPrompt(whole: PromptParts, options: FitOptions): Promise<FittedPrompt> {
  const { model, build, maxTokens, maxPassages, maxPromptTokens = Infinity } = options;
  const reserve = Math.min(reserveTokens, Math.ceil(model.contextTokens / 16));
  const budget = Math.min(model.contextTokens - maxTokens - reserve, maxPromptTokens);
  let parts: PromptParts = {
    ...whole,
    passages: whole.passages.slice(0, maxPassages).map((passage) => ({ ...passage, text: passage.text.slice(0, mostCharacters) })),
    earlier: whole.earlier.slice(-mostTurns),
  };
  for (;;) {
    const prompt = build(parts);
    const tokens = await model.countTokens(prompt);
    if (tokens <= budget) return { prompt, parts, tokens };
    const smaller = reduce(parts, charactersOver(prompt, tokens, budget));
    if (smaller === undefined) throw new AppError('invalid-input', `a prompt of ${tokens} tokens cannot be made shorter, and ${budget} fit`, { detail: { tokens, budget } });
    parts = smaller;
  }
}

/** About how many characters must go, from the prompt's own characters a token. */
function charactersOver({ messages, prefix = '' }: Prompt, tokens: number, budget: number): number {
  const characters = messages.reduce((sum, { content }) => sum + content.length, prefix.length);
  return Math.ceil(((tokens - Math.max(budget, 0)) * characters) / tokens) + 1;
}

/** The next smaller parts; undefined where nothing is left to take away. Every step takes at least one character. */
function reduce(parts: PromptParts, over: number): PromptParts | undefined {
  const { passages, earlier } = parts;
  const last = passages.at(-1);
  if (last !== undefined && passages.length > 1) return { ...parts, passages: [...passages.slice(0, -1), ...shorten(last, over, leastCharacters.ofOthers)] };
  if (earlier.length > 0) return { ...parts, earlier: earlier.slice(1) };
  const rest = last === undefined ? [] : shorten(last, over, leastCharacters.ofOnly);
  return rest.length === 0 ? undefined : { ...parts, passages: rest };
}

/** The passage without at least `characters` of its end, cut behind a sentence where one ends in its second half; none where too little is left. */
function shorten(passage: PromptPassage, characters: number, least: number): PromptPassage[] {
  const room = passage.text.length - characters;
  if (room < least) return [];
  const ends = splitSentences(passage.text.slice(0, room)).slice(0, -1);
  const end = ends.findLast((span) => span.end >= room / 2)?.end ?? room;
  return [{ ...passage, text: passage.text.slice(0, end).trimEnd() }];
}
