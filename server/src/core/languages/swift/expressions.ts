/**
 * Swift's expressions: one pass turns a node into an `Expr` and leaves the facts that stand inside it (calls, member accesses,
 * functions, branches) in the sink. Calls have a file of their own.
 */

import { type ClassContext, declareLocal, inBlock, nameAt, nameOf, nameSpanOf } from '../classContext.ts';
import type { Expr, ObjectEntry } from '../facts.ts';
import { childIn, childOfType, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { addBranch, otherAt } from '../shapes.ts';
import { concatenate } from '../templates.ts';
import { walkCall } from './calls.ts';
import { walkLambda } from './functions.ts';
import { walkAssignment, walkNode } from './statements.ts';
import { walkString } from './strings.ts';
import { typeOf } from './types.ts';

/** The value of an expression node. Parentheses, `try`, `await`, casts and `!` are taken off. */
export function walkExpression(node: PlainNode, context: ClassContext): Expr {
  switch (node.type) {
    case 'simple_identifier':
      return nameAt(node, context);
    case 'self_expression':
    case 'super_expression':
      return { kind: 'name', name: node.type === 'self_expression' ? 'this' : 'super', span: spanOfPlain(node) };
    case 'user_type':
      return typeOf(node, context);
    case 'line_string_literal':
    case 'multi_line_string_literal':
    case 'raw_string_literal':
      return walkString(node, context, child => walkExpression(child, context));
    case 'integer_literal':
    case 'hex_literal':
    case 'oct_literal':
    case 'bin_literal':
    case 'real_literal': {
      const value = Number(sourceOf(node, context).replaceAll('_', ''));
      return Number.isNaN(value) ? otherAt(node) : { kind: 'literal', value, span: spanOfPlain(node) };
    }
    case 'boolean_literal':
      return { kind: 'literal', value: sourceOf(node, context) === 'true', span: spanOfPlain(node) };
    case 'navigation_expression': {
      const member = memberOf(node, context);
      if (member.kind === 'member') context.sink.members.push(member);
      return member;
    }
    case 'call_expression':
    case 'constructor_expression':
      return walkCall(node, context);
    case 'array_literal':
      return {
        kind: 'array',
        items: node.children.map(child => walkExpression(child, context)),
        span: spanOfPlain(node),
      };
    case 'dictionary_literal':
      return walkDictionary(node, context);
    case 'additive_expression': {
      const [left, right] = node.children.map(child => walkExpression(child, context));
      const isSum = node.token === '+' && left !== undefined && right !== undefined;
      return isSum ? concatenate(left, right, spanOfPlain(node)) : otherAt(node);
    }
    case 'conjunction_expression': {
      const [left, right] = node.children;
      for (const child of node.children) walkExpression(child, context);
      if (left !== undefined && right !== undefined) {
        addBranch(context.sink, left, right);
      }
      return otherAt(node);
    }
    case 'nil_coalescing_expression': {
      const options = node.children.map(child => walkExpression(child, context));
      return options.length < 2 ? otherAt(node) : { kind: 'choice', options, span: spanOfPlain(node) };
    }
    case 'ternary_expression':
      return walkTernary(node, context);
    case 'prefix_expression':
      return walkPrefix(node, context);
    case 'postfix_expression':
    case 'as_expression':
    case 'await_expression':
    case 'try_expression': {
      const inner = childIn(node, 'expr') ?? childIn(node, 'target') ?? node.children[0];
      return inner === undefined ? otherAt(node) : walkExpression(inner, context);
    }
    case 'tuple_expression': {
      const [only, ...more] = node.children;
      if (only === undefined) return otherAt(node);
      if (more.length === 0) return walkExpression(only, context);
      return {
        kind: 'array',
        items: node.children.map(child => walkExpression(child, context)),
        span: spanOfPlain(node),
      };
    }
    case 'lambda_literal':
      return walkLambda(node, context);
    case 'if_statement':
      return walkIf(node, context);
    case 'switch_statement':
      return walkSwitch(node, context);
    case 'assignment':
      return walkAssignment(node, context);
    case 'statements':
      return walkStatements(node, inBlock(node, context));
    default:
      return walkInside(node, context);
  }
}

/** The value of an expression that is read further: a member access in it is not reported by itself. */
export function walkOperand(node: PlainNode, context: ClassContext): Expr {
  if (node.type === 'navigation_expression') return memberOf(node, context);
  const isImplied = node.type === 'prefix_expression' && context.text.charAt(node.start) === '.';
  if (!TRANSPARENT.has(node.type) || isImplied) return walkExpression(node, context);
  const inner = childIn(node, 'expr') ?? childIn(node, 'target') ?? node.children.at(-1);
  const isOne = node.type !== 'tuple_expression' || node.children.length === 1;
  // The grammar lets `!` bind before what it stands before: `!a.b()` is `(!a).b()` to it.
  return inner === undefined || !isOne ? walkExpression(node, context) : walkOperand(inner, context);
}

const TRANSPARENT: ReadonlySet<string> = new Set([
  'as_expression',
  'await_expression',
  'postfix_expression',
  'prefix_expression',
  'try_expression',
  'tuple_expression',
]);

/** The statements among a node's children; their value is the last one's. */
export function walkStatements(node: PlainNode, context: ClassContext): Expr {
  let last: Expr = otherAt(node);
  for (const child of node.children) {
    if (child.type.endsWith('_declaration') || NO_VALUES.has(child.type)) {
      walkNode(child, context);
      last = otherAt(child);
    } else last = walkExpression(child, context);
  }
  return last;
}

const NO_VALUES: ReadonlySet<string> = new Set([
  'control_transfer_statement',
  'do_statement',
  'for_statement',
  'guard_statement',
  'repeat_while_statement',
  'while_statement',
]);

export function walkInside(node: PlainNode, context: ClassContext): Expr {
  for (const child of node.children) walkNode(child, context);
  return otherAt(node);
}

function memberOf(node: PlainNode, context: ClassContext): Expr {
  const target = childIn(node, 'target') ?? node.children[0];
  const suffix = childOfType(node, 'navigation_suffix');
  const nameNode = suffix?.children[0];
  if (target === undefined || suffix === undefined || target.type === 'key_path_expression') return otherAt(node);
  const object = TYPE_NODES.has(target.type) ? typeOf(target, context) : walkOperand(target, context);
  if (nameNode?.type !== 'simple_identifier' || nameNode.start === nameNode.end) return otherAt(node);
  const propertySpan = nameSpanOf(nameNode, context);
  const property = nameOf(nameNode, context);
  // `Foo.self` is Foo.
  return property === 'self' ? object : { kind: 'member', object, property, propertySpan, span: spanOfPlain(node) };
}

const TYPE_NODES: ReadonlySet<string> = new Set(['user_type']);

/** `.pay`, `-1`, `!a`. */
function walkPrefix(node: PlainNode, context: ClassContext): Expr {
  const target = childIn(node, 'target') ?? node.children.at(-1);
  const sign = context.text.charAt(node.start);
  if (target === undefined) return otherAt(node);
  if (sign === '.' && target.type === 'simple_identifier') {
    const dot = { start: node.start, end: node.start + 1 };
    const object: Expr = { kind: 'name', name: '.', span: dot };
    const property = nameOf(target, context);
    return { kind: 'member', object, property, propertySpan: nameSpanOf(target, context), span: spanOfPlain(node) };
  }
  const value = walkExpression(target, context);
  if (sign !== '-' || value.kind !== 'literal' || typeof value.value !== 'number') return otherAt(node);
  return { kind: 'literal', value: -value.value, span: spanOfPlain(node) };
}

function walkDictionary(node: PlainNode, context: ClassContext): Expr {
  const entries: ObjectEntry[] = [];
  let key: Expr | null = null;
  for (const child of node.children) {
    const value = walkExpression(child, context);
    if (child.field === 'key') key = value;
    else if (key?.kind === 'string') entries.push({ key: key.value, keySpan: key.span, value });
  }
  return { kind: 'object', entries, spreads: [], span: spanOfPlain(node) };
}

function walkTernary(node: PlainNode, context: ClassContext): Expr {
  const [condition, yes, no] = node.children;
  const values = node.children.map(child => walkExpression(child, context));
  if (condition === undefined || yes === undefined || no === undefined) return otherAt(node);
  addBranch(context.sink, condition, yes, no);
  return { kind: 'choice', options: values.slice(1), span: spanOfPlain(node) };
}

/** `if` and `while`: what its conditions bind is seen in what they guard. */
export function walkIf(node: PlainNode, context: ClassContext): Expr {
  const inner = inBlock(node, context);
  walkConditions(node, inner);
  const blocks = node.children.filter(child => child.type === 'statements' || child.type === 'if_statement');
  const conditions = node.children.filter(child => child.field === 'condition');
  const isElse = (child: PlainNode) => node.children.some(({ type, start }) => type === 'else' && start < child.start);
  const consequent = blocks.find(block => !isElse(block));
  const alternative = blocks.find(isElse);
  const options = blocks.map(block => walkExpression(block, inner));
  const [first] = conditions;
  if (first !== undefined && consequent !== undefined) {
    const condition = { start: first.start, end: conditions.at(-1)!.end };
    addBranch(context.sink, condition, consequent, alternative);
  }
  return options.length < 2 ? otherAt(node) : { kind: 'choice', options, span: spanOfPlain(node) };
}

/** The conditions of `if`, `guard` and `while`, and the names that they bind. */
export function walkConditions(node: PlainNode, context: ClassContext): void {
  let bound: PlainNode | null = null;
  for (const child of node.children) {
    if (child.type === 'statements' || child.type === 'if_statement' || child.type === 'else') continue;
    // `if let client` without a value goes on with what the name means already.
    const isValue = bound !== null && context.text.slice(bound.end, child.start).includes('=');
    if (child.field === 'bound_identifier') bound = child;
    else if (bound !== null && isValue && child.type !== 'value_binding_pattern' && child.type !== 'type_annotation') {
      const value = walkExpression(child, context);
      declareLocal(bound, { value, type: null, form: 'variable' }, context);
      bound = null;
    } else walkNode(child, context);
  }
}

/** A `switch` over cases is an index into what its branches give; any other is a choice. */
function walkSwitch(node: PlainNode, context: ClassContext): Expr {
  const subjectNode = childIn(node, 'expr');
  const subject = subjectNode === undefined ? null : walkExpression(subjectNode, context);
  const entries: ObjectEntry[] = [];
  const options: Expr[] = [];
  for (const entry of node.children) {
    if (entry.type !== 'switch_entry') continue;
    const returns: Expr[] = [];
    const inner = { ...inBlock(entry, context), returns };
    let value: Expr = otherAt(entry);
    for (const child of entry.children) {
      if (child.type === 'statements') value = walkStatements(child, inner);
      else if (child.type !== 'switch_pattern') walkNode(child, inner);
    }
    for (const result of returns)
      if (context.returns !== null && context.returns.length < 8) context.returns.push(result);
    const given = returns.length === 1 ? returns[0]! : value;
    options.push(given);
    for (const pattern of entry.children) {
      if (pattern.type !== 'switch_pattern') continue;
      const name = caseOf(pattern);
      if (name !== null) entries.push({ key: nameOf(name, context), keySpan: nameSpanOf(name, context), value: given });
    }
  }
  const span = spanOfPlain(node);
  if (subject !== null && entries.length > 0) {
    return { kind: 'index', object: { kind: 'object', entries, spreads: [], span }, index: subject, span };
  }
  return options.length === 0 ? otherAt(node) : { kind: 'choice', options, span };
}

/** The case that a pattern names: `.pay`, `Flag.pay`. */
function caseOf(pattern: PlainNode): PlainNode | null {
  const [inner, ...more] = pattern.children[0]?.children ?? [];
  const last = more.at(-1) ?? inner;
  return last?.type === 'simple_identifier' ? last : null;
}
