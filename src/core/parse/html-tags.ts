/** Elements whose content is not text to read. */
export const skippedTags: ReadonlySet<string> = new Set([
  'script', 'style', 'noscript', 'template', 'svg', 'iframe', 'object', 'embed', 'applet', 'audio', 'video', 'canvas', 'map', 'select', 'datalist',
  'button', 'frameset', 'noframes', 'dialog', 'nav',
]);

/** Elements that begin a line of their own; what is not named here runs on within its line. */
export const blockTags: ReadonlySet<string> = new Set([
  'address', 'article', 'aside', 'blockquote', 'body', 'caption', 'center', 'dd', 'details', 'dir', 'div', 'dl', 'dt', 'fieldset', 'figcaption',
  'figure', 'footer', 'form', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'header', 'hgroup', 'hr', 'html', 'legend', 'li', 'main', 'menu', 'ol', 'p', 'pre',
  'search', 'section', 'summary', 'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr', 'ul', 'optgroup', 'option', 'textarea',
]);

const voidTags: ReadonlySet<string> = new Set([
  'area', 'base', 'basefont', 'br', 'col', 'embed', 'frame', 'hr', 'img', 'input', 'link', 'meta', 'param', 'source', 'track', 'wbr',
]);

export function isVoid(name: string): boolean {
  return voidTags.has(name);
}

/** Whether an element is kept from readers: `hidden`, `aria-hidden`, or a style that shows nothing. */
export function isHidden(attributes: Record<string, string>): boolean {
  if (attributes['hidden'] !== undefined || attributes['aria-hidden'] === 'true' || attributes['role'] === 'navigation') return true;
  return /(?:display\s*:\s*none|visibility\s*:\s*hidden)/iu.test(attributes['style'] ?? '');
}
