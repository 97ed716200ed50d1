/**
 * Scala's expressions: one pass turns a node into an `Expr` and leaves the facts that stand inside it (calls, member accesses,
 * functions, branches) in the sink. Calls have a file of their own.
 */

import { type ClassContext, declareLocal, inBlock, nameAt, nameOf, nameSpanOf } from '../classContext.ts';
import type { Expr, ObjectEntry } from '../facts.ts';
import { childIn, childOfType, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { addBranch, otherAt, withoutParentheses } from '../shapes.ts';
import { walkCall, walkInfix, walkInstance } from './calls.ts';
import { walkLambda } from './functions.ts';
import { walkNode } from './statements.ts';
import { interpolated, plainString } from './strings.ts';
import { namedType, pathOf } from './types.ts';

/** The value of an expression node. Parentheses and types are taken off. */
export function walkExpression(node: PlainNode, context: ClassContext): Expr {
  switch (node.type) {
    case 'identifier':
      return identifierAt(node, context);
    case 'string':
    case 'character_literal':
      return plainString(node, context);
    case 'interpolated_string_expression':
      return interpolated(node, context, child => walkExpression(child, context));
    case 'integer_literal':
    case 'floating_point_literal': {
      const value = Number(
        sourceOf(node, context)
          .replaceAll('_', '')
          .replace(/(?<!^0x[\da-f]*)[lLfFdD]$/i, ''),
      );
      return Number.isNaN(value) ? otherAt(node) : { kind: 'literal', value, span: spanOfPlain(node) };
    }
    case 'boolean_literal':
      return { kind: 'literal', value: sourceOf(node, context) === 'true', span: spanOfPlain(node) };
    case 'null_literal':
      return { kind: 'literal', value: null, span: spanOfPlain(node) };
    case 'field_expression':
    case 'stable_identifier': {
      const member = walkOperand(node, context);
      if (member.kind === 'member') context.sink.members.push(member);
      return member;
    }
    case 'call_expression':
    case 'generic_function':
      return walkCall(node, context);
    case 'instance_expression':
      return walkInstance(node, [], context);
    case 'infix_expression':
      return walkInfix(node, context);
    case 'prefix_expression':
      return walkPrefix(node, context);
    case 'ascription_expression': {
      const [value] = node.children;
      return value === undefined ? otherAt(node) : walkExpression(value, context);
    }
    case 'parenthesized_expression':
    case 'postfix_expression':
      return node.children.length === 1 ? walkExpression(node.children[0]!, context) : walkInside(node, context);
    case 'tuple_expression':
      return {
        kind: 'array',
        items: node.children.map(child => walkExpression(child, context)),
        span: spanOfPlain(node),
      };
    case 'if_expression':
      return walkIf(node, context);
    case 'match_expression':
      return walkMatch(node, context);
    case 'lambda_expression':
    case 'case_block':
      return walkLambda(node, context);
    case 'for_expression':
      return walkFor(node, context);
    case 'block':
    case 'indented_block':
      return walkBlock(node, context);
    default:
      if (STATEMENTS.has(node.type)) {
        walkNode(node, context);
        return otherAt(node);
      }
      return walkInside(node, context);
  }
}

/** The value of an expression that is read further: a member access in it is not reported by itself. */
export function walkOperand(node: PlainNode, context: ClassContext): Expr {
  if (node.type === 'stable_identifier') return pathOf(node, context);
  if (node.type === 'field_expression') return memberOf(node, context);
  const inner = node.type === 'parenthesized_expression' && node.children.length === 1 ? node.children[0] : undefined;
  return inner === undefined ? walkExpression(node, context) : walkOperand(inner, context);
}

/** A block's statements; its value is the last one's. */
export function walkBlock(node: PlainNode, context: ClassContext): Expr {
  const inner = inBlock(node, context);
  let last: Expr = otherAt(node);
  for (const child of node.children) {
    if (STATEMENTS.has(child.type)) {
      walkNode(child, inner);
      last = otherAt(child);
    } else last = walkExpression(child, inner);
  }
  return last;
}

export function walkInside(node: PlainNode, context: ClassContext): Expr {
  for (const child of node.children) walkNode(child, context);
  return otherAt(node);
}

/** The names that a pattern gives to parts of what it is matched with. */
export function declarePattern(pattern: PlainNode, value: Expr | null, context: ClassContext): void {
  if (pattern.type === 'identifier') {
    if (/^\p{Lu}/u.test(sourceOf(pattern, context))) return;
    declareLocal(pattern, { value, type: null, form: 'variable' }, context);
    return;
  }
  if (pattern.type === 'typed_pattern') {
    const name = childIn(pattern, 'pattern');
    const type = namedType(childIn(pattern, 'type'), context);
    if (name?.type === 'identifier') declareLocal(name, { value: null, type, form: 'variable' }, context);
    return;
  }
  const parts = pattern.children.filter(child => child.field !== 'type');
  parts.forEach((part, index) => {
    const item = value?.kind === 'array' ? (value.items[index] ?? null) : parts.length === 1 ? value : null;
    declarePattern(part, item, context);
  });
}

const STATEMENTS: ReadonlySet<string> = new Set([
  'assignment_expression',
  'class_definition',
  'function_definition',
  'import_declaration',
  'object_definition',
  'return_expression',
  'trait_definition',
  'type_definition',
  'val_definition',
  'var_definition',
  'while_expression',
]);

function identifierAt(node: PlainNode, context: ClassContext): Expr {
  return nameAt(node, context);
}

/** `a.b`. What only hands on what it holds is that. */
function memberOf(node: PlainNode, context: ClassContext): Expr {
  const member = memberAsWritten(node, context);
  if (member.kind !== 'member' || !SAME.has(member.property) || member.object.kind === 'other') return member;
  return member.object;
}

/** `a.b`, whatever it does. */
export function memberAsWritten(node: PlainNode, context: ClassContext): Expr {
  const objectNode = childIn(node, 'value');
  const field = childIn(node, 'field');
  if (objectNode === undefined || field === undefined || field.start === field.end) return walkInside(node, context);
  const object = objectNode.type === 'wildcard' ? otherAt(objectNode) : walkOperand(objectNode, context);
  if (field.type !== 'identifier') return otherAt(node);
  const property = nameOf(field, context);
  return { kind: 'member', object, property, propertySpan: nameSpanOf(field, context), span: spanOfPlain(node) };
}

const SAME: ReadonlySet<string> = new Set(['get', 'toString', 'trim']);

function walkPrefix(node: PlainNode, context: ClassContext): Expr {
  const operand = node.children.at(-1);
  if (operand === undefined) return otherAt(node);
  const value = walkExpression(operand, context);
  if (!sourceOf(node, context).startsWith('-') || value.kind !== 'literal' || typeof value.value !== 'number')
    return otherAt(node);
  return { kind: 'literal', value: -value.value, span: spanOfPlain(node) };
}

function walkIf(node: PlainNode, context: ClassContext): Expr {
  const condition = childIn(node, 'condition');
  const consequence = childIn(node, 'consequence');
  const alternative = childIn(node, 'alternative');
  if (condition === undefined || consequence === undefined) return walkInside(node, context);
  walkExpression(condition, context);
  const options = [consequence, alternative].flatMap(part =>
    part === undefined ? [] : [walkExpression(part, context)],
  );
  const otherwise = alternative && codeSpan(alternative, context);
  addBranch(context.sink, withoutParentheses(condition), codeSpan(consequence, context), otherwise);
  return options.length < 2 ? otherAt(node) : { kind: 'choice', options, span: spanOfPlain(node) };
}

/** What is indented ends where the next line begins: without that. */
export function codeSpan(node: PlainNode, context: ClassContext): Expr['span'] {
  return { start: node.start, end: node.start + sourceOf(node, context).trimEnd().length };
}

/** A `match` over names of constants is an index into what its cases give; any other is a choice. */
function walkMatch(node: PlainNode, context: ClassContext): Expr {
  const subject = childIn(node, 'value');
  const index = subject === undefined ? otherAt(node) : walkExpression(subject, context);
  const entries: ObjectEntry[] = [];
  const options: Expr[] = [];
  const body = childIn(node, 'body') ?? childOfType(node, 'case_block') ?? childOfType(node, 'indented_cases');
  for (const clause of body?.children ?? []) {
    const pattern = childIn(clause, 'pattern');
    const value = walkCase(clause, index, context);
    options.push(value);
    for (const name of constantsOf(pattern, context))
      entries.push({ key: sourceOf(name, context), keySpan: spanOfPlain(name), value });
  }
  const span = spanOfPlain(node);
  if (entries.length > 0) return { kind: 'index', object: { kind: 'object', entries, spreads: [], span }, index, span };
  return options.length === 0 ? otherAt(node) : { kind: 'choice', options, span };
}

/** One case: its value. */
export function walkCase(clause: PlainNode, subject: Expr | null, context: ClassContext): Expr {
  const inner = inBlock(clause, context);
  const pattern = childIn(clause, 'pattern');
  if (pattern !== undefined) declarePattern(pattern, subject, inner);
  const guard = childOfType(clause, 'guard');
  if (guard !== undefined) walkInside(guard, inner);
  let value: Expr = otherAt(clause);
  for (const part of clause.children) {
    if (part === pattern || part === guard) continue;
    if (STATEMENTS.has(part.type)) walkNode(part, inner);
    else value = walkExpression(part, inner);
  }
  return value;
}

/** The names of the constants that a pattern is about: `Flags.Pay`, `Pay`, `Pay(_)`, `_: Pay`. */
function constantsOf(pattern: PlainNode | undefined, context: ClassContext): readonly PlainNode[] {
  if (pattern === undefined) return [];
  if (pattern.type === 'stable_identifier') return pattern.children.slice(-1);
  if (pattern.type === 'identifier') return /^\p{Lu}/u.test(sourceOf(pattern, context)) ? [pattern] : [];
  if (pattern.type === 'alternative_pattern') return pattern.children.flatMap(part => constantsOf(part, context));
  const type =
    pattern.type === 'case_class_pattern' || pattern.type === 'typed_pattern' ? childIn(pattern, 'type') : undefined;
  return type?.type === 'type_identifier' ? [type] : [];
}

/** `for { a <- as; b = c if d } yield e`: the generators give names their values, or one of their items. */
function walkFor(node: PlainNode, context: ClassContext): Expr {
  const inner = inBlock(node, context);
  for (const enumerator of childOfType(node, 'enumerators')?.children ?? []) {
    const [pattern, source, ...rest] = enumerator.children;
    if (pattern === undefined || source === undefined) {
      walkInside(enumerator, inner);
      continue;
    }
    const given = walkExpression(source, inner);
    const item: Expr | null =
      given.kind !== 'array'
        ? given
        : given.items.length === 0
          ? null
          : { kind: 'choice', options: given.items, span: given.span };
    declarePattern(pattern, item, inner);
    for (const part of rest) walkNode(part, inner);
  }
  const body = childIn(node, 'body');
  return body === undefined ? otherAt(node) : walkExpression(body, inner);
}
