/**
 * Which objects have the same keys in the same order, told while facts are written down (`factsCodec.ts`): these keys are written once, and
 * objects name them by a number. What an object holds is no matter here.
 */

/** Numbers shapes from 0 on. */
export type ShapeOf = (keys: readonly string[]) => number;

/** Adds the keys of each new shape to `shapes`, at its number. */
export function createShapes(shapes: (readonly string[])[]): ShapeOf {
  const firstKey: KeyPath = { shape: -1, next: new Map() };
  /** By `slotOf` their keys, the shapes met last: nearly always it is the same again, and following the keys one by one takes longer. */
  const met: number[] = [];
  return keys => {
    const slot = slotOf(keys);
    const last = met[slot];
    if (last !== undefined && areAlike(shapes[last]!, keys)) return last;
    const path = pathOf(keys, firstKey);
    if (path.shape < 0) path.shape = shapes.push(keys) - 1;
    met[slot] = path.shape;
    return path.shape;
  };
}

/** Keys, one after the other, and the number of the shape that ends here; -1 where none does. */
interface KeyPath {
  shape: number;
  readonly next: Map<string, KeyPath>;
}

function pathOf(keys: readonly string[], firstKey: KeyPath): KeyPath {
  let path = firstKey;
  for (const key of keys) {
    let next = path.next.get(key);
    if (next === undefined) {
      next = { shape: -1, next: new Map() };
      path.next.set(key, next);
    }
    path = next;
  }
  return path;
}

const SLOTS = 128;

function slotOf(keys: readonly string[]): number {
  const { length } = keys;
  return length === 0 ? 0 : (16 * length + 4 * keys[0]!.length + keys[length - 1]!.length) % SLOTS;
}

function areAlike(some: readonly string[], others: readonly string[]): boolean {
  if (some.length !== others.length) return false;
  for (let at = 0; at < some.length; at++) if (some[at] !== others[at]) return false;
  return true;
}
