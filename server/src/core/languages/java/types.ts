/** Java's types as expressions. */

import { type ClassContext, nameAt, typeNameAt } from '../classContext.ts';
import type { Expr } from '../facts.ts';
import { childIn, childOfType, type PlainNode, spanOfPlain } from '../plainTree.ts';
import { memberNamed, otherAt } from '../shapes.ts';

/** A type as a name or a member (`sdk.Client`); `index.ts` says what is taken off. */
export function typeOf(node: PlainNode, context: ClassContext): Expr {
  switch (node.type) {
    case 'type_identifier':
    case 'identifier':
      return typeNameAt(node, context);
    case 'scoped_type_identifier':
    case 'scoped_identifier': {
      const names = node.children.filter(child => child.type !== 'marker_annotation' && child.type !== 'annotation');
      const [qualifier, name] = names;
      if (qualifier === undefined || name === undefined) return otherAt(node);
      const object = typeOf(qualifier, context);
      const property = nameAt(name, context);
      if (property.kind !== 'name') return otherAt(node);
      return memberNamed(object, property, spanOfPlain(node));
    }
    case 'generic_type': {
      const [base, args] = node.children;
      if (base === undefined) return otherAt(node);
      const type = typeOf(base, context);
      const [first] = args?.children ?? [];
      return first !== undefined && type.kind === 'name' && TRANSPARENT_TYPES.has(type.name)
        ? typeOf(first, context)
        : type;
    }
    case 'annotated_type': {
      const inner = node.children.at(-1);
      return inner === undefined ? otherAt(node) : typeOf(inner, context);
    }
    case 'array_type': {
      const element = childIn(node, 'element');
      return element === undefined
        ? otherAt(node)
        : { kind: 'array', items: [typeOf(element, context)], span: spanOfPlain(node) };
    }
    default:
      return otherAt(node);
  }
}

/** The declared type; null for `var` and none. */
export function declaredType(node: PlainNode | undefined, context: ClassContext): Expr | null {
  if (node === undefined) return null;
  const type = typeOf(node, context);
  return type.kind === 'other' || (type.kind === 'name' && type.name === 'var') ? null : type;
}

/** `extends` and `implements`. */
export function basesOf(node: PlainNode, context: ClassContext): Expr[] {
  const bases: Expr[] = [];
  for (const child of node.children) {
    if (child.type === 'superclass') bases.push(...child.children.map(type => typeOf(type, context)));
    else if (child.type === 'super_interfaces' || child.type === 'extends_interfaces') {
      const list = childOfType(child, 'type_list') ?? child;
      bases.push(...list.children.map(type => typeOf(type, context)));
    }
  }
  return bases.filter(base => base.kind !== 'other');
}

/** Types that stand for what they hold: the holder's own methods give it away. */
const TRANSPARENT_TYPES = new Set([
  'CompletableFuture',
  'CompletionStage',
  'Future',
  'Instance',
  'Lazy',
  'ListenableFuture',
  'Mono',
  'ObjectProvider',
  'Optional',
  'Provider',
  'Uni',
]);
