/** PHP's calls, constructions and attributes. */

import type { Argument, CallExpr, Expr } from '../facts.ts';
import { FILE_SCOPE } from '../language.ts';
import { childIn, childOfType, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { otherAt } from '../shapes.ts';
import { joinParts } from '../templates.ts';
import { type Context, nameAt } from './context.ts';
import { memberOf, walkExpression, walkOperand } from './expressions.ts';
import { walkAnonymousClass } from './functions.ts';
import { walkNode } from './statements.ts';
import { formatWithVerbs } from './strings.ts';

/** A call, which joins `calls`. `f(...)` makes a function of it and calls nothing. */
export function walkCall(node: PlainNode, context: Context): Expr {
  const functionNode = childIn(node, 'function');
  const callee = functionNode === undefined ? memberOf(node, context) : calledFunction(functionNode, context);
  const argumentsNode = childIn(node, 'arguments');
  if (callee.kind === 'other' || argumentsNode === undefined) {
    if (argumentsNode !== undefined) argumentsOf(argumentsNode, context);
    return otherAt(node);
  }
  if (argumentsNode.children.some(child => child.type === 'variadic_placeholder')) return callee;
  const nameSpan = callee.kind === 'member' ? callee.propertySpan : callee.span;
  const args = argumentsOf(argumentsNode, context);
  const call: CallExpr = { kind: 'call', callee, args, construct: false, nameSpan, span: spanOfPlain(node) };
  context.sink.calls.push(call, ...handedFunctions(call, context));
  return worthOf(call, context);
}

/** `array_filter($keys, $flags->isOn(...))`: what is handed over is called with each item. */
function handedFunctions({ callee, args }: CallExpr, { text }: Context): readonly CallExpr[] {
  const name = callee.kind === 'name' ? callee.name.replace(/^\\/, '') : '';
  const [first, second] = args.map(({ value }) => value);
  if (!EACH.has(name) || first === undefined || second === undefined) return [];
  const [handed, list] = name === 'array_map' ? [first, second] : [second, first];
  if (handed.kind !== 'member' || !/^\(\s*\.\.\./.test(text.slice(handed.span.end, handed.span.end + 8))) return [];
  const other: Expr = { kind: 'other', span: handed.span };
  const item: Expr = { kind: 'index', object: list, index: other, span: handed.span };
  const given = [{ name: null, value: item, spread: false }];
  const { propertySpan: nameSpan, span } = handed;
  return [{ kind: 'call', callee: handed, args: given, construct: false, nameSpan, span }];
}

const EACH: ReadonlySet<string> = new Set(['array_all', 'array_any', 'array_filter', 'array_find', 'array_map']);

/** `new Some(…)`, and `new class(…) { … }`. */
export function walkConstruction(node: PlainNode, context: Context): Expr {
  const anonymous = childOfType(node, 'anonymous_class');
  if (anonymous !== undefined) {
    const list = childOfType(anonymous, 'arguments');
    if (list !== undefined) argumentsOf(list, context);
    walkAnonymousClass(anonymous, context);
    return otherAt(node);
  }
  const [typeNode] = node.children;
  const list = childOfType(node, 'arguments');
  const callee = typeNode === undefined || typeNode === list ? otherAt(node) : walkOperand(typeNode, context);
  const args = list === undefined ? [] : argumentsOf(list, context);
  if (callee.kind === 'other' && typeNode?.type !== 'name') return otherAt(node);
  const call: CallExpr = {
    kind: 'call',
    callee,
    args,
    construct: true,
    nameSpan: callee.span,
    span: spanOfPlain(node),
  };
  context.sink.calls.push(call);
  return call;
}

/** `#[Some(…)]`, which joins `decorators` alone. */
export function walkAttribute(node: PlainNode, context: Context): void {
  const [nameNode] = node.children;
  if (nameNode === undefined || nameNode.start === nameNode.end) return;
  const callee = nameAt(nameNode, context);
  const list = childIn(node, 'parameters');
  const args = list === undefined ? [] : argumentsOf(list, context);
  const span = spanOfPlain(node);
  context.sink.decorators.push({ kind: 'call', callee, args, construct: false, nameSpan: callee.span, span });
}

export function argumentsOf(list: PlainNode, context: Context): readonly Argument[] {
  return list.children.flatMap((child): Argument[] => {
    if (child.type === 'variadic_placeholder') return [];
    if (child.type !== 'argument') {
      walkNode(child, context);
      return [];
    }
    const nameNode = childIn(child, 'name');
    const valueNode = child.children.find(part => part !== nameNode && part.type !== 'reference_modifier');
    const name = nameNode === undefined ? null : sourceOf(nameNode, context);
    if (valueNode?.type === 'variadic_unpacking') {
      const inner = valueNode.children[0];
      return [
        { name: null, value: inner === undefined ? otherAt(child) : walkExpression(inner, context), spread: true },
      ];
    }
    return [
      { name, value: valueNode === undefined ? otherAt(child) : walkExpression(valueNode, context), spread: false },
    ];
  });
}

function calledFunction(node: PlainNode, context: Context): Expr {
  return node.type === 'name' || node.type === 'qualified_name' || node.type === 'relative_name'
    ? nameAt(node, context)
    : walkOperand(node, context);
}

/**
 * What a call is worth: formats and joins with constant text are templates; what a container gives for a class is that class's.
 * `define('NAME', value)` declares a constant.
 */
function worthOf(call: CallExpr, context: Context): Expr {
  const { callee, args, span } = call;
  const [first, second] = args;
  const name =
    callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name.replace(/^\\/, '') : '';
  if (first === undefined || first.spread) return call;
  if (CONTAINERS.has(name) && first.value.kind === 'member' && first.value.property === 'class')
    return first.value.object;
  if (callee.kind !== 'name') return call;
  if (name === 'sprintf' && first.value.kind === 'string')
    return formatWithVerbs(first.value.value, args.slice(1), span);
  if ((name === 'implode' || name === 'join') && first.value.kind === 'string' && second?.value.kind === 'array') {
    const separator = first.value.value;
    const parts = second.value.items.flatMap((item, index) => (index === 0 ? [item] : [separator, item]));
    return joinParts(parts, span);
  }
  if (name === 'define' && first.value.kind === 'string' && second !== undefined) {
    const nameSpan = first.value.span;
    const { value } = second;
    if (first.value.value !== '') {
      const constant = { name: first.value.value, nameSpan, owner: null, value, type: null } as const;
      context.sink.bindings.push({ ...constant, form: 'constant', scope: FILE_SCOPE });
    }
  }
  return call;
}

/** Functions and methods that hand out an object of the class they are given. */
const CONTAINERS: ReadonlySet<string> = new Set(['app', 'get', 'make', 'makeWith', 'resolve']);
