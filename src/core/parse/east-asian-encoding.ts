/** Double-byte characters of a text read by one encoding's rule for lead and trail bytes. */
type Pairs = { leads: Uint32Array; total: number; adjoining: number; singles: number };

type Rule = { isLead(byte: number): boolean; isTrail(byte: number): boolean; isSingle(byte: number): boolean };

const shiftJis: Rule = {
  isLead: (byte) => (byte >= 0x81 && byte <= 0x9f) || (byte >= 0xe0 && byte <= 0xfc),
  isTrail: (byte) => byte >= 0x40 && byte <= 0xfc && byte !== 0x7f,
  isSingle: (byte) => byte >= 0xa1 && byte <= 0xdf,
};

const extendedUnixCode: Rule = {
  isLead: (byte) => byte >= 0xa1 && byte <= 0xfe,
  isTrail: (byte) => byte >= 0xa1 && byte <= 0xfe,
  isSingle: () => false,
};

/** The pairs of a text, or undefined where it breaks the rule. */
function readPairs(bytes: Uint8Array, rule: Rule): Pairs | undefined {
  const pairs: Pairs = { leads: new Uint32Array(256), total: 0, adjoining: 0, singles: 0 };
  let afterPair = false;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte < 0x80) {
      afterPair = false;
    } else if (rule.isLead(byte)) {
      at += 1;
      if (at < bytes.length && !rule.isTrail(bytes[at] ?? 0)) return undefined;
      pairs.leads[byte] = (pairs.leads[byte] ?? 0) + 1;
      pairs.total += 1;
      if (afterPair) pairs.adjoining += 1;
      afterPair = true;
    } else if (rule.isSingle(byte)) {
      pairs.singles += 1;
      afterPair = true;
    } else {
      return undefined;
    }
  }
  // Typographic quotes of Western encodings look like lone lead bytes; East Asian characters stand side by side.
  return pairs.total >= 4 && pairs.adjoining >= pairs.total * 0.4 ? pairs : undefined;
}

function sum({ leads }: Pairs, from: number, to: number): number {
  return leads.subarray(from, to + 1).reduce((total, one) => total + one, 0);
}

function isShiftJis(bytes: Uint8Array): boolean {
  const pairs = readPairs(bytes, shiftJis);
  if (pairs === undefined || pairs.singles > pairs.total * 0.3) return false;
  // Punctuation and kana; Han of level one and two.
  return sum(pairs, 0x81, 0x83) + sum(pairs, 0x88, 0x9f) > pairs.total * 0.7;
}

/**
 * Which East Asian encoding a text that is not UTF-8 is in, by where in the code tables of JIS X 0208, KS X 1001 and
 * GB 2312 its characters lie; undefined when it looks like none.
 */
export function eastAsianEncoding(bytes: Uint8Array): string | undefined {
  if (isShiftJis(bytes)) return 'shift_jis';
  const pairs = readPairs(bytes, extendedUnixCode);
  if (pairs === undefined) return undefined;
  const kana = sum(pairs, 0xa4, 0xa5);
  if (kana > pairs.total * 0.15) return 'euc-jp';
  const words = pairs.total - sum(pairs, 0xa1, 0xa3);
  const firstRows = sum(pairs, 0xb0, 0xc8);
  if (firstRows > words * 0.92) return 'euc-kr';
  return firstRows + sum(pairs, 0xc9, 0xd7) > words * 0.7 ? 'gb18030' : undefined;
}
