/** The offset in the document's text of a place in a text layer, whose spans say in `data-at` where they begin. */
function offsetOf(node: Node, offset: number): number | undefined {
  const element = node instanceof Element ? node : node.parentElement;
  const piece = element?.closest<HTMLElement>('.pdf-text [data-at]');
  if (!piece) return undefined;
  const before = document.createRange();
  before.setStart(piece, 0);
  before.setEnd(node, offset);
  return Number(piece.dataset['at']) + before.toString().length;
}

/**
 * Copies what is selected in a PDF as the document's text: words whole, in reading order, without the positions' line
 * breaks. A selection that does not begin and end in page text is left to the browser.
 */
export function copyFromText(event: ClipboardEvent, text: string): void {
  const selection = document.getSelection();
  if (!selection || selection.rangeCount === 0 || selection.isCollapsed) return;
  const range = selection.getRangeAt(0);
  const start = offsetOf(range.startContainer, range.startOffset);
  const end = offsetOf(range.endContainer, range.endOffset);
  if (start === undefined || end === undefined || !event.clipboardData) return;
  event.clipboardData.setData('text/plain', text.slice(Math.min(start, end), Math.max(start, end)).trim());
  event.preventDefault();
}
