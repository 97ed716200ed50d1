/** C++'s types and qualified names as expressions. */

import { type ClassContext, nameAt } from '../classContext.ts';
import type { Expr } from '../facts.ts';
import { childIn, childOfType, type PlainNode } from '../plainTree.ts';
import { memberNamed, otherAt } from '../shapes.ts';

/** A type as a name or a member; `index.ts` says what is taken off. */
export function typeOf(node: PlainNode, context: ClassContext): Expr {
  switch (node.type) {
    case 'identifier':
    case 'type_identifier':
    case 'namespace_identifier':
      return nameAt(node, context);
    case 'qualified_identifier':
      return pathOf(node, null, context);
    case 'template_type':
    case 'template_function':
      return templateOf(node, null, context);
    case 'type_descriptor': {
      const inner = childIn(node, 'type');
      return inner === undefined ? otherAt(node) : typeOf(inner, context);
    }
    case 'dependent_type': {
      const [inner] = node.children;
      return inner === undefined ? otherAt(node) : typeOf(inner, context);
    }
    case 'class_specifier':
    case 'struct_specifier':
    case 'enum_specifier': {
      const name = childIn(node, 'name');
      return name === undefined ? otherAt(node) : typeOf(name, context);
    }
    default:
      return otherAt(node);
  }
}

/** `a::b::C`, as members of each other; `::a` is `a`. */
export function pathOf(node: PlainNode, outer: Expr | null, context: ClassContext): Expr {
  const scope = childIn(node, 'scope');
  const name = childIn(node, 'name');
  if (name === undefined) return otherAt(node);
  const object = scope === undefined ? outer : extended(outer, bareOf(scope), context);
  if (object?.kind === 'other') return otherAt(node);
  if (name.type === 'qualified_identifier') return pathOf(name, object, context);
  if (name.type === 'template_type' || name.type === 'template_function') return templateOf(name, object, context);
  return extended(object, name, context);
}

/** The first type argument of a call or a type, if it has only one. */
export function onlyTypeArgument(node: PlainNode | undefined, context: ClassContext): Expr | null {
  const given = (node && childIn(node, 'arguments')?.children) ?? [];
  const [first] = given;
  if (first === undefined || given.length !== 1) return null;
  const type = typeOf(first, context);
  return type.kind === 'other' ? null : type;
}

/** The template at the end of a name, if there is one: `make_unique<T>` of `std::make_unique<T>`. */
export function templateIn(node: PlainNode): PlainNode | undefined {
  if (node.type === 'template_function' || node.type === 'template_type' || node.type === 'template_method')
    return node;
  const inner = node.type === 'qualified_identifier' ? childIn(node, 'name') : childIn(node, 'field');
  return inner === undefined || inner.type === 'field_identifier' ? undefined : templateIn(inner);
}

function templateOf(node: PlainNode, outer: Expr | null, context: ClassContext): Expr {
  const name = childIn(node, 'name');
  if (name === undefined) return otherAt(node);
  const type = extended(outer, name, context);
  const last = type.kind === 'member' ? type.property : type.kind === 'name' ? type.name : '';
  const first = childIn(node, 'arguments')?.children[0];
  return first !== undefined && HOLDERS.has(last) ? typeOf(first, context) : type;
}

function extended(object: Expr | null, node: PlainNode, context: ClassContext): Expr {
  const name = node.type === 'destructor_name' || node.type === 'operator_name' ? otherAt(node) : nameAt(node, context);
  if (object === null || name.kind !== 'name') return name;
  const member = memberNamed(object, name, { start: object.span.start, end: name.span.end });
  return object.kind === 'name' ? { ...member, ofPath: true } : member;
}

function bareOf(node: PlainNode): PlainNode {
  return node.type === 'template_type'
    ? (childIn(node, 'name') ?? node)
    : (childOfType(node, 'type_identifier') ?? node);
}

/** Types that stand for what they hold. */
const HOLDERS: ReadonlySet<string> = new Set([
  'ComPtr',
  'QPointer',
  'QScopedPointer',
  'QSharedPointer',
  'RefPtr',
  'ScopedRefPtr',
  'StatusOr',
  'TObjectPtr',
  'TSharedPtr',
  'TSharedRef',
  'TUniquePtr',
  'WeakPtr',
  'expected',
  'future',
  'intrusive_ptr',
  'not_null',
  'optional',
  'raw_ptr',
  'raw_ref',
  'reference_wrapper',
  'scoped_ptr',
  'scoped_refptr',
  'shared_future',
  'shared_ptr',
  'unique_ptr',
  'weak_ptr',
]);
