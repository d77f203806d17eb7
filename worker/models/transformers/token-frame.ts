import { AppError } from '#core/errors/app-error.ts';

/** The special tokens a model wants before one text or a pair, between the two, and after. */
export type TokenFrame = { start: number[]; between: number[]; end: number[] };

/** One row of a model's input. `typeIds` tells the second text of a pair (1) from the first (0). */
export type TokenRow = { ids: number[]; typeIds: number[] };

/** What a tokenizer makes of one text or a pair, with its special tokens or without. */
export type Encode = (text: string, options: { pair?: string; isBare?: boolean }) => number[];

/**
 * Learns the frame of a tokenizer from what it makes of a probe, so that texts can be cut inside their frame: transformers.js
 * cuts after framing and so loses the last separator. Errors: `model/unsupported` where the probe is not found again.
 */
export function frameOf(encode: Encode): TokenFrame {
  const probe = 'a';
  const bare = encode(probe, { isBare: true });
  const single = encode(probe, {});
  const pair = encode(probe, { pair: probe });
  const at = indexOfRun(single, bare, 0);
  const firstEnd = at + bare.length;
  const second = indexOfRun(pair, bare, firstEnd);
  if (at < 0 || second < 0) throw new AppError('model/unsupported', 'the special tokens of the tokenizer are not of a known form');
  return { start: single.slice(0, at), between: pair.slice(firstEnd, second), end: single.slice(firstEnd) };
}

/** One text in its frame, cut so that the whole is at most `maxTokens` long. */
export function frameText(tokens: readonly number[], frame: TokenFrame, maxTokens: number): TokenRow {
  const room = Math.max(0, maxTokens - frame.start.length - frame.end.length);
  const ids = [...frame.start, ...tokens.slice(0, room), ...frame.end];
  return { ids, typeIds: ids.map(() => 0) };
}

/** A pair in its frame, cut at the end of whichever text is longer until the whole is at most `maxTokens` long. */
export function framePair(first: readonly number[], second: readonly number[], frame: TokenFrame, maxTokens: number): TokenRow {
  const { start, between, end } = frame;
  const room = Math.max(0, maxTokens - start.length - between.length - end.length);
  const [firstRoom, secondRoom] = shareRoom(first.length, second.length, room);
  const head = [...start, ...first.slice(0, firstRoom), ...between];
  const tail = [...second.slice(0, secondRoom), ...end];
  return { ids: [...head, ...tail], typeIds: [...head.map(() => 0), ...tail.map(() => 1)] };
}

/** "Longest first", as Hugging Face's tokenizers do it: the longer text gives way; where both must, it keeps the odd token. */
function shareRoom(first: number, second: number, room: number): [number, number] {
  if (first + second <= room) return [first, second];
  const half = Math.floor(room / 2);
  if (first <= half) return [first, room - first];
  if (second <= half) return [room - second, second];
  return first > second ? [room - half, half] : [half, room - half];
}

function indexOfRun(ids: readonly number[], run: readonly number[], from: number): number {
  if (run.length === 0) return -1;
  for (let at = from; at + run.length <= ids.length; at++) {
    if (run.every((id, i) => ids[at + i] === id)) return at;
  }
  return -1;
}
