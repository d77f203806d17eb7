import { AppError } from '../errors/app-error.ts';
import type { ModelTrust } from '../models/model-manifest.ts';
import type { WriteRequest } from './generator.ts';
import { toInertText } from './inert-text.ts';
import type { TextModel, TextRequest } from './text-model.ts';

const mostTurns = 3;
const longestAnswer = 400;
const longestQuestion = 300;
const maxTokens = 64;

const instruction =
  'Rewrite the last question so that it can be understood without the conversation: put the names and things that its pronouns mean in their place. ' +
  'Keep its language and meaning, and add nothing. If it is clear already, repeat it. Write only the question.';

/**
 * The question as it can be searched without the conversation, as a model rewrites it; `undefined` where it stays as it is,
 * and wherever the model cannot be trusted with it: for a `toy`, on anything but one line of sensible length, or where it fails. The
 * caller then goes by `rewriteFollowUp`. Rejects never but with `aborted`.
 */
export async function rewriteQuestion(model: TextModel, trust: ModelTrust, question: string, earlier: WriteRequest['earlier'], signal: AbortSignal): Promise<string | undefined> {
  if (trust === 'toy' || earlier.length === 0) return undefined;
  const text = await readAll(model, rewritingPrompt(question, earlier), signal).catch(() => '');
  if (signal.aborted) throw new AppError('aborted', 'the question was called off');
  return usableRewriting(text, question);
}

/** The prompt for it: earlier turns as quotations, shortened. */
export function rewritingPrompt(question: string, earlier: WriteRequest['earlier']): TextRequest {
  const turns = earlier.slice(-mostTurns).map((turn) => `Question: ${toInertText(turn.question)}\nAnswer: ${toInertText(turn.answer).slice(0, longestAnswer)}`);
  const content = `<conversation>\n${turns.join('\n')}\n</conversation>\n\nLast question: ${toInertText(question)}`;
  return { messages: [{ role: 'system', content: instruction }, { role: 'user', content }], maxTokens, temperature: 0, stop: ['\n'] };
}

async function readAll(model: TextModel, request: TextRequest, signal: AbortSignal): Promise<string> {
  let text = '';
  for await (const delta of model.generate(request, signal)) text += delta;
  return text;
}

/** A rewriting is a question of its own that kept something of the one asked. */
export function usableRewriting(text: string, question: string): string | undefined {
  const rewritten = toInertText(text).replace(/^\s*(?:(?:last|rewritten) question|question)\s*:\s*/iu, '').replace(/^["“]|["”]$/gu, '').trim();
  if (rewritten.length < 3 || rewritten.length > longestQuestion || rewritten.includes('\n') || /https?:/iu.test(rewritten)) return undefined;
  if (rewritten.toLowerCase() === question.trim().toLowerCase()) return undefined;
  const words = new Set(wordsOf(rewritten));
  const kept = wordsOf(question).filter((word) => words.has(word)).length;
  return kept === 0 ? undefined : rewritten;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
