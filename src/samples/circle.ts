/** All that lead to a node and that it leads to, itself among them; empty where it leads nowhere back. */
export function circleOf<T>(start: T, next: (node: T) => readonly T[]): readonly T[] {
  return [...reachOf(start, next)].filter((node) => reachOf(node, next).has(start));
}

/** What a node leads to; itself only where it leads back. */
function reachOf<T>(start: T, next: (node: T) => readonly T[]): ReadonlySet<T> {
  const reached = new Set<T>();
  const waiting = [start];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (const each of next(node)) {
      if (reached.has(each)) continue;
      reached.add(each);
      waiting.push(each);
    }
  }
  return reached;
}
