/**
 * Reads things one after the other, with the next few already on their way, so that a log over the network is not
 * read at the pace of its latency. Memory is bounded by the depth.
 */
export async function* readAhead<Item, Result>(
  items: Iterable<Item>,
  depth: number,
  read: (item: Item) => Promise<Result>,
): AsyncGenerator<readonly [Item, Result]> {
  const underway: (readonly [Item, Promise<Result>])[] = [];
  for (const item of items) {
    const result = read(item);
    // A failure is met when its turn comes; until then it must not count as unhandled.
    result.catch(() => undefined);
    underway.push([item, result]);
    if (underway.length >= depth) {
      const [next, promise] = underway.shift()!;
      yield [next, await promise];
    }
  }
  for (const [next, promise] of underway) yield [next, await promise];
}
