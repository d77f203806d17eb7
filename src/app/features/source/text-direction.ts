const rightToLeft = new Set(['ar', 'arc', 'ckb', 'dv', 'fa', 'he', 'ks', 'ps', 'sd', 'syr', 'ug', 'ur', 'yi']);

/** The direction of a text in this BCP 47 language; undefined where the language is not known. */
export function textDirection(language: string): 'ltr' | 'rtl' | undefined {
  const primary = language.toLowerCase().split('-')[0] ?? '';
  if (primary === '' || primary === 'und') return undefined;
  return rightToLeft.has(primary) ? 'rtl' : 'ltr';
}
