import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeText } from './decode-text.ts';

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);
const utf16 = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'utf16le'));

/** Text in a legacy encoding, by asking the decoder what each pair of bytes means. */
function encode(text: string, encoding: string): Uint8Array {
  const table = new Map<string, number[]>();
  const decoder = new TextDecoder(encoding);
  for (let byte = 0; byte < 128; byte += 1) table.set(String.fromCharCode(byte), [byte]);
  for (let lead = 128; lead < 256; lead += 1) {
    for (const trail of [-1, ...Array.from({ length: 192 }, (_, index) => index + 64)]) {
      const bytes = trail < 0 ? [lead] : [lead, trail];
      const character = decoder.decode(Uint8Array.from(bytes));
      if (encoding === 'windows-1252' && lead < 160) continue;
      if (Array.from(character).length === 1 && !table.has(character)) table.set(character, bytes);
    }
  }
  if (encoding === 'windows-1252') Array.from('‘’“”•–—').forEach((mark, index) => table.set(mark, [0x91 + index]));
  return Uint8Array.from(Array.from(text).flatMap((character) => table.get(character) ?? [63]));
}

describe('decodeText', () => {
  it.each([
    ['utf-8', utf8('Grüße aus Łódź')],
    ['utf-8', utf8('\ufeffGrüße aus Łódź')],
    ['utf-16le', utf16('\ufeffGrüße aus Łódź')],
    ['utf-16le', utf16('Grüße aus Łódź')],
  ])('reads %s with and without a mark', (encoding, bytes) => {
    expect(decodeText(bytes)).toEqual({ text: 'Grüße aus Łódź', encoding, replaced: false });
  });

  it.each([
    ['shift_jis', '名前,年齢,住所\n佐藤太郎,30,東京\n'],
    ['shift_jis', '山の天気は変わりやすい。'],
    ['euc-jp', '山の天気は変わりやすいので、傘を持っていく。'],
    ['euc-kr', '산의 날씨는 변하기 쉬우므로 우산을 가지고 간다.'],
    ['gb18030', '山里的天气容易变化，所以我们要带雨伞去。这是一个很长的句子。'],
    ['windows-1252', 'Das Café in der Straße schließt um zehn.'],
    ['windows-1252', 'It’s “quoted” – and it’s not Japanese, whatever it’s bytes’s pairs say.'],
    ['windows-1251', 'Погода в горах быстро меняется, поэтому берём зонт.'],
  ])('tells %s by its bytes: %s', (encoding, text) => {
    expect(decodeText(encode(text, encoding))).toEqual({ text, encoding, replaced: false });
  });

  it('believes what a page declares where the bytes leave it open', () => {
    expect(decodeText(encode('zażółć gęślą jaźń', 'iso-8859-2'), 'iso-8859-2').text).toBe('zażółć gęślą jaźń');
    expect(decodeText(utf8('zażółć'), 'iso-8859-2').text).toBe('zażółć');
    expect(decodeText(Uint8Array.of(0xe9), 'no-such-encoding').text).toBe('é');
  });

  it('gives back any text that was UTF-8', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
      fc.pre(!text.includes('\0') && !text.startsWith('\ufeff'));
      expect(decodeText(utf8(text)).text).toBe(text);
    }));
  });

  it('gives some text for any bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(decodeText(bytes).text.length).toBeLessThanOrEqual(bytes.length);
    }));
  });
});
