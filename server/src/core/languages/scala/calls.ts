/** Scala's calls, constructions and annotations. */

import { addCall } from '../addCall.ts';
import { type ClassContext, nameOf } from '../classContext.ts';
import type { Argument, CallExpr, Expr, ObjectEntry } from '../facts.ts';
import { childIn, childOfType, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { addBranch, otherAt } from '../shapes.ts';
import { concatenate } from '../templates.ts';
import { memberAsWritten, walkExpression, walkInside, walkOperand } from './expressions.ts';
import { walkBody } from './functions.ts';
import { namedType, typeOf } from './types.ts';

/** A call with all its lists of arguments. As a value, `List(…)` and `Map(…)` are the list and the map. */
export function walkCall(node: PlainNode, context: ClassContext): Expr {
  const lists: PlainNode[] = [];
  let at = node;
  let typeArgument: Expr | null = null;
  for (let inner: PlainNode | undefined = node; inner !== undefined; ) {
    at = inner;
    if (inner.type === 'call_expression') {
      const list = childIn(inner, 'arguments');
      if (list !== undefined) lists.unshift(list);
      inner = childIn(inner, 'function');
    } else if (inner.type === 'generic_function') {
      const types: readonly PlainNode[] = childIn(inner, 'type_arguments')?.children ?? [];
      if (types.length === 1) typeArgument = namedType(types[0], context);
      inner = childIn(inner, 'function');
    } else break;
  }
  if (at === node) return walkInside(node, context);
  const callee = at.type === 'instance_expression' ? walkInstance(at, [], context) : walkCallee(at, lists, context);
  const args = lists.flatMap(list => argumentsOf(list, context));
  if (callee.kind === 'call' && at.type === 'instance_expression') return callee;
  const call = addCall(callee, args, isTypeName(callee), spanOfPlain(node), typeArgument, context);
  return collectionOf(call) ?? call;
}

/** `option.get` is what it holds; `config.get("key")` asks. What a type gives for a text stands for it. */
function walkCallee(node: PlainNode, lists: readonly PlainNode[], context: ClassContext): Expr {
  const isGiven = node.type === 'field_expression' && lists.some(({ children }) => children.length > 0);
  if (!isGiven) return walkOperand(node, context);
  const member = memberAsWritten(node, context);
  return member.kind === 'member' && member.property === 'get' && isTypeName(member.object) ? member.object : member;
}

/** `new T(…) { … }` */
export function walkInstance(node: PlainNode, more: readonly Argument[], context: ClassContext): Expr {
  const body = childOfType(node, 'template_body');
  const typeNode = node.children.find(child => child.type !== 'arguments' && child !== body);
  const args = node.children.filter(child => child.type === 'arguments').flatMap(list => argumentsOf(list, context));
  if (body !== undefined) {
    const span = spanOfPlain(node);
    const bases = typeNode === undefined ? [] : [typeOf(typeNode, context)].filter(base => base.kind !== 'other');
    context.sink.types.push({ name: '', nameSpan: { start: span.start, end: span.start }, form: 'class', bases, span });
    walkBody(body, { ...context, owner: { name: '', span }, scope: null, returns: null });
  }
  const callee = typeNode === undefined ? otherAt(node) : typeOf(typeNode, context);
  return callee.kind === 'other'
    ? otherAt(node)
    : addCall(callee, [...args, ...more], true, spanOfPlain(node), null, context);
}

/** `a f b` calls `f` of `a`; an operator puts strings together, guards, or is unknown. */
export function walkInfix(node: PlainNode, context: ClassContext): Expr {
  const left = childIn(node, 'left');
  const operator = childIn(node, 'operator');
  const right = childIn(node, 'right');
  if (left === undefined || operator === undefined || right === undefined) return walkInside(node, context);
  const span = spanOfPlain(node);
  const sign = sourceOf(operator, context);
  if (operator.type === 'identifier') {
    const object = walkOperand(left, context);
    const propertySpan = spanOfPlain(operator);
    const callee: Expr = {
      kind: 'member',
      object,
      property: nameOf(operator, context),
      propertySpan,
      span: { start: node.start, end: operator.end },
    };
    const value = walkExpression(right, context);
    return addCall(callee, [{ name: null, value, spread: false }], false, span, null, context);
  }
  const values = [walkExpression(left, context), walkExpression(right, context)] as const;
  if (sign === '+') return concatenate(values[0], values[1], span);
  if (sign === '->') return { kind: 'array', items: values, span };
  if (sign === '&&') {
    addBranch(context.sink, left, right);
  }
  return otherAt(node);
}

/** The annotations among a declaration's children: decorators. */
export function walkAnnotations(node: PlainNode, context: ClassContext): void {
  for (const child of node.children) {
    if (child.type === 'annotation') walkAnnotation(child, context);
    else if (child.type === 'modifiers') walkAnnotations(child, context);
  }
}

export function walkAnnotation(node: PlainNode, context: ClassContext): void {
  const name = childIn(node, 'name');
  if (name === undefined) return;
  const callee = typeOf(name, context);
  const args = node.children.filter(child => child.type === 'arguments').flatMap(list => argumentsOf(list, context));
  const nameSpan = callee.kind === 'member' ? callee.propertySpan : callee.span;
  const span = { start: name.start, end: node.end };
  context.sink.decorators.push({ kind: 'call', callee, args, construct: false, nameSpan, span });
}

/** The arguments of one list: in parentheses, or a block behind the call. */
export function argumentsOf(list: PlainNode, context: ClassContext): readonly Argument[] {
  if (list.type !== 'arguments') {
    const [only, ...more] = list.children;
    const inner = list.type === 'block' && only?.type === 'lambda_expression' && more.length === 0 ? only : list;
    return [{ name: null, value: walkExpression(inner, context), spread: false }];
  }
  return list.children.map((child): Argument => {
    const left = child.type === 'assignment_expression' ? childIn(child, 'left') : undefined;
    const right = childIn(child, 'right');
    if (left?.type === 'identifier' && right !== undefined) {
      return { name: nameOf(left, context), value: walkExpression(right, context), spread: false };
    }
    const spread = /:\s*_\s*\*\s*$|\*$/.test(sourceOf(child, context));
    return { name: null, value: walkExpression(child, context), spread };
  });
}

function isTypeName(callee: Expr): boolean {
  return /^\p{Lu}/u.test(callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '');
}

/** What the standard library's makers of collections hold, and what `Option(x)` does. */
function collectionOf({ callee, args, span }: CallExpr): Expr | null {
  if (callee.kind !== 'name' || args.some(arg => arg.spread || arg.name !== null)) return null;
  const values = args.map(arg => arg.value);
  if (HOLDS.has(callee.name) && values.length === 1) return values[0]!;
  if (LISTS.has(callee.name)) return { kind: 'array', items: values, span };
  if (callee.name !== 'Map') return null;
  const entries = values.flatMap((value): ObjectEntry[] => {
    const [key, held] = value.kind === 'array' ? value.items : [];
    return key?.kind === 'string' && held !== undefined ? [{ key: key.value, keySpan: key.span, value: held }] : [];
  });
  return entries.length < values.length || values.length === 0 ? null : { kind: 'object', entries, spreads: [], span };
}

const HOLDS: ReadonlySet<string> = new Set(['Option', 'Some']);
const LISTS: ReadonlySet<string> = new Set(['Array', 'List', 'Seq', 'Set', 'Vector']);
