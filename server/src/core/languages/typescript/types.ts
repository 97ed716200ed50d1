/** Type annotations of TypeScript, as far as facts need them: the named type behind promises, unions with null and generics. */

import type { Expr } from '../facts.ts';
import { childIn, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { memberAt } from '../shapes.ts';
import { boundOf } from '../typeBounds.ts';
import type { Walk } from './walk.ts';

/** The type as a name or a member (`sdk.Client`); null for anything without one name. */
export function typeOf(node: PlainNode | undefined, walk: Walk): Expr | null {
  if (node === undefined) return null;
  const span = spanOfPlain(node);
  switch (node.type) {
    case 'type_identifier':
    case 'identifier':
      return boundOf({ kind: 'name', name: sourceOf(node, walk), span }, walk);
    case 'nested_type_identifier':
    case 'member_expression':
      return qualified(node, walk);
    case 'generic_type': {
      const [base, args] = node.children;
      const name = base === undefined ? '' : sourceOf(base, walk);
      if (!TRANSPARENT_TYPES.has(name)) return typeOf(base, walk);
      return args === undefined ? null : typeOf(args.children[0], walk);
    }
    case 'union_type': {
      const named = node.children.filter(child => child.type !== 'literal_type' && child.type !== 'predefined_type');
      return named.length === 1 ? typeOf(named[0]!, walk) : null;
    }
    case 'type_annotation':
    case 'parenthesized_type':
    case 'readonly_type':
      return typeOf(node.children[0], walk);
    default:
      return null;
  }
}

/** `PropType<T>` in `{ type: Object as PropType<T> }`: what a component's property is of. */
export function propertyType(node: PlainNode, walk: Walk): Expr | null {
  const entries = node.type === 'object' ? node.children : [];
  const entry = entries.find(child => child.type === 'pair' && sourceOf(child.children[0]!, walk) === 'type');
  const cast = entry && childIn(entry, 'value');
  return cast?.type === 'as_expression' ? typeOf(cast.children[1], walk) : null;
}

const TRANSPARENT_TYPES = new Set([
  'Promise',
  'PromiseLike',
  'Awaited',
  'Readonly',
  'NonNullable',
  'Partial',
  'Required',
  'Pick',
  'Omit',
  // What frameworks keep a value of the type in.
  'ComputedRef',
  'InjectionKey',
  'MaybeRef',
  'PropType',
  'Readable',
  'Ref',
  'ShallowRef',
  'Signal',
  'Writable',
  'WritableSignal',
]);

function qualified(node: PlainNode, walk: Walk): Expr | null {
  const children = node.children;
  const object = children[0];
  const property = children[children.length - 1];
  if (object === undefined || property === undefined || children.length < 2) return null;
  const left = typeOf(object, walk);
  if (left === null) return null;
  return memberAt(left, property, spanOfPlain(node), walk);
}
