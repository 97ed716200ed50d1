/** Ruby's statements, each of which has a value: an assignment, a branch, a body. What is none of them is an expression. */

import { errorWalks } from '../brokenCalls.ts';
import type { Expr } from '../facts.ts';
import { childIn, childrenIn, type PlainNode, spanOfPlain } from '../plainTree.ts';
import { addBranch, itemOf, otherAt } from '../shapes.ts';
import { addReturn, type Context } from './context.ts';
import { walkExpression, walkOperand } from './expressions.ts';
import { walkBlock, walkMethod, walkSingletonClass, walkType } from './functions.ts';
import { walkAlias } from './macros.ts';
import { bindTarget, walkAssignment, walkOperatorAssignment } from './targets.ts';

/** Nodes that take the syntax errors inside them, since they open a scope. */
export const ANCHORS: ReadonlySet<string> = new Set([
  'method',
  'singleton_method',
  'class',
  'module',
  'singleton_class',
  'block',
  'do_block',
  'lambda',
]);

/** The value of any node: a statement, a body, an expression, or what a syntax error left. */
export function walkNode(node: PlainNode, context: Context): Expr {
  switch (node.type) {
    case 'assignment':
      return walkAssignment(node, context);
    case 'operator_assignment':
      return walkOperatorAssignment(node, context);
    case 'method':
    case 'singleton_method':
      return walkMethod(node, context);
    case 'class':
    case 'module':
      walkType(node, context);
      return otherAt(node);
    case 'singleton_class':
      walkSingletonClass(node, context);
      return otherAt(node);
    case 'block':
    case 'do_block':
      return walkBlock(node, null, null, context);
    case 'return': {
      const value = returnedValue(node, context);
      if (value !== null) addReturn(value, context);
      return otherAt(node);
    }
    case 'if':
    case 'elsif':
    case 'unless':
      return walkIf(node, context);
    case 'if_modifier':
    case 'unless_modifier':
    case 'while':
    case 'while_modifier':
    case 'until':
    case 'until_modifier':
      return walkGuarded(node, context);
    case 'case':
    case 'case_match':
      return walkCase(node, context);
    case 'for':
      walkFor(node, context);
      return otherAt(node);
    case 'exception_variable':
      for (const child of node.children) bindTarget(child, null, context);
      return otherAt(node);
    case 'as_pattern':
      return walkPattern(node, context);
    case 'alias':
      walkAlias(node, context);
      return otherAt(node);
    case 'program':
    case 'body_statement':
    case 'block_body':
    case 'then':
    case 'else':
    case 'begin':
    case 'parenthesized_statements':
    case 'rescue_modifier':
      return walkBody(node, context);
    case 'undef':
    case 'uninterpreted':
    case 'empty_statement':
      return otherAt(node);
    case 'ERROR':
      walkBroken(node, context);
      return otherAt(node);
    default:
      if (EXPRESSIONS.has(node.type)) return walkExpression(node, context);
      for (const child of node.children) walkNode(child, context);
      return otherAt(node);
  }
}

export const { walkWithErrors, walkErrors, walkBroken } = errorWalks<Context>({
  anchors: ANCHORS,
  callees: new Set([
    'identifier',
    'constant',
    'self',
    'instance_variable',
    'global_variable',
    'call',
    'scope_resolution',
  ]),
  joint: /^\s*(?:&?\.|::)\s*$/,
  walkNode,
  walkOperand,
  walkExpression,
});

/** What `walkOperand` reads by itself: anything else is walked through. */
const EXPRESSIONS: ReadonlySet<string> = new Set([
  'identifier',
  'constant',
  'global_variable',
  'self',
  'instance_variable',
  'class_variable',
  'simple_symbol',
  'hash_key_symbol',
  'string',
  'delimited_symbol',
  'bare_string',
  'bare_symbol',
  'chained_string',
  'integer',
  'float',
  'true',
  'false',
  'nil',
  'scope_resolution',
  'call',
  'element_reference',
  'array',
  'string_array',
  'symbol_array',
  'right_assignment_list',
  'hash',
  'binary',
  'unary',
  'conditional',
  'lambda',
]);

/** A body's value is its last statement's; what `rescue` and `ensure` do is another matter. */
function walkBody(node: PlainNode, context: Context): Expr {
  let value: Expr = otherAt(node);
  for (const child of node.children) {
    const own = walkNode(child, context);
    if (child.type !== 'rescue' && child.type !== 'ensure' && child.type !== 'heredoc_body') value = own;
  }
  return value;
}

function returnedValue(node: PlainNode, context: Context): Expr | null {
  const values = node.children[0]?.children.map(child => walkExpression(child, context)) ?? [];
  if (values.length <= 1) return values[0] ?? null;
  return { kind: 'array', items: values, span: spanOfPlain(node) };
}

/** `if`, `elsif` and `unless`: the consequent is what stands first, whichever way the condition goes. */
function walkIf(node: PlainNode, context: Context): Expr {
  const condition = childIn(node, 'condition');
  const consequence = childIn(node, 'consequence');
  const alternative = childIn(node, 'alternative');
  if (condition !== undefined) walkExpression(condition, context);
  const options = [consequence, alternative].flatMap(child => (child === undefined ? [] : [walkNode(child, context)]));
  for (const child of node.children) if (child.field === null) walkNode(child, context);
  if (condition !== undefined && consequence !== undefined) {
    addBranch(context.sink, condition, consequence, alternative);
  }
  return choiceOf(options, node);
}

/** `body if condition` and loops. */
function walkGuarded(node: PlainNode, context: Context): Expr {
  const condition = childIn(node, 'condition');
  const body = childIn(node, 'body');
  if (condition !== undefined) walkExpression(condition, context);
  const value = body === undefined ? otherAt(node) : walkNode(body, context);
  if (condition !== undefined && body !== undefined) {
    addBranch(context.sink, condition, body);
  }
  return node.type === 'if_modifier' || node.type === 'unless_modifier' ? value : otherAt(node);
}

function walkCase(node: PlainNode, context: Context): Expr {
  const options: Expr[] = [];
  for (const child of node.children) {
    if (child.type === 'else') options.push(walkNode(child, context));
    else if (child.type !== 'when' && child.type !== 'in_clause') walkExpression(child, context);
    else {
      const body = childIn(child, 'body');
      for (const part of child.children) {
        if (part === body) continue;
        if (child.type === 'in_clause') walkPattern(part, context);
        else walkNode(part, context);
      }
      if (body !== undefined) options.push(walkNode(body, context));
    }
  }
  return choiceOf(options, node);
}

/** A pattern's names are given parts of the value; constants and calls in it are code. */
function walkPattern(node: PlainNode, context: Context): Expr {
  const name = node.type === 'as_pattern' || node.type === 'splat_parameter' ? childIn(node, 'name') : undefined;
  if (name !== undefined) bindTarget(name, null, context);
  const key = node.type === 'keyword_pattern' ? childIn(node, 'key') : undefined;
  if (key !== undefined && childIn(node, 'value') === undefined) bindTarget(key, null, context);
  if (node.type === 'identifier') bindTarget(node, null, context);
  else if (EXPRESSIONS.has(node.type)) walkExpression(node, context);
  else for (const child of node.children) if (child !== name && child !== key) walkPattern(child, context);
  return otherAt(node);
}

function walkFor(node: PlainNode, context: Context): void {
  const pattern = childIn(node, 'pattern');
  const iterable = childIn(node, 'value')?.children[0];
  const body = childIn(node, 'body');
  const item = iterable === undefined ? null : itemOf(walkExpression(iterable, context));
  if (pattern !== undefined) bindTarget(pattern, item, context);
  for (const child of childrenIn(node, 'body')) if (child === body) walkNode(child, context);
}

function choiceOf(options: readonly Expr[], node: PlainNode): Expr {
  const flat = options.flatMap(option => (option.kind === 'choice' ? option.options : [option]));
  if (flat.length === 0) return otherAt(node);
  return flat.length === 1 ? flat[0]! : { kind: 'choice', options: flat, span: spanOfPlain(node) };
}
