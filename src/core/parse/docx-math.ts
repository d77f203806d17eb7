const open = /<m:oMath(?=[\s>])[^>]*>/gu;
const close = '</m:oMath>';

/** The characters of a formula as a run of text, still escaped as XML. */
function formulaRun(formula: string): string {
  const text = [...formula.matchAll(/<m:t(?=[\s>])[^>]*>([^<]*)<\/m:t>/gu)].map(([, characters]) => characters).join('');
  return text === '' ? '' : `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
}

/** A Word document's XML with its formulas (Office Math) as plain text in reading order, so that a reader of text sees them. */
export function formulasToText(xml: string): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { 0: tag, index } of xml.matchAll(open)) {
    if (index < from || tag.endsWith('/>')) continue;
    const end = xml.indexOf(close, index);
    if (end < 0) break;
    pieces.push(xml.slice(from, index), formulaRun(xml.slice(index, end)));
    from = end + close.length;
  }
  pieces.push(xml.slice(from));
  return pieces.join('').replace(/<\/?m:oMathPara(?:\s[^>]*)?>/gu, '');
}
