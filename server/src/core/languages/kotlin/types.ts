/** Kotlin's types as expressions. */

import { type ClassContext, nameAt } from '../classContext.ts';
import type { Expr } from '../facts.ts';
import { childOfType, type PlainNode } from '../plainTree.ts';
import { memberNamed, otherAt } from '../shapes.ts';
import { boundOf } from '../typeBounds.ts';

/** A type as a name or a member (`sdk.Client`); `index.ts` says what is taken off. */
export function typeOf(node: PlainNode, context: ClassContext): Expr {
  switch (node.type) {
    case 'identifier':
      return nameAt(node, context);
    case 'user_type':
    case 'qualified_identifier': {
      const type = bareType(node, context);
      const [first] = typeArgumentsOf(node);
      const isHolder = first !== undefined && type.kind === 'name' && TRANSPARENT_TYPES.has(type.name);
      return isHolder ? typeOf(first, context) : type;
    }
    case 'nullable_type':
    case 'non_nullable_type':
    case 'parenthesized_type':
    case 'type_projection': {
      const inner = node.children.find(child => TYPES.has(child.type));
      return inner === undefined ? otherAt(node) : typeOf(inner, context);
    }
    default:
      return otherAt(node);
  }
}

/** The type's own name, whatever it holds. */
export function bareType(node: PlainNode, context: ClassContext): Expr {
  let type: Expr | null = null;
  for (const child of node.children) {
    if (child.type !== 'identifier') continue;
    const name = nameAt(child, context);
    if (name.kind !== 'name') return otherAt(node);
    type = type === null ? name : memberNamed(type, name, { start: type.span.start, end: name.span.end });
  }
  if (type?.kind === 'name') return boundOf(type, context);
  return type ?? otherAt(node);
}

/** The types in a type's, or a call's, angle brackets. */
export function typeArgumentsOf(node: PlainNode): readonly PlainNode[] {
  return (childOfType(node, 'type_arguments')?.children ?? []).flatMap(({ children }) => children.slice(-1));
}

/** The type among a declaration's children; null for none and for what has no name. */
export function declaredType(node: PlainNode, context: ClassContext): Expr | null {
  const typeNode = node.children.find(child => TYPES.has(child.type));
  if (typeNode === undefined) return null;
  const type = typeOf(typeNode, context);
  return type.kind === 'other' ? null : type;
}

/** What a class or object extends and implements; of a delegation by whom is left to the walk. */
export function basesOf(node: PlainNode, context: ClassContext): readonly Expr[] {
  const specifiers = childOfType(node, 'delegation_specifiers')?.children ?? [];
  return specifiers.flatMap(specifier => {
    const inner = specifier.type === 'delegation_specifier' ? specifier.children[0] : specifier;
    const type = inner?.type === 'user_type' ? inner : inner && childOfType(inner, 'user_type');
    return type === undefined ? [] : [bareType(type, context)];
  });
}

export const TYPES: ReadonlySet<string> = new Set([
  'user_type',
  'nullable_type',
  'non_nullable_type',
  'parenthesized_type',
  'function_type',
  'type_projection',
]);

/** Types that stand for what they hold: a property, a call or awaiting gives it away. */
const TRANSPARENT_TYPES = new Set(['Deferred', 'Lazy', 'Mono', 'ObjectProvider', 'Optional', 'Provider']);
