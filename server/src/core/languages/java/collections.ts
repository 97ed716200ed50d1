/** What the standard library's makers of collections hold, as values. The calls themselves stay calls; that is not decided here. */
import type { CallExpr, Expr, ObjectEntry } from '../facts.ts';

/** `List.of(a, b)`, `Arrays.asList(a, b)`, `EnumSet.of(A, B)` as the list, `Map.of("k", v)` as the map, `Optional.of(a)` as `a`. */
export function collectionOf({ callee, args, span }: CallExpr): Expr | null {
  if (callee.kind !== 'member' || callee.object.kind !== 'name') return null;
  const made = `${callee.object.name}.${callee.property}`;
  const values = args.map(arg => arg.value);
  if (LISTS.has(made)) return { kind: 'array', items: values, span };
  if (HOLDERS.has(made)) return values.length === 1 ? values[0]! : null;
  return MAPS.has(made) ? mapOf(values, span) : null;
}

/** `new ArrayList<>(List.of(a, b))`, `new HashSet<>(…)`: what is copied. */
export function copiedList({ callee, args }: CallExpr): Expr | null {
  const [only, ...more] = args;
  if (callee.kind !== 'name' || !COPIES.test(callee.name) || more.length > 0) return null;
  return only?.value.kind === 'array' ? only.value : null;
}

function mapOf(values: readonly Expr[], span: Expr['span']): Expr | null {
  const entries: ObjectEntry[] = [];
  for (let at = 0; at + 1 < values.length; at += 2) {
    const key = values[at]!;
    if (key.kind !== 'string') return null;
    entries.push({ key: key.value, keySpan: key.span, value: values[at + 1]! });
  }
  return { kind: 'object', entries, spreads: [], span };
}

const LISTS: ReadonlySet<string> = new Set([
  'Arrays.asList',
  'Collections.singleton',
  'Collections.singletonList',
  'EnumSet.of',
  'ImmutableList.of',
  'ImmutableSet.of',
  'List.of',
  'Set.of',
  'Stream.of',
]);
const MAPS: ReadonlySet<string> = new Set(['ImmutableMap.of', 'Map.of']);
const HOLDERS: ReadonlySet<string> = new Set(['Optional.of', 'Optional.ofNullable']);
const COPIES = /^(?:Array|Hash|Linked|LinkedHash|Tree)(?:List|Set|Deque)$/;
