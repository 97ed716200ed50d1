/**
 * Type parameters and what they must be: `<T extends Flags>`, `[T <: Flags]`, `where T: Flags`. Inside of the function or type that has them, a name
 * of such a parameter is worth what it must be, so that nobody else needs to know of them. What types look like is the language folders'
 * business.
 */
import type { Span } from '../text.ts';
import type { Expr } from './facts.ts';
import type { PlainNode } from './plainTree.ts';

/** What type parameters must be, by their names. */
export type TypeBounds = ReadonlyMap<string, Expr>;

interface Bounded {
  readonly text: string;
  readonly bounds?: TypeBounds;
}

/** The context inside a function or a type, which may have type parameters. */
export function withBounds<Context extends Bounded>(
  node: PlainNode,
  context: Context,
  typeOf: (node: PlainNode, context: Context) => Expr | null,
): Context {
  let bounds: Map<string, Expr> | null = null;
  for (const list of node.children) {
    if (!LISTS.has(list.type)) continue;
    for (const [name, given] of pairsOf(list)) {
      const types = given.map(bound => typeOf(bound, context)).filter(isTelling);
      if (types[0] === undefined) continue;
      bounds ??= new Map(context.bounds);
      bounds.set(context.text.slice(name.start, name.end), types[0]);
    }
  }
  return bounds === null ? context : { ...context, bounds };
}

/** A type's name, or what it must be where it is a type parameter's. */
export function boundOf(name: Expr, { bounds }: Bounded): Expr {
  const bound = bounds === undefined || name.kind !== 'name' ? undefined : bounds.get(name.name);
  return bound === undefined ? name : placedAt(bound, name.span);
}

/** Nodes that hold type parameters, or what is said of them. */
const LISTS: ReadonlySet<string> = new Set([
  'type_constraints',
  'type_parameter_constraints_clause',
  'type_parameter_list',
  'type_parameters',
  'where_clause',
]);

type Pair = readonly [name: PlainNode, bounds: readonly PlainNode[]];

function pairsOf(list: PlainNode): readonly Pair[] {
  if (list.type === 'type_parameter_constraints_clause') return pairOf(list.children);
  const pairs: Pair[] = [];
  let before: PlainNode | null = null;
  for (const child of list.children) {
    // Scala: names and bounds are neighbours.
    if (child.type === 'upper_bound') pairs.push(...(before === null ? [] : pairOf([before, child])));
    else if (child.children.length > 1) pairs.push(...pairOf(child.children));
    else if (child.children[0]?.type === 'inheritance_constraint') pairs.push(...pairOf(child.children[0].children));
    before = child;
  }
  return pairs;
}

function pairOf(parts: readonly PlainNode[]): readonly Pair[] {
  const [name, ...rest] = parts.filter(({ type }) => !BESIDE.has(type));
  if (name === undefined) return [];
  const bounds = rest.flatMap(part => (WRAPPERS.has(part.type) ? part.children : [part]));
  // Go: what is one of several types has the methods of none.
  return rest[0]?.type === 'type_constraint' && bounds.length > 1 ? [] : [[name, bounds]];
}

/** What stands beside a parameter's name and its bound. */
const BESIDE: ReadonlySet<string> = new Set([
  ...['annotation', 'attribute_list', 'default_type', 'marker_annotation', 'modifiers', 'type_parameter_modifiers'],
  ...['variance_modifier', 'where_keyword'],
]);

/** What is around the types that a parameter must be. */
const WRAPPERS: ReadonlySet<string> = new Set([
  'constraint',
  'trait_bounds',
  'type_bound',
  'type_constraint',
  'type_parameter_constraint',
  'upper_bound',
]);

/** Whether a bound says what a value can be asked: what any value may be says nothing. */
function isTelling(type: Expr | null): type is Expr {
  return type?.kind === 'member' || (type?.kind === 'name' && !PLAIN.has(type.name));
}

const PLAIN: ReadonlySet<string> = new Set([
  ...['Any', 'AnyObject', 'AnyRef', 'Clone', 'Copy', 'Debug', 'Default', 'Hashable', 'Object', 'Send', 'Sendable'],
  ...['Serializable', 'Sized', 'Sync', 'any', 'comparable'],
]);

/** The same type as if it were written elsewhere: facts of a part of the text hold no places of another. */
function placedAt(type: Expr, span: Span): Expr {
  if (type.kind === 'name') return { ...type, span };
  if (type.kind !== 'member') return { kind: 'other', span };
  return { ...type, object: placedAt(type.object, span), propertySpan: span, span };
}
