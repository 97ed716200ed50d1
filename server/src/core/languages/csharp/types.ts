/** C#'s types as expressions. */

import { type ClassContext, nameAt, typeNameAt } from '../classContext.ts';
import type { Expr } from '../facts.ts';
import { childIn, childOfType, type PlainNode, spanOfPlain } from '../plainTree.ts';
import { memberNamed, otherAt } from '../shapes.ts';

/** A type as a name or a member (`Sdk.Client`); `index.ts` says what is taken off. */
export function typeOf(node: PlainNode, context: ClassContext): Expr {
  switch (node.type) {
    case 'identifier':
      return typeNameAt(node, context);
    case 'qualified_name':
      return memberOf(childIn(node, 'qualifier'), childIn(node, 'name'), node, context);
    case 'alias_qualified_name': {
      const name = childIn(node, 'name');
      return name === undefined ? otherAt(node) : typeOf(name, context);
    }
    case 'generic_name': {
      const name = childOfType(node, 'identifier');
      if (name === undefined) return otherAt(node);
      const type = nameAt(name, context);
      const [first] = childOfType(node, 'type_argument_list')?.children ?? [];
      const transparent = first !== undefined && type.kind === 'name' && TRANSPARENT_TYPES.has(type.name);
      return transparent ? typeOf(first, context) : type;
    }
    case 'array_type': {
      const element = childIn(node, 'type');
      return element === undefined
        ? otherAt(node)
        : { kind: 'array', items: [typeOf(element, context)], span: spanOfPlain(node) };
    }
    case 'nullable_type':
    case 'ref_type':
    case 'scoped_type':
    case 'pointer_type':
    case 'primary_constructor_base_type': {
      const inner = childIn(node, 'type') ?? node.children[0];
      return inner === undefined ? otherAt(node) : typeOf(inner, context);
    }
    default:
      return otherAt(node);
  }
}

/** The declared type; null for `var`, predefined types and none. */
export function declaredType(node: PlainNode | undefined, context: ClassContext): Expr | null {
  if (node === undefined) return null;
  const type = typeOf(node, context);
  return type.kind === 'other' ? null : type;
}

/** The name of a generic type itself: what is constructed, called or inherited from is never the type it holds. */
export function bareType(node: PlainNode, context: ClassContext): Expr {
  const generic = node.type === 'generic_name' ? childOfType(node, 'identifier') : undefined;
  if (generic !== undefined) return nameAt(generic, context);
  if (node.type !== 'qualified_name') return typeOf(node, context);
  const qualifier = childIn(node, 'qualifier');
  const name = childIn(node, 'name');
  const inner = name?.type === 'generic_name' ? childOfType(name, 'identifier') : name;
  return memberOf(qualifier, inner, node, context);
}

function memberOf(
  qualifier: PlainNode | undefined,
  name: PlainNode | undefined,
  node: PlainNode,
  context: ClassContext,
): Expr {
  if (qualifier === undefined || name === undefined) return otherAt(node);
  const property = typeOf(name, context);
  if (property.kind !== 'name') return property;
  const object = typeOf(qualifier, context);
  return memberNamed(object, property, spanOfPlain(node));
}

/** Types that stand for what they hold: awaiting them, or their own members, give it away. */
const TRANSPARENT_TYPES = new Set([
  'AsyncLazy',
  'IOptions',
  'IOptionsMonitor',
  'IOptionsSnapshot',
  'Lazy',
  'Task',
  'ValueTask',
]);
