/** Browsers by what marks them in a user agent string; the first that fits counts, since most also name others. */
const marks: [name: string, mark: RegExp][] = [
  ['Edge', /\bEdg(?:A|iOS)?\/(\d+)/],
  ['Opera', /\bOPR\/(\d+)/],
  ['Samsung Internet', /\bSamsungBrowser\/(\d+)/],
  ['Firefox', /\b(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /\b(?:Chrome|CriOS|HeadlessChrome)\/(\d+)/],
  ['Safari', /\bVersion\/(\d+)[\d.]*(?: Mobile\/\S+)? Safari\//],
];

/** A browser's name and major version, as in "Chrome 156": what a verdict on models is bound to. */
export function nameBrowser(userAgent: string): string {
  for (const [name, mark] of marks) {
    const major = mark.exec(userAgent)?.[1];
    if (major !== undefined) return `${name} ${major}`;
  }
  return 'another browser';
}
