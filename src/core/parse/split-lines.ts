/** Offsets at which the lines of a text begin (line feed, carriage return or both end one), and last the text's length. */
export function lineStarts(text: string): number[] {
  const starts = [0];
  for (const { 0: mark, index } of text.matchAll(/\r\n?|\n/gu)) starts.push(index + mark.length);
  starts.push(text.length);
  return starts;
}
