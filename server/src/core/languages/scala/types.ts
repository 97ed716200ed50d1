/** Scala's types as expressions. */

import { type ClassContext, nameAt, typeNameAt } from '../classContext.ts';
import type { Expr } from '../facts.ts';
import { childIn, type PlainNode, spanOfPlain } from '../plainTree.ts';
import { memberNamed, otherAt } from '../shapes.ts';

/** A type as a name or a member; `index.ts` says what is taken off. */
export function typeOf(node: PlainNode, context: ClassContext): Expr {
  switch (node.type) {
    case 'identifier':
    case 'type_identifier':
      return typeNameAt(node, context);
    case 'stable_type_identifier':
    case 'stable_identifier':
    case 'field_expression':
      return pathOf(node, context);
    case 'generic_type': {
      const base = childIn(node, 'type');
      const first = childIn(node, 'type_arguments')?.children.at(-1);
      if (base === undefined) return otherAt(node);
      const type = typeOf(base, context);
      const name = type.kind === 'member' ? type.property : type.kind === 'name' ? type.name : '';
      return first !== undefined && HOLDERS.has(name) ? typeOf(first, context) : type;
    }
    case 'repeated_parameter_type': {
      const inner = childIn(node, 'type') ?? node.children[0];
      return { kind: 'array', items: inner === undefined ? [] : [typeOf(inner, context)], span: spanOfPlain(node) };
    }
    case 'lazy_parameter_type':
    case 'annotated_type':
    case 'compound_type':
    case 'singleton_type': {
      const inner = childIn(node, 'type') ?? childIn(node, 'base') ?? node.children[0];
      return inner === undefined ? otherAt(node) : typeOf(inner, context);
    }
    default:
      return otherAt(node);
  }
}

/** A type that has a name, or null. */
export function namedType(node: PlainNode | undefined, context: ClassContext): Expr | null {
  const type = node === undefined ? null : typeOf(node, context);
  return type === null || type.kind === 'other' ? null : type;
}

/** `a.b.C`, as members of each other. */
export function pathOf(node: PlainNode, context: ClassContext): Expr {
  let path: Expr | null = null;
  for (const child of node.children) {
    const part = child.children.length > 0 ? pathOf(child, context) : nameAt(child, context);
    if (part.kind !== 'name') {
      path = path === null ? part : path;
      continue;
    }
    path = path === null ? part : memberNamed(path, part, { start: path.span.start, end: part.span.end });
  }
  return path ?? otherAt(node);
}

/** What a type extends and mixes in. */
export function basesOf(clause: PlainNode | undefined, context: ClassContext): readonly Expr[] {
  return (clause?.children ?? [])
    .filter(child => child.field === 'type' || child.type === 'compound_type')
    .flatMap(child => (child.type === 'compound_type' ? child.children : [child]))
    .map(child =>
      child.type === 'generic_type' ? typeOf(childIn(child, 'type') ?? child, context) : typeOf(child, context),
    )
    .filter(base => base.kind === 'name' || base.kind === 'member');
}

/** Types that stand for what they hold. */
const HOLDERS: ReadonlySet<string> = new Set([
  'Eval',
  'Future',
  'IO',
  'Lazy',
  'Option',
  'Optional',
  'Provider',
  'Resource',
  'Some',
  'Task',
  'Try',
  'UIO',
]);
