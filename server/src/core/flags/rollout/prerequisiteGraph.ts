/** Which flags need which others, and where that goes round in a circle. Iterative, so that no chain is too long. */

/** By key: the keys that each needs. */
export type PrerequisiteGraph = ReadonlyMap<string, readonly string[]>;

/** For every key its group: keys of one group need each other in a circle. Keys outside of circles are alone in theirs. */
export function circularGroups(graph: PrerequisiteGraph): ReadonlyMap<string, number> {
  // Tarjan's algorithm with a stack of its own.
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const groups = new Map<string, number>();
  const open: string[] = [];
  for (const root of graph.keys()) {
    if (order.has(root)) continue;
    const work: { readonly key: string; next: number }[] = [{ key: root, next: 0 }];
    while (work.length > 0) {
      const frame = work.at(-1)!;
      const { key } = frame;
      if (frame.next === 0) {
        order.set(key, order.size);
        low.set(key, order.get(key)!);
        open.push(key);
      }
      const needed = graph.get(key) ?? [];
      const next = needed[frame.next];
      frame.next++;
      if (next !== undefined) {
        if (!order.has(next)) work.push({ key: next, next: 0 });
        else if (!groups.has(next)) low.set(key, Math.min(low.get(key)!, order.get(next)!));
        continue;
      }
      if (low.get(key) === order.get(key)) {
        const group = groups.size;
        for (let member = open.pop(); member !== undefined; member = open.pop()) {
          groups.set(member, group);
          if (member === key) break;
        }
      }
      work.pop();
      const parent = work.at(-1);
      if (parent !== undefined) low.set(parent.key, Math.min(low.get(parent.key)!, low.get(key)!));
    }
  }
  return groups;
}

/** A shortest way round from a key that needs `through` back to itself: `a`, `through`, …, `a`. Both are of one group. */
export function circleThrough(
  graph: PrerequisiteGraph,
  groups: ReadonlyMap<string, number>,
  key: string,
  through: string,
): readonly string[] {
  const from = new Map<string, string | null>([[through, null]]);
  const queue = [through];
  for (const current of queue) {
    if (current === key) break;
    for (const next of graph.get(current) ?? []) {
      if (from.has(next) || groups.get(next) !== groups.get(key)) continue;
      from.set(next, current);
      queue.push(next);
    }
  }
  const way: string[] = [];
  for (let at: string | null | undefined = key; at; at = from.get(at)) way.unshift(at);
  return [key, ...way];
}
