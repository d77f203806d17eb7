import { zipSync } from 'fflate';
import type { Zippable } from 'fflate';

const mtime = new Date('2020-01-01T00:00:00Z');
const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006';
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function zip(parts: Record<string, string | Uint8Array>): Uint8Array {
  const files: Zippable = {};
  for (const [name, content] of Object.entries(parts)) {
    // The first entry of a book says what it is, uncompressed.
    files[name] = [typeof content === 'string' ? utf8(content) : content, { mtime, level: name === 'mimetype' ? 0 : 9 }];
  }
  return zipSync(files, { mtime });
}

function relationships(...targets: [id: string, type: string, target: string, external?: boolean][]): string {
  const list = targets.map(([id, type, target, external]) =>
    `<Relationship Id="${id}" Type="${office}/relationships/${type}" Target="${target}"${external ? ' TargetMode="External"' : ''}/>`);
  return `${declaration}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list.join('')}</Relationships>`;
}

const contentTypes = `${declaration}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>`;

const coreProperties = (title: string): string =>
  `${declaration}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>${title}</dc:title></cp:coreProperties>`;

const word = (body: string): string =>
  `${declaration}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="${office}/relationships" xmlns:m="${office}/math"><w:body>${body}</w:body></w:document>`;
const run = (text: string): string => `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
const paragraph = (content: string, style?: string): string =>
  `<w:p>${style === undefined ? '' : `<w:pPr><w:pStyle w:val="${style}"/></w:pPr>`}${content}</w:p>`;
const item = (text: string): string => `<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr>${run(text)}</w:p>`;
const tableRow = (cells: string[], heads = false): string =>
  `<w:tr>${heads ? '<w:trPr><w:tblHeader/></w:trPr>' : ''}${cells.map((cell) => `<w:tc>${paragraph(run(cell))}</w:tc>`).join('')}</w:tr>`;

const styles = `${declaration}<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-GB"/></w:rPr></w:rPrDefault></w:docDefaults>${
  ['1', '2'].map((level) => `<w:style w:type="paragraph" w:styleId="Heading${level}"><w:name w:val="heading ${level}"/></w:style>`).join('')}</w:styles>`;
const numbering = `${declaration}<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>`;
const footnotes = `${declaration}<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="2">${paragraph(run('Measured with a chain in the summer of 1902.'))}</w:footnote></w:footnotes>`;

const reportBody = [
  paragraph(run('Survey of the Orchard'), 'Heading1'),
  paragraph(`${run('The orchard holds four hundred and twelve trees on nine hectares.')}<w:r><w:footnoteReference w:id="2"/></w:r>`),
  paragraph(run('Varieties'), 'Heading2'),
  item('Bramley, for cooking'), item('Egremont Russet, for keeping'),
  paragraph(run('Yield'), 'Heading2'),
  `<w:tbl>${tableRow(['Variety', 'Trees', 'Kilograms'], true)}${tableRow(['Bramley', '230', '11,400'])}${tableRow(['Russet', '182', '6,250'])}</w:tbl>`,
  paragraph(`${run('The mean yield follows ')}<m:oMath><m:r><m:t>y=m/n</m:t></m:r></m:oMath>${run(' for each variety.')}`),
].join('');

function report(body: string): Uint8Array {
  return zip({
    '[Content_Types].xml': contentTypes,
    '_rels/.rels': relationships(['rId1', 'officeDocument', 'word/document.xml'], ['rId2', 'metadata/core-properties', 'docProps/core.xml']),
    'word/document.xml': word(body),
    'word/_rels/document.xml.rels': relationships(['rId1', 'styles', 'styles.xml'], ['rId2', 'numbering', 'numbering.xml'], ['rId3', 'footnotes', 'footnotes.xml'], ['rId4', 'image', 'http://beacon.invalid/pixel.png', true]),
    'word/styles.xml': styles,
    'word/numbering.xml': numbering,
    'word/footnotes.xml': footnotes,
  });
}

const draw = (content: string): string =>
  `${declaration}<p:sld xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="${office}/relationships"><p:cSld><p:spTree>${content}</p:spTree></p:cSld></p:sld>`;
const shape = (role: string, texts: string[]): string =>
  `<p:sp><p:nvSpPr><p:nvPr><p:ph type="${role}"/></p:nvPr></p:nvSpPr><p:txBody>${texts.map((text) => `<a:p><a:r><a:t>${text}</a:t></a:r></a:p>`).join('')}</p:txBody></p:sp>`;
const slideTable = (rows: string[][]): string =>
  `<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tblPr firstRow="1"/>${rows.map((cells) => `<a:tr>${cells.map((cell) => `<a:tc><a:txBody><a:p><a:r><a:t>${cell}</a:t></a:r></a:p></a:txBody></a:tc>`).join('')}</a:tr>`).join('')}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>`;

function slides(): Uint8Array {
  return zip({
    '[Content_Types].xml': contentTypes,
    '_rels/.rels': relationships(['rId1', 'officeDocument', 'ppt/presentation.xml']),
    // Shown in another order than their file names have.
    'ppt/presentation.xml': `${declaration}<p:presentation xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:r="${office}/relationships"><p:sldIdLst><p:sldId id="256" r:id="rId2"/><p:sldId id="257" r:id="rId1"/><p:sldId id="258" r:id="rId3"/></p:sldIdLst></p:presentation>`,
    'ppt/_rels/presentation.xml.rels': relationships(['rId1', 'slide', 'slides/slide1.xml'], ['rId2', 'slide', 'slides/slide2.xml'], ['rId3', 'slide', 'slides/slide3.xml']),
    'ppt/slides/slide1.xml': draw(shape('title', ['Costs']) + slideTable([['Item', 'Euro'], ['Rails', '1200'], ['Ties', '340']])),
    'ppt/slides/slide2.xml': draw(shape('body', ['The tram opens in May 2031', 'It runs every six minutes']) + shape('title', ['The new tram']) + shape('sldNum', ['1'])),
    'ppt/slides/_rels/slide2.xml.rels': relationships(['rId1', 'notesSlide', '../notesSlides/notesSlide1.xml']),
    'ppt/slides/slide3.xml': draw('<p:pic/>'),
    'ppt/notesSlides/notesSlide1.xml': draw(shape('sldImg', []) + shape('body', ['Mention that bicycles travel free.'])),
    'docProps/core.xml': coreProperties('Tram plans'),
  });
}

const workbookXml = `${declaration}<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${office}/relationships"><sheets><sheet name="Harvest" sheetId="1" r:id="rId1"/><sheet name="Notes" sheetId="2" r:id="rId2"/></sheets></workbook>`;
const cell = (reference: string, value: string, attributes = ''): string => `<c r="${reference}"${attributes}><v>${value}</v></c>`;
const sheetXml = (rows: string): string => `${declaration}<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>${rows}</sheetData></worksheet>`;

function workbook(): Uint8Array {
  return zip({
    '[Content_Types].xml': contentTypes,
    '_rels/.rels': relationships(['rId1', 'officeDocument', 'xl/workbook.xml']),
    'xl/workbook.xml': workbookXml,
    'xl/_rels/workbook.xml.rels': relationships(['rId1', 'worksheet', 'worksheets/sheet1.xml'], ['rId2', 'worksheet', 'worksheets/sheet2.xml'], ['rId3', 'sharedStrings', 'sharedStrings.xml'], ['rId4', 'styles', 'styles.xml']),
    'xl/sharedStrings.xml': `${declaration}<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>Picked on</t></si><si><t>Variety</t></si><si><t>Kilograms</t></si><si><t>Share</t></si><si><r><t>Bram</t></r><r><t>ley</t></r></si><si><t>林檎</t><rPh sb="0" eb="2"><t>リンゴ</t></rPh></si></sst>`,
    'xl/styles.xml': `${declaration}<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><numFmts><numFmt numFmtId="164" formatCode="d mmmm yyyy"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="4"/><xf numFmtId="9"/></cellXfs></styleSheet>`,
    'xl/worksheets/sheet1.xml': sheetXml([
      `<row r="1">${['A1', 'B1', 'C1', 'D1'].map((reference, index) => cell(reference, String(index), ' t="s"')).join('')}</row>`,
      `<row r="2">${cell('A2', '45200', ' s="1"')}${cell('B2', '4', ' t="s"')}${cell('C2', '11400.5', ' s="2"')}${cell('D2', '0.65', ' s="3"')}</row>`,
      `<row r="3">${cell('A3', '45201', ' s="1"')}${cell('B3', '5', ' t="s"')}${cell('D3', '0.35', ' s="3"')}</row>`,
    ].join('')),
    'xl/worksheets/sheet2.xml': sheetXml('<row r="1"><c r="A1" t="inlineStr"><is><t>The scales were tested in August.</t></is></c></row>'),
  });
}

const xhtml = (title: string, body: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>${title}</title><script src="http://beacon.invalid/a.js"/></head><body>${body}</body></html>`;

function book(): Uint8Array {
  return zip({
    mimetype: 'application/epub+zip',
    'META-INF/container.xml': `${declaration}<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>`,
    'OPS/book.opf': `${declaration}<package xmlns="http://www.idpf.org/2007/opf"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Letters from the Fen</dc:title><dc:language>en</dc:language></metadata><manifest><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/><item id="two" href="text/two.xhtml" media-type="application/xhtml+xml"/><item id="one" href="text/one%20a.xhtml" media-type="application/xhtml+xml"/></manifest><spine><itemref idref="nav"/><itemref idref="one"/><itemref idref="two"/></spine></package>`,
    'OPS/nav.xhtml': xhtml('Contents', '<nav><ol><li><a href="text/one%20a.xhtml">The first letter</a></li><li><a href="text/two.xhtml#x">The second letter</a></li></ol></nav>'),
    'OPS/text/one a.xhtml': xhtml('One', '<p>The heron came back on the ninth of April.</p>'),
    'OPS/text/two.xhtml': xhtml('Two', '<section><h2>Second</h2><p>The eel traps were empty, &amp; the water was high.</p><img src="http://beacon.invalid/i.png"/></section>'),
  });
}

/** A zip whose directory says that a file of ten megabytes has a hundred bytes. */
function lyingZip(): Uint8Array {
  const bytes = zip({ 'word/document.xml': new Uint8Array(10_000_000) });
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const directory = view.getUint32(bytes.length - 22 + 16, true);
  view.setUint32(directory + 24, 100, true);
  return bytes;
}

/** An Office file under a password is a compound file with an encrypted package; this is its beginning. */
function protectedOffice(): Uint8Array {
  const bytes = new Uint8Array(2048);
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  bytes.set(Buffer.from('EncryptedPackage', 'utf16le'), 1152);
  return bytes;
}

/** The fixtures that are ZIP archives, and what pretends to be one, by file name. */
export function archiveFixtures(): Record<string, Uint8Array> {
  return {
    'orchard.docx': report(reportBody),
    'deep.docx': report(`${'<w:ins>'.repeat(3000)}${'</w:ins>'.repeat(3000)}`),
    'tram.pptx': slides(),
    'harvest.xlsx': workbook(),
    'letters.epub': book(),
    'bomb.docx': zip({ 'word/document.xml': new Uint8Array(20_000_000) }),
    'lying-bomb.docx': lyingZip(),
    'outside.docx': zip({ 'word/document.xml': word(''), '../../outside.txt': 'out' }),
    'plain.zip': zip({ 'readme.txt': 'Only a zip.' }),
    'protected.docx': protectedOffice(),
  };
}
