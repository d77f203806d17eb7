import type { PdfText } from './write-pdf.ts';
import { writePdf } from './write-pdf.ts';

const leading = 14;

/** Lines of a paragraph from `y` downward. */
function lines(x: number, y: number, size: number, texts: readonly string[]): PdfText[] {
  return texts.map((text, index) => ({ x, y: y - index * leading, size, text }));
}

const firstPage: PdfText[] = [
  { x: 72, y: 760, size: 22, text: 'The Lighthouse at Marrow Point', bold: true },
  { x: 72, y: 720, size: 15, text: 'A short history', bold: true },
  ...lines(72, 695, 11, [
    'The lighthouse at Marrow Point was lit for the first time on 3 March 1861. Its lamp burned rape-',
    'seed oil until 1894, when the keepers changed to paraffin. The tower stands forty-one metres above',
    'the rock and has two hundred and six steps.',
  ]),
  ...lines(72, 635, 11, [
    'Three keepers lived on the rock in turns of six weeks. Their names stand on a slate beside the door:',
    'Ewan Tait, Magnus Flett and Isobel Rendall, the first woman to hold the post in the northern isles.',
  ]),
  { x: 290, y: 40, size: 9, text: 'Page 1' },
];

const leftColumn = [
  'The fog signal was a bell of bronze', 'that weighed nine hundred kilograms.', 'A falling weight drove its hammer for', 'four hours before it had to be wound.',
  'In thick weather two keepers shared', 'the work, and neither slept at all.',
];
const rightColumn = [
  'The bell was replaced by a siren in', '1911. It could be heard at a distance', 'of seventeen kilometres. Fishermen', 'complained that it frightened the',
  'herring, and the complaint is kept', 'in the archive of the harbour board.',
];

const secondPage: PdfText[] = [
  { x: 72, y: 760, size: 15, text: 'The fog signal', bold: true },
  ...lines(72, 735, 11, leftColumn),
  ...lines(315, 735, 11, rightColumn),
  { x: 290, y: 40, size: 9, text: 'Page 2' },
];

function row(y: number, cells: readonly string[]): PdfText[] {
  return cells.map((text, index) => ({ x: 72 + index * 150, y, size: 11, text }));
}

const thirdPage: PdfText[] = [
  { x: 72, y: 760, size: 15, text: 'Cost of upkeep', bold: true },
  ...row(730, ['Year', 'Oil', 'Repairs']),
  ...row(714, ['1870', '84 pounds', '31 pounds']),
  ...row(698, ['1880', '91 pounds', '12 pounds']),
  ...row(682, ['1890', '77 pounds', '140 pounds']),
  ...lines(72, 640, 11, ['The storm of 1890 carried away the boat house and broke eleven panes of the lantern.']),
  { x: 290, y: 40, size: 9, text: 'Page 3' },
];

const lighthouse = { pages: [{ texts: firstPage }, { texts: secondPage }, { texts: thirdPage }], title: 'The Lighthouse at Marrow Point', language: 'en-GB' };

// CVE-2024-4367: a font matrix with script in it, which an old pdf.js would run when it draws a glyph.
const hostileFont = '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding /FontMatrix [1 2 3 4 5 (0\\); globalThis.fontMatrixRan = true //)] >>';

/** The PDF fixtures by file name. */
export function pdfFixtures(): Record<string, Uint8Array> {
  const whole = writePdf(lighthouse);
  return {
    'lighthouse.pdf': whole,
    'truncated.pdf': whole.subarray(0, Math.floor(whole.length * 0.4)),
    'encrypted.pdf': writePdf({ ...lighthouse, userPassword: 'marrow' }),
    'owner-locked.pdf': writePdf({ ...lighthouse, userPassword: '', ownerPassword: 'marrow' }),
    'scanned.pdf': writePdf({ pages: [{ scan: true }, { scan: true }] }),
    'partly-scanned.pdf': writePdf({ pages: [{ texts: firstPage }, { scan: true }, { texts: thirdPage }] }),
    'hostile-font.pdf': writePdf({ pages: [{ texts: [{ x: 72, y: 700, size: 12, text: 'The text of a hostile file is only text.' }] }], extraFont: hostileFont }),
  };
}
