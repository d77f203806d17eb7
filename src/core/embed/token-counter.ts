import { createWordpieceTokenizer } from './wordpiece-tokenizer.ts';

type TokenizerFile = {
  model?: { type?: unknown; vocab?: unknown; unk_token?: unknown };
  normalizer?: { type?: unknown; lowercase?: unknown } | null;
};

/**
 * Counts tokens as a model's `tokenizer.json` would make them, without special tokens, where it is an uncased WordPiece
 * tokenizer (BERT's, MiniLM's, Arctic's); `undefined` for any other kind and for what is no such file.
 */
export function tokenCounterOf(tokenizerJson: string): ((text: string) => number) | undefined {
  const file = parse(tokenizerJson);
  const { vocab, unk_token: unknown } = file?.model ?? {};
  const isUncased = file?.normalizer?.type === 'BertNormalizer' && file.normalizer.lowercase === true;
  if (file?.model?.type !== 'WordPiece' || !isUncased || typeof vocab !== 'object' || vocab === null) return undefined;
  if (typeof unknown !== 'string' || !Object.hasOwn(vocab, unknown)) return undefined;
  const { count } = createWordpieceTokenizer(Object.keys(vocab), unknown);
  return count;
}

function parse(json: string): TokenizerFile | undefined {
  try {
    return JSON.parse(json) as TokenizerFile;
  } catch {
    return undefined;
  }
}
