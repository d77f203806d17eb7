/** A filter over streamed text. What comes out does not depend on where the text was split into deltas. */
export type TextFilter = { push(delta: string): string; end(): string };

/** What the next `length` characters become: `text`, or nothing where they are left out. */
export type Piece = { length: number; text: string; isDropped?: true };
/** `before`: the character in front, as it came in; `mustDecide`: nothing more will be seen of `rest`. */
export type PieceContext = { before: string; mustDecide: boolean };
/** Reads a piece off the beginning of `rest`; `more`: what follows decides (never with `mustDecide`); `undefined`: not its business. */
export type PieceRule = (rest: string, context: PieceContext) => Piece | 'more' | undefined;

/** A piece is waited for this long; beyond it is text like any other. */
export const longestPiece = 600;

type FilterState = { held: string; before: string; space: string; hasDropped: boolean; hasWritten: boolean };

/**
 * A filter that reads text piece by piece with the first rule that takes it, character by character where none does.
 * White space around what is left out becomes one, none before punctuation and none at the ends. Text comes out one word late at most,
 * and whatever a rule waits for.
 */
export function createPieceFilter(rules: readonly PieceRule[], plain: RegExp): TextFilter {
  const state: FilterState = { held: '', before: '', space: '', hasDropped: false, hasWritten: false };
  const all = [...rules, readSpace];
  const drain = (isEnd: boolean): string => {
    let out = '';
    let at = 0;
    while (at < state.held.length) {
      const rest = state.held.slice(at, at + longestPiece);
      const piece = nextPiece(all, plain, rest, { before: state.before, mustDecide: isEnd || rest.length === longestPiece });
      if (piece === 'more') break;
      out += write(state, piece);
      at += piece.length;
      state.before = state.held.charAt(at - 1);
    }
    state.held = state.held.slice(at);
    return out;
  };
  return {
    push(delta) {
      state.held += delta;
      return drain(false);
    },
    end: () => drain(true),
  };
}

function nextPiece(rules: readonly PieceRule[], plain: RegExp, rest: string, context: PieceContext): Piece | 'more' {
  for (const rule of rules) {
    const piece = rule(rest, context);
    if (piece !== undefined) return piece;
  }
  const run = plain.exec(rest)?.[0] ?? rest.slice(0, 1);
  return { length: run.length, text: run };
}

function readSpace(rest: string, { mustDecide }: PieceContext): Piece | 'more' | undefined {
  const run = /^\s+/u.exec(rest)?.[0];
  if (run === undefined) return undefined;
  return run.length === rest.length && !mustDecide ? 'more' : { length: run.length, text: run };
}

function write(state: FilterState, { text, isDropped }: Piece): string {
  if (isDropped || text === '') {
    state.hasDropped = true;
    return '';
  }
  if (/^\s+$/u.test(text)) {
    state.space = state.hasDropped ? wider(state.space, text) : state.space + text;
    return '';
  }
  const isClosing = state.hasDropped && /^[.,;:!?)\]。，；：！？）]/u.test(text);
  const space = isClosing || !state.hasWritten ? '' : state.space;
  Object.assign(state, { space: '', hasDropped: false, hasWritten: true });
  return space + text;
}

/** The white space with more lines. */
function wider(a: string, b: string): string {
  return a === '' || b.split('\n').length > a.split('\n').length ? b : a;
}
