/** The page, from 1, that holds the character at `offset`; `pageStarts` rises. An empty page gives way to the next. */
export function pageAt(pageStarts: readonly number[], offset: number): number {
  let [low, high] = [0, pageStarts.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pageStarts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return Math.max(1, low + 1);
}
