const readsAtOnce = 8;

/** `run` of every item in order, a few at a time. Errors: the first of `run`. */
export async function mapInBatches<Item, Result>(items: readonly Item[], run: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let from = 0; from < items.length; from += readsAtOnce) {
    results.push(...(await Promise.all(items.slice(from, from + readsAtOnce).map(run))));
  }
  return results;
}
