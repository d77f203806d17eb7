/** Index of the last item whose `start` is at most `value`, in a list of rising starts; -1 where there is none. */
export function findLastAtMost<Item>(items: readonly Item[], value: number, start: (item: Item) => number): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (start(items[middle]!) <= value) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
