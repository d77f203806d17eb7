import { eastAsianEncoding } from './east-asian-encoding.ts';

/** Text as decoded: its encoding by WHATWG name, and whether some bytes were no text of it and became U+FFFD. */
export type DecodedText = { text: string; encoding: string; replaced: boolean };

const sampleBytes = 64 * 1024;

// Node decodes windows-1252 as ISO 8859-1 (20.x), so that these 32 characters come out as controls.
const windowsRow = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function decode(bytes: Uint8Array, encoding: string): DecodedText {
  const decoder = new TextDecoder(encoding);
  const text = decoder.decode(bytes);
  if (decoder.encoding !== 'windows-1252') return { text, encoding, replaced: false };
  return { text: text.replace(/[\u0080-\u009f]/gu, (control) => windowsRow[control.charCodeAt(0) - 0x80] ?? control), encoding, replaced: false };
}

function tryDecode(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function byteOrderMark(bytes: Uint8Array): string | undefined {
  const [a, b, c] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  return a === 0xfe && b === 0xff ? 'utf-16be' : undefined;
}

/** UTF-16 without a mark: most text has many units below 256, whose upper byte is zero, and none that are zero whole. */
function unmarkedUtf16(bytes: Uint8Array): string | undefined {
  const units = Math.floor(Math.min(bytes.length, sampleBytes) / 2);
  if (units < 2) return undefined;
  let [evenZeros, oddZeros, bothZero] = [0, 0, 0];
  for (let at = 0; at < units * 2; at += 2) {
    const [even, odd] = [bytes[at] === 0, bytes[at + 1] === 0];
    if (even && odd) bothZero += 1;
    else if (even) evenZeros += 1;
    else if (odd) oddZeros += 1;
  }
  if (bothZero > units * 0.02) return undefined;
  if (oddZeros > units * 0.3 && evenZeros < units * 0.02) return 'utf-16le';
  return evenZeros > units * 0.3 && oddZeros < units * 0.02 ? 'utf-16be' : undefined;
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

/** Multi-byte sequences that are sound UTF-8, and bytes that are not, in a sample. */
function utf8Evidence(bytes: Uint8Array): { sound: number; broken: number } {
  const text = new TextDecoder('utf-8').decode(bytes.subarray(0, sampleBytes));
  return { sound: count(text, /[^\0-\x7f\ufffd]/gu), broken: count(text, /\ufffd/gu) };
}

/** The sample's last bytes may be half a character: it is cut after a line end or a plain byte. */
function soundSample(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= sampleBytes) return bytes;
  let end = sampleBytes;
  while (end > sampleBytes / 2 && (bytes[end - 1] ?? 0) >= 0x40) end -= 1;
  return bytes.subarray(0, end);
}

/** Cyrillic in one byte each: nearly all letters are high bytes, where Western text has few. */
function singleByteEncoding(bytes: Uint8Array): string {
  let [high, low] = [0, 0];
  for (const byte of bytes.subarray(0, sampleBytes)) {
    if (byte >= 0xc0) high += 1;
    else if ((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7a) low += 1;
  }
  return high > 20 && high > low * 1.5 ? 'windows-1251' : 'windows-1252';
}

function isKnown(encoding: string): boolean {
  try {
    return new TextDecoder(encoding).encoding !== 'replacement';
  } catch {
    return false;
  }
}

/**
 * Bytes as text, whatever they are encoded in: a byte order mark decides, then sound UTF-8, UTF-16 by its zero bytes,
 * `declared` (a page's own word for it), the East Asian encodings by the bytes their characters are made of, last a single-byte one.
 * Never fails; a byte that is no text becomes one U+FFFD.
 */
export function decodeText(bytes: Uint8Array, declared?: string): DecodedText {
  const marked = byteOrderMark(bytes);
  if (marked !== undefined) return withReplaced(decode(bytes, marked));
  const utf16 = unmarkedUtf16(bytes);
  if (utf16 !== undefined) return withReplaced(decode(bytes, utf16));
  const utf8 = tryDecode(bytes, 'utf-8');
  if (utf8 !== undefined) return { text: utf8, encoding: 'utf-8', replaced: false };
  const { sound, broken } = utf8Evidence(bytes);
  if (sound > broken * 4) return withReplaced(decode(bytes, 'utf-8'));
  if (declared !== undefined && isKnown(declared) && tryDecode(soundSample(bytes), declared) !== undefined) {
    return withReplaced(decode(bytes, declared));
  }
  return withReplaced(decode(bytes, eastAsianEncoding(soundSample(bytes)) ?? singleByteEncoding(bytes)));
}

function withReplaced(decoded: DecodedText): DecodedText {
  return { ...decoded, replaced: decoded.text.includes('\ufffd') };
}
