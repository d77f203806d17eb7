import { createHash } from 'node:crypto';

/** A run of text on a page: Helvetica, or its bold face, at a point from the page's lower left corner. */
export type PdfText = { x: number; y: number; size: number; text: string; bold?: boolean };
/** A page of text, or a picture of one (`scan`). Pages are A4. */
export type PdfPageSpec = { texts?: PdfText[]; scan?: boolean };
export type PdfSpec = { pages: PdfPageSpec[]; title?: string; language?: string; ownerPassword?: string; userPassword?: string; extraFont?: string };

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');
const escape = (text: string): string => text.replace(/[\\()]/gu, (mark) => `\\${mark}`);

// The 32 bytes that pad a password (ISO 32000-1, 7.6.3.3).
const padding = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');

function rc4(key: Uint8Array, data: Uint8Array): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  const at = (index: number): number => state[index & 255] ?? 0;
  let j = 0;
  for (let i = 0; i < 256; i += 1) {
    j = (j + at(i) + (key[i % key.length] ?? 0)) & 255;
    [state[i], state[j]] = [at(j), at(i)];
  }
  let [a, b] = [0, 0];
  return Buffer.from(data.map((byte) => {
    a = (a + 1) & 255;
    b = (b + at(a)) & 255;
    [state[a], state[b]] = [at(b), at(a)];
    return byte ^ at(at(a) + at(b));
  }));
}

const md5 = (...parts: Uint8Array[]): Buffer => createHash('md5').update(Buffer.concat(parts)).digest();
const padded = (password: string): Buffer => Buffer.concat([latin1(password), padding]).subarray(0, 32);

/** The standard security handler, version 1, revision 2: 40-bit RC4. Weak, small, and enough to be asked for a password. */
class Encryption {
  readonly id = md5(latin1('alcove fixture'));
  readonly owner: Buffer;
  readonly user: Buffer;
  private readonly key: Buffer;

  constructor(ownerPassword: string, userPassword: string) {
    this.owner = rc4(md5(padded(ownerPassword)).subarray(0, 5), padded(userPassword));
    this.key = md5(padded(userPassword), this.owner, Buffer.from([0xfc, 0xff, 0xff, 0xff]), this.id).subarray(0, 5);
    this.user = rc4(this.key, padding);
  }

  encrypt(object: number, data: Uint8Array): Buffer {
    const salt = Buffer.from([object & 255, (object >> 8) & 255, (object >> 16) & 255, 0, 0]);
    return rc4(md5(this.key, salt).subarray(0, 10), data);
  }

  dictionary(): string {
    return `<< /Filter /Standard /V 1 /R 2 /O <${this.owner.toString('hex')}> /U <${this.user.toString('hex')}> /P -4 >>`;
  }
}

function textOperators(texts: readonly PdfText[]): string {
  return texts.map(({ x, y, size, text, bold }) => `BT /${bold ? 'F2' : 'F1'} ${size} Tf ${x} ${y} Td (${escape(text)}) Tj ET`).join('\n');
}

/** Grey bars where the lines of a scanned letter would be: 64 by 90 pixels, one byte each. */
function scanPixels(): Buffer {
  return Buffer.from(Array.from({ length: 64 * 90 }, (_, index) => {
    const [column, row] = [index % 64, Math.floor(index / 64)];
    return row % 6 < 2 && column > 6 && column < 40 + ((row * 7) % 18) ? 60 : 250;
  }));
}

/** Writes a PDF 1.4 file with a plain cross-reference table; the same specification gives the same bytes. */
export function writePdf(spec: PdfSpec): Uint8Array {
  const encryption = spec.userPassword === undefined ? undefined : new Encryption(spec.ownerPassword ?? 'owner', spec.userPassword);
  const objects: Buffer[] = [];
  const add = (body: Buffer | string): number => objects.push(typeof body === 'string' ? latin1(body) : body);
  const addStream = (dictionary: string, data: Buffer): number => {
    const bytes = encryption?.encrypt(objects.length + 1, data) ?? data;
    return add(Buffer.concat([latin1(`<< ${dictionary} /Length ${bytes.length} >>\nstream\n`), bytes, latin1('\nendstream')]));
  };
  const catalog = add('');
  const tree = add('');
  const regular = add(spec.extraFont ?? '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>');
  const bold = add('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>');
  const picture = spec.pages.some(({ scan }) => scan)
    ? addStream('/Type /XObject /Subtype /Image /Width 64 /Height 90 /ColorSpace /DeviceGray /BitsPerComponent 8', scanPixels()) : 0;
  const kids = spec.pages.map(({ texts = [], scan }) => {
    const drawing = [scan ? 'q 595 0 0 842 0 0 cm /Im1 Do Q' : '', textOperators(texts)].join('\n');
    const content = addStream('', latin1(drawing));
    const images = picture === 0 ? '' : ` /XObject << /Im1 ${picture} 0 R >>`;
    return add(`<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 595 842] /Contents ${content} 0 R /Resources << /Font << /F1 ${regular} 0 R /F2 ${bold} 0 R >>${images} >> >>`);
  });
  const language = spec.language === undefined || encryption !== undefined ? '' : ` /Lang (${spec.language})`;
  objects[catalog - 1] = latin1(`<< /Type /Catalog /Pages ${tree} 0 R${language} >>`);
  objects[tree - 1] = latin1(`<< /Type /Pages /Kids [${kids.map((kid) => `${kid} 0 R`).join(' ')}] /Count ${kids.length} >>`);
  const info = spec.title === undefined || encryption !== undefined ? '' : ` /Info ${add(`<< /Title (${escape(spec.title)}) >>`)} 0 R`;
  const security = encryption === undefined ? '' : ` /Encrypt ${add(encryption.dictionary())} 0 R /ID [<${encryption.id.toString('hex')}> <${encryption.id.toString('hex')}>]`;
  return assemble(objects, `/Root ${catalog} 0 R${info}${security}`);
}

function assemble(objects: readonly Buffer[], trailer: string): Uint8Array {
  const pieces = [latin1('%PDF-1.4\n%\xe2\xe3\xcf\xd3\n')];
  const offsets: number[] = [];
  let length = pieces[0]?.length ?? 0;
  for (const [index, body] of objects.entries()) {
    offsets.push(length);
    const piece = Buffer.concat([latin1(`${index + 1} 0 obj\n`), body, latin1('\nendobj\n')]);
    pieces.push(piece);
    length += piece.length;
  }
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const size = objects.length + 1;
  pieces.push(latin1(`xref\n0 ${size}\n0000000000 65535 f \n${table}trailer\n<< /Size ${size} ${trailer} >>\nstartxref\n${length}\n%%EOF\n`));
  return new Uint8Array(Buffer.concat(pieces));
}
