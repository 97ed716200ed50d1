/** Go's declarations and statements. What is neither one nor known is walked as an expression. */

import { errorWalks } from '../brokenCalls.ts';
import type { Expr } from '../facts.ts';
import { FILE_SCOPE } from '../language.ts';
import { childIn, childrenIn, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { addBranch, itemOf, MAX_RETURNS, otherAt } from '../shapes.ts';
import { assignName, type Context, declareName, inBlock } from './context.ts';
import { walkExpression, walkNamed, walkOperand } from './expressions.ts';
import { walkFunction } from './functions.ts';
import { walkImportSpec, walkPackage } from './imports.ts';
import { typeOf, walkTypeSpec } from './types.ts';

/** Nodes that take the syntax errors inside them, since they open a scope. */
export const ANCHORS: ReadonlySet<string> = new Set(['function_declaration', 'method_declaration', 'func_literal']);

/** Any node: a declaration, a statement, a block, an expression, or what a syntax error left. */
export function walkNode(node: PlainNode, context: Context): void {
  switch (node.type) {
    case 'package_clause':
      walkPackage(node, context);
      return;
    case 'import_spec':
      walkImportSpec(node, context);
      return;
    case 'const_spec':
    case 'var_spec':
      walkSpec(node, context);
      return;
    case 'type_spec':
    case 'type_alias':
      walkTypeSpec(node, context);
      return;
    case 'function_declaration':
    case 'method_declaration':
      walkFunction(node, context);
      return;
    case 'short_var_declaration':
      walkShortDeclaration(node, context);
      return;
    case 'assignment_statement':
      walkAssignment(node, context);
      return;
    case 'receive_statement':
      walkReceive(node, context);
      return;
    case 'return_statement':
      walkReturn(node, context);
      return;
    case 'if_statement':
      walkIf(node, context);
      return;
    case 'for_statement':
      walkFor(node, inBlock(node, context));
      return;
    case 'type_switch_statement':
      walkTypeSwitch(node, inBlock(node, context));
      return;
    case 'block':
    case 'expression_switch_statement':
    case 'expression_case':
    case 'default_case':
    case 'type_case':
    case 'communication_case':
      walkChildren(node, inBlock(node, context));
      return;
    case 'import_declaration':
    case 'import_spec_list':
    case 'const_declaration':
    case 'var_declaration':
    case 'var_spec_list':
    case 'type_declaration':
    case 'statement_list':
    case 'expression_statement':
    case 'expression_list':
      walkChildren(node, context);
      return;
    case 'ERROR':
      walkBroken(node, context);
      return;
    default:
      walkExpression(node, context);
  }
}

export const { walkWithErrors, walkErrors, walkBroken } = errorWalks<Context>({
  anchors: ANCHORS,
  callees: new Set(['identifier', 'selector_expression', 'qualified_type', 'type_identifier']),
  walkNode,
  walkOperand,
  walkExpression,
});

function walkChildren(node: PlainNode, context: Context): void {
  for (const child of node.children) walkNode(child, context);
}

/** One line of `const` or `var`. */
function walkSpec(node: PlainNode, context: Context): void {
  const names = childrenIn(node, 'name');
  const typeNode = childIn(node, 'type');
  const type = typeNode === undefined ? null : typeOf(typeNode, context);
  const values = valuesFor(names, childIn(node, 'value'), context);
  const form = node.type === 'const_spec' ? 'constant' : 'variable';
  names.forEach((name, position) => {
    declareName(name, node.end, { value: values[position] ?? null, type, form }, context);
  });
}

/** `a, err := f()`. A name that is not new is declared again, which comes to the same. */
function walkShortDeclaration(node: PlainNode, context: Context): void {
  const names = childIn(node, 'left')?.children ?? [];
  const values = valuesFor(names, childIn(node, 'right'), context);
  names.forEach((name, position) => {
    if (name.type !== 'identifier') walkExpression(name, context);
    else declareName(name, node.end, { value: values[position] ?? null, type: null, form: 'variable' }, context);
  });
}

function walkAssignment(node: PlainNode, context: Context): void {
  const targets = childIn(node, 'left')?.children ?? [];
  const values = valuesFor(targets, childIn(node, 'right'), context);
  targets.forEach((target, position) => {
    const value = node.token === '=' ? (values[position] ?? null) : otherAt(node);
    if (target.type === 'identifier') assignName(target, value, context);
    else if (!bindReceiverField(target, value, context)) walkTarget(target, context);
  });
}

/** What is assigned to is not read; what it belongs to is. */
function walkTarget(target: PlainNode, context: Context): void {
  const owner = target.type === 'selector_expression' ? childIn(target, 'operand') : undefined;
  walkExpression(owner ?? target, context);
}

/** The values for some names, in order. One call for several names: itself for the first, its index for the others. */
function valuesFor(
  names: readonly PlainNode[],
  list: PlainNode | undefined,
  context: Context,
): readonly (Expr | undefined)[] {
  const nodes = list === undefined ? [] : list.type === 'expression_list' ? list.children : [list];
  const values = nodes.map((value, position) => walkNamed(value, names[position], context));
  const only = values[0];
  if (values.length !== 1 || only === undefined) return values;
  return names.map((_, position) => (position === 0 ? only : indexOf(only, position)));
}

function indexOf(object: Expr, position: number): Expr {
  const index: Expr = { kind: 'literal', value: position, span: object.span };
  return { kind: 'index', object, index, span: object.span };
}

/** `s.field = value`, where `s` is the method's receiver, or what an option is given. */
function bindReceiverField(target: PlainNode, value: Expr | null, context: Context): boolean {
  const operand = childIn(target, 'operand');
  const field = childIn(target, 'field');
  if (target.type !== 'selector_expression' || operand?.type !== 'identifier') return false;
  const name = sourceOf(operand, context);
  const receiver = context.receivers.find(known => known.name === name);
  if (receiver === undefined || field === undefined || field.start === field.end) return false;
  context.sink.bindings.push({
    name: sourceOf(field, context),
    nameSpan: spanOfPlain(field),
    owner: receiver.type,
    value,
    type: null,
    form: 'field',
    scope: FILE_SCOPE,
  });
  return true;
}

/** `case v := <-channel`: nothing is known of what comes out of a channel. */
function walkReceive(node: PlainNode, context: Context): void {
  const right = childIn(node, 'right');
  if (right !== undefined) walkExpression(right, context);
  for (const name of childIn(node, 'left')?.children ?? []) declareUnknown(name, node.end, context);
}

function declareUnknown(name: PlainNode, from: number, context: Context): void {
  if (name.type !== 'identifier') walkExpression(name, context);
  else declareName(name, from, { value: null, type: null, form: 'variable' }, context);
}

function walkReturn(node: PlainNode, context: Context): void {
  const list = node.children[0];
  const nodes = list?.type === 'expression_list' ? list.children : node.children;
  const values = nodes.map(child => walkExpression(child, context));
  const first = values[0];
  if (first !== undefined && context.returns !== null && context.returns.length < MAX_RETURNS) {
    context.returns.push(first);
  }
}

/** Names of the initializer are seen in the whole statement, `else` included. */
function walkIf(node: PlainNode, context: Context): void {
  const inner = inBlock(node, context);
  const condition = childIn(node, 'condition');
  const consequence = childIn(node, 'consequence');
  const alternative = childIn(node, 'alternative');
  if (condition !== undefined && consequence !== undefined) {
    addBranch(context.sink, condition, consequence, alternative);
  }
  walkChildren(node, inner);
}

function walkFor(node: PlainNode, context: Context): void {
  const body = childIn(node, 'body');
  const [header] = node.children;
  if (header !== undefined && header !== body) {
    if (header.type === 'range_clause') walkRange(header, context);
    else walkNode(header, context);
    const condition = header.type === 'for_clause' ? childIn(header, 'condition') : header;
    if (body !== undefined && condition !== undefined && header.type !== 'range_clause') {
      addBranch(context.sink, condition, body);
    }
  }
  if (body !== undefined) walkNode(body, context);
}

/** `for i, v := range …` gives `v` one of the items. */
function walkRange(node: PlainNode, context: Context): void {
  const right = childIn(node, 'right');
  const iterable = right === undefined ? null : walkExpression(right, context);
  const item = itemOf(iterable);
  (childIn(node, 'left')?.children ?? []).forEach((name, position) => {
    const value = position === 1 ? item : null;
    if (name.type !== 'identifier') walkExpression(name, context);
    else if (node.token === '=') assignName(name, value, context);
    else declareName(name, node.end, { value, type: null, form: 'variable' }, context);
  });
}

/** `switch t := x.(type)`: `t` is `x` under another type. */
function walkTypeSwitch(node: PlainNode, context: Context): void {
  const names = childIn(node, 'alias')?.children ?? [];
  const valueNode = childIn(node, 'value');
  for (const child of node.children) {
    if (child.field === 'alias') continue;
    if (child !== valueNode) walkNode(child, context);
    else {
      const value = walkExpression(child, context);
      for (const name of names) {
        declareName(name, child.end, { value, type: null, form: 'variable' }, context);
      }
    }
  }
}
