/** C#'s calls, their arguments, and attributes. */

import type { ClassContext } from '../classContext.ts';
import type { Argument, CallExpr, Expr } from '../facts.ts';
import { childIn, childOfType, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { otherAt } from '../shapes.ts';
import { joinParts } from '../templates.ts';
import { walkExpression, walkInside, walkOperand } from './expressions.ts';
import { formatWithHoles } from './strings.ts';
import { bareType, typeOf } from './types.ts';

/** A call, which joins `calls`. As a value, `nameof(x)` and a constant format are the text they make. */
export function walkCall(node: PlainNode, context: ClassContext): Expr {
  const functionNode = childIn(node, 'function');
  const argumentsNode = childIn(node, 'arguments');
  if (functionNode === undefined) return walkInside(node, context);
  const inner = { ...context, conditional: null };
  if (functionNode.type === 'identifier' && sourceOf(functionNode, context) === 'nameof') {
    const name = nameOf(argumentsNode, inner);
    if (name !== null) return name;
  }
  const callee = walkOperand(functionNode, context);
  const args = argumentsOf(argumentsNode, inner);
  if (callee.kind === 'other' || tornApart(functionNode, argumentsNode, context)) return otherAt(node);
  const typeArgument = onlyTypeArgument(functionNode, inner);
  const nameSpan = callee.kind === 'member' ? callee.propertySpan : callee.span;
  const span = { start: Math.min(node.start, callee.span.start), end: node.end };
  const call: CallExpr = {
    kind: 'call',
    callee,
    args,
    construct: false,
    nameSpan,
    span,
    ...(typeArgument === null ? {} : { typeArgument }),
  };
  context.sink.calls.push(call);
  return formatOf(functionNode, call, context) ?? call;
}

/** An attribute, which joins `decorators` alone. */
export function walkAttribute(node: PlainNode, context: ClassContext): void {
  const nameNode = childIn(node, 'name');
  if (nameNode === undefined || nameNode.start === nameNode.end) return;
  const callee = bareType(nameNode, context);
  const list = childOfType(node, 'attribute_argument_list');
  const args = (list?.children ?? []).map(child => attributeArgument(child, context));
  const nameSpan = callee.kind === 'member' ? callee.propertySpan : callee.span;
  context.sink.decorators.push({ kind: 'call', callee, args, construct: false, nameSpan, span: spanOfPlain(node) });
}

/** Attributes before a declaration. */
export function walkAttributes(node: PlainNode, context: ClassContext): void {
  for (const list of node.children) {
    if (list.type !== 'attribute_list') continue;
    for (const attribute of list.children) if (attribute.type === 'attribute') walkAttribute(attribute, context);
  }
}

/** The arguments in a list, named ones with their names. */
export function argumentsOf(node: PlainNode | undefined, context: ClassContext): readonly Argument[] {
  return (node?.children ?? []).map(child => {
    const name = childIn(child, 'name');
    const value = child.children.find(part => part !== name);
    if (child.type !== 'argument') return { name: null, value: walkExpression(child, context), spread: false };
    // `out var x` is a declaration; a name alone in an argument is its value.
    if (value === undefined) return { name: null, value: walkExpression(name ?? child, context), spread: false };
    return {
      name: name === undefined ? null : sourceOf(name, context),
      value: walkExpression(value, context),
      spread: false,
    };
  });
}

function attributeArgument(node: PlainNode, context: ClassContext): Argument {
  // The grammar gives the name in `name: value` no field.
  const value = node.children.at(-1);
  const name = node.children.length > 1 ? node.children[0] : undefined;
  if (value === undefined) return { name: null, value: otherAt(node), spread: false };
  const left = childIn(value, 'left');
  const right = childIn(value, 'right');
  if (value.type === 'assignment_expression' && left !== undefined && right !== undefined) {
    return { name: sourceOf(left, context), value: walkExpression(right, context), spread: false };
  }
  return {
    name: name === undefined ? null : sourceOf(name, context),
    value: walkExpression(value, context),
    spread: false,
  };
}

/** `nameof(A.B)` is "B". */
function nameOf(node: PlainNode | undefined, context: ClassContext): Expr | null {
  const argument = node?.children[0];
  const only = argument?.children[0];
  if (node?.children.length !== 1 || only === undefined) return null;
  const named = only.type === 'member_access_expression' ? childIn(only, 'name') : only;
  const name = named === undefined ? null : bareType(named, context);
  return name?.kind === 'name' ? { kind: 'string', value: name.name, span: name.span } : null;
}

/** A syntax error between the callee and the arguments: the parser joined two things that are none. */
function tornApart(callee: PlainNode, args: PlainNode | undefined, context: ClassContext): boolean {
  if (args === undefined || args.start === callee.end) return false;
  return !/^(?:\s|\/\/[^\n]*\n|\/\*[\s\S]*?\*\/)*$/.test(context.text.slice(callee.end, args.start));
}

/** The `T` of `x.Get<T>()`. */
function onlyTypeArgument(node: PlainNode, context: ClassContext): Expr | null {
  const name = node.type === 'generic_name' ? node : (childIn(node, 'name') ?? lastChild(node));
  if (name?.type !== 'generic_name') return null;
  const types = childOfType(name, 'type_argument_list')?.children ?? [];
  const type = types.length === 1 ? typeOf(types[0]!, context) : null;
  return type === null || type.kind === 'other' ? null : type;
}

function lastChild(node: PlainNode): PlainNode | undefined {
  const last = node.children.at(-1);
  return last?.type === 'member_binding_expression' ? childIn(last, 'name') : undefined;
}

/** `string.Format("…{0}…", x)`, `string.Concat(a, b)`. The grammar makes `string` a type, which is no expression of ours. */
function formatOf(node: PlainNode, call: CallExpr, context: ClassContext): Expr | null {
  const object = childIn(node, 'expression');
  const { callee, args, span } = call;
  if (object === undefined || callee.kind !== 'member' || !/^[sS]tring$/.test(sourceOf(object, context))) return null;
  if (callee.property === 'Concat' && args.length > 1)
    return joinParts(
      args.map(arg => arg.value),
      span,
    );
  const format = args[0]?.value;
  return callee.property === 'Format' && format?.kind === 'string'
    ? formatWithHoles(format.value, args.slice(1), span)
    : null;
}
