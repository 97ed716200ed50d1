/** PHP's declared types as expressions. */
import type { Expr } from '../facts.ts';
import { childOfType, type PlainNode, spanOfPlain } from '../plainTree.ts';
import { type Context, nameAt } from './context.ts';

/** A type: a name as written, or a choice of names. Null for none and for what has no class (`string`, `?array`). */
export function typeOf(node: PlainNode | undefined, context: Context): Expr | null {
  switch (node?.type) {
    case 'named_type':
    case 'optional_type':
      return typeOf(node.children[0], context);
    case 'name':
    case 'qualified_name':
    case 'relative_name':
      return nameAt(node, context);
    case 'union_type':
    case 'intersection_type':
    case 'disjunctive_normal_form_type':
    case 'type_list': {
      const options = node.children.flatMap(child => typeOf(child, context) ?? []);
      if (options.length <= 1) return options[0] ?? null;
      return { kind: 'choice', options, span: spanOfPlain(node) };
    }
    default:
      return null;
  }
}

/** `extends` and `implements`. */
export function basesOf(node: PlainNode, context: Context): { readonly parent: Expr | null; readonly bases: Expr[] } {
  const extended = childOfType(node, 'base_clause')?.children.map(child => nameAt(child, context)) ?? [];
  const implemented = childOfType(node, 'class_interface_clause')?.children.map(child => nameAt(child, context)) ?? [];
  const bases = [...extended, ...implemented].filter(base => base.kind === 'name');
  return { parent: extended[0] ?? null, bases };
}
