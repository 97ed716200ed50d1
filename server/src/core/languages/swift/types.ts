/** Swift's types as expressions. */

import { type ClassContext, nameAt } from '../classContext.ts';
import type { Expr } from '../facts.ts';
import { childOfType, type PlainNode } from '../plainTree.ts';
import { memberNamed, otherAt } from '../shapes.ts';
import { boundOf } from '../typeBounds.ts';

/** A type as a name or a member (`SDK.Client`); `index.ts` says what is taken off. */
export function typeOf(node: PlainNode, context: ClassContext): Expr {
  switch (node.type) {
    case 'simple_identifier':
    case 'type_identifier':
      return nameAt(node, context);
    case 'user_type':
      return memberOf(node, context);
    case 'optional_type':
    case 'existential_type':
    case 'opaque_type':
    case 'implicitly_unwrapped_type':
    case 'metatype': {
      const inner = node.children.find(child => TYPES.has(child.type));
      return inner === undefined ? otherAt(node) : typeOf(inner, context);
    }
    default:
      return otherAt(node);
  }
}

/** The type among a declaration's children; null for none and for what has no name. */
export function declaredType(node: PlainNode | undefined, context: ClassContext): Expr | null {
  const annotation = node && childOfType(node, 'type_annotation');
  const typeNode = (annotation ?? node)?.children.find(child => TYPES.has(child.type));
  if (typeNode === undefined) return null;
  const type = typeOf(typeNode, context);
  return type.kind === 'other' ? null : type;
}

/** What a type extends and conforms to. */
export function basesOf(node: PlainNode, context: ClassContext): readonly Expr[] {
  return node.children
    .filter(child => child.type === 'inheritance_specifier')
    .flatMap(({ children }) => (children[0] === undefined ? [] : [typeOf(children[0], context)]))
    .filter(base => base.kind !== 'other');
}

export const TYPES: ReadonlySet<string> = new Set([
  'array_type',
  'dictionary_type',
  'existential_type',
  'function_type',
  'implicitly_unwrapped_type',
  'metatype',
  'opaque_type',
  'optional_type',
  'protocol_composition_type',
  'tuple_type',
  'user_type',
]);

function memberOf(node: PlainNode, context: ClassContext): Expr {
  let type: Expr | null = null;
  for (const child of node.children) {
    if (child.type !== 'type_identifier' && child.type !== 'simple_identifier') continue;
    const name = nameAt(child, context);
    if (name.kind !== 'name') return otherAt(node);
    const span: Expr['span'] = { start: type?.span.start ?? name.span.start, end: name.span.end };
    type = type === null ? name : memberNamed(type, name, span);
  }
  if (type?.kind === 'name') return boundOf(type, context);
  return type ?? otherAt(node);
}
