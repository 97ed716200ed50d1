/** Swift's declarations and statements. What is neither one nor known is walked as an expression. */

import { errorWalks } from '../brokenCalls.ts';
import {
  addReturn,
  assignName,
  type ClassContext,
  declareLocal,
  declareMember,
  inBlock,
  nameOf,
  nameSpanOf,
} from '../classContext.ts';
import type { Expr } from '../facts.ts';
import { childIn, childOfType, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { addBranch, itemOf, otherAt, readOfTarget } from '../shapes.ts';
import { walkAttribute, walkModifiers } from './calls.ts';
import { walkConditions, walkExpression, walkOperand, walkStatements } from './expressions.ts';
import { walkFunction, walkProperty, walkType } from './functions.ts';
import { TYPES, typeOf } from './types.ts';

/** Nodes that take the syntax errors inside them, since they open a scope. */
export const ANCHORS: ReadonlySet<string> = new Set([
  'class_declaration',
  'protocol_declaration',
  'function_declaration',
  'init_declaration',
  'lambda_literal',
]);

/** Any node: a declaration, a statement, an expression, or what a syntax error left. */
export function walkNode(node: PlainNode, context: ClassContext): void {
  if (TYPES.has(node.type)) return;
  switch (node.type) {
    case 'import_declaration':
      walkImport(node, context);
      return;
    case 'class_declaration':
    case 'protocol_declaration':
      walkType(node, context);
      return;
    case 'function_declaration':
    case 'protocol_function_declaration':
    case 'init_declaration':
    case 'deinit_declaration':
    case 'subscript_declaration':
      walkFunction(node, context);
      return;
    case 'property_declaration':
    case 'protocol_property_declaration':
      walkProperty(node, context);
      return;
    case 'typealias_declaration':
      walkAlias(node, context);
      return;
    case 'attribute':
      walkAttribute(node, context);
      return;
    case 'modifiers':
      walkModifiers(node, context);
      return;
    case 'control_transfer_statement':
      walkTransfer(node, context);
      return;
    case 'guard_statement':
      walkConditions(node, context);
      for (const child of node.children)
        if (child.type === 'statements') walkStatements(child, inBlock(child, context));
      return;
    case 'while_statement':
      walkWhile(node, context);
      return;
    case 'for_statement':
      walkFor(node, context);
      return;
    case 'catch_block':
    case 'statements':
      walkStatements(node, inBlock(node, context));
      return;
    case 'ERROR':
      walkBroken(node, context);
      return;
    case 'pattern':
    case 'type_annotation':
    case 'type_parameters':
    case 'type_constraints':
    case 'inheritance_specifier':
    case 'value_binding_pattern':
    case 'availability_condition':
    case 'directive':
    case 'catch_keyword':
    case 'associatedtype_declaration':
    case 'operator_declaration':
    case 'else':
      return;
    default:
      walkExpression(node, context);
  }
}

/** `a = v` and `self.a = v` give a name another value; any other target is code. */
export function walkAssignment(node: PlainNode, context: ClassContext): Expr {
  const target = childIn(node, 'target')?.children[0];
  const result = childIn(node, 'result');
  if (target === undefined || result === undefined) {
    for (const child of node.children) walkNode(child, context);
    return otherAt(node);
  }
  const given = walkExpression(result, context);
  const value = context.text.slice(target.end, result.start).trim() === '=' ? given : otherAt(result);
  const suffix = childOfType(target, 'navigation_suffix')?.children[0];
  if (target.type === 'simple_identifier') assignName(target, value, context);
  else if (childIn(target, 'target')?.type === 'self_expression' && suffix !== undefined) {
    declareMember(suffix, { value, type: null, form: 'field' }, context);
  } else walkExpression(value === given ? readOfTarget(target, 'navigation_expression', 'target') : target, context);
  return otherAt(node);
}

export const { walkWithErrors, walkErrors, walkBroken } = errorWalks<ClassContext>({
  anchors: ANCHORS,
  callees: new Set(['simple_identifier', 'navigation_expression']),
  joint: /^\s*[?!]?\.\s*$/,
  walkNode,
  walkOperand,
  walkExpression,
  walkArgument: (part, context) =>
    walkExpression(part.type === 'value_argument' ? (childIn(part, 'value') ?? part) : part, context),
});

/** `import A`, `import struct A.B`, `@testable import A`. */
function walkImport(node: PlainNode, context: ClassContext): void {
  const names = childOfType(node, 'identifier')?.children.map(name => nameOf(name, context)) ?? [];
  const [module] = names;
  if (module === undefined || module === '') return;
  const span = spanOfPlain(node);
  const imported = names.at(-1)!;
  if (names.length === 1) context.sink.imports.push({ local: '*', imported: '*', from: module, span });
  else context.sink.imports.push({ local: imported, imported, from: module, span });
}

function walkAlias(node: PlainNode, context: ClassContext): void {
  const nameNode = childIn(node, 'name');
  const target = node.children.find(child => child !== nameNode && TYPES.has(child.type));
  if (nameNode === undefined || target === undefined) return;
  const type = typeOf(target, context);
  const bases = type.kind === 'other' ? [] : [type];
  const nameSpan = nameSpanOf(nameNode, context);
  context.sink.types.push({ name: nameOf(nameNode, context), nameSpan, form: 'alias', bases, span: spanOfPlain(node) });
}

function walkTransfer(node: PlainNode, context: ClassContext): void {
  const result = childIn(node, 'result') ?? node.children.at(-1);
  if (result === undefined) return;
  const value = walkExpression(result, context);
  if (sourceOf(node, context).startsWith('return')) addReturn(value, context);
}

function walkWhile(node: PlainNode, context: ClassContext): void {
  const inner = inBlock(node, context);
  walkConditions(node, inner);
  const body = childOfType(node, 'statements');
  const conditions = node.children.filter(child => child.field === 'condition');
  if (body === undefined) return;
  walkStatements(body, inner);
  const [first] = conditions;
  if (first === undefined) return;
  const condition = { start: first.start, end: conditions.at(-1)!.end };
  addBranch(context.sink, condition, body);
}

function walkFor(node: PlainNode, context: ClassContext): void {
  const inner = inBlock(node, context);
  const item = childIn(node, 'item');
  const collection = childIn(node, 'collection');
  const iterable = collection === undefined ? null : walkExpression(collection, inner);
  const nameNode = item && childOfType(item, 'simple_identifier');
  if (nameNode !== undefined) declareLocal(nameNode, { value: itemOf(iterable), type: null, form: 'variable' }, inner);
  for (const child of node.children) if (child !== item && child !== collection) walkNode(child, inner);
}
