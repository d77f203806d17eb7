/** Tokens that a character of an alphabetic script stands for on average: English runs at 4.5 characters a token. */
const alphabeticTokens = 1 / 4.5;

/**
 * A cheap, tokenizer-free estimate of the tokens one UTF-16 unit stands for: 1 for ideographs, kana and Hangul, a half for
 * half a surrogate pair and for Thai and its neighbours, 1/4.5 for all else, white space included.
 */
export function estimateUnitTokens(unit: number): number {
  if (unit < 0x0e00) return alphabeticTokens;
  if (unit < 0x1100) return 0.5;
  if (unit < 0x2e80) return unit < 0x1200 ? 1 : alphabeticTokens;
  if (unit <= 0x9fff || (unit >= 0xac00 && unit <= 0xd7ff)) return 1;
  if (unit >= 0xd800 && unit <= 0xdfff) return 0.5;
  return unit >= 0xf900 && unit <= 0xfaff ? 1 : alphabeticTokens;
}
