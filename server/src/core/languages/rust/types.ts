/** Rust's types and paths as expressions. */

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
    case 'scoped_identifier':
    case 'scoped_type_identifier':
      return pathOf(node, context);
    case 'generic_type': {
      const base = childIn(node, 'type');
      const first = childIn(node, 'type_arguments')?.children.find(child => child.type !== 'lifetime');
      if (base === undefined) return otherAt(node);
      const type = typeOf(base, context);
      const name = type.kind === 'member' ? type.property : type.kind === 'name' ? type.name : '';
      return first !== undefined && HOLDERS.has(name) ? typeOf(first, context) : type;
    }
    case 'reference_type':
    case 'dynamic_type':
    case 'abstract_type': {
      const inner = childIn(node, 'type') ?? childIn(node, 'trait');
      return inner === undefined ? otherAt(node) : typeOf(inner, context);
    }
    case 'bounded_type': {
      const [first] = node.children;
      return first === undefined ? otherAt(node) : typeOf(first, context);
    }
    // Who says yes or no may be a flag; numbers and texts are told by nothing but their values.
    case 'primitive_type':
      return context.text.slice(node.start, node.end) === 'bool' ? nameAt(node, context) : otherAt(node);
    default:
      return otherAt(node);
  }
}

/** `a::b::C`, as members of each other. */
export function pathOf(node: PlainNode, context: ClassContext): Expr {
  const nameNode = childIn(node, 'name');
  const path = childIn(node, 'path');
  if (nameNode === undefined || nameNode.start === nameNode.end) return otherAt(node);
  const name = nameAt(nameNode, context);
  if (name.kind !== 'name' || path === undefined) return name;
  const object =
    path.type === 'generic_type' || path.type === 'bracketed_type' ? typeOf(path, context) : segmentOf(path, context);
  return memberNamed(object, name, spanOfPlain(node));
}

function segmentOf(path: PlainNode, context: ClassContext): Expr {
  return path.type === 'scoped_identifier' ? pathOf(path, context) : nameAt(path, context);
}

const HOLDERS: ReadonlySet<string> = new Set([
  'Arc',
  'Box',
  'Cow',
  'Data',
  'Extension',
  'Lazy',
  'LazyCell',
  'LazyLock',
  'Mutex',
  'OnceCell',
  'OnceLock',
  'Option',
  'Rc',
  'RefCell',
  'Result',
  'RwLock',
  'State',
]);
