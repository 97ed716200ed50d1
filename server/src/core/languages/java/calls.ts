/** Java's method calls, constructions and annotations. */

import { type ClassContext, nameAt } from '../classContext.ts';
import type { Argument, CallExpr, Expr } from '../facts.ts';
import { callOfReference } from '../methodReferences.ts';
import { childIn, childOfType, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { memberAt, otherAt } from '../shapes.ts';
import { collectionOf, copiedList } from './collections.ts';
import { walkExpression, walkOperand } from './expressions.ts';
import { walkAnonymousClass } from './functions.ts';
import { walkNode } from './statements.ts';
import { formatWithVerbs } from './strings.ts';
import { typeOf } from './types.ts';

/** A call, which joins `calls`. As a value, a format call with a constant format is the text it makes, `List.of(…)` the list. */
export function walkCall(node: PlainNode, context: ClassContext): Expr {
  const nameNode = childIn(node, 'name');
  const objectNode = childIn(node, 'object');
  if (nameNode === undefined || nameNode.start === nameNode.end) {
    for (const child of node.children) walkNode(child, context);
    return otherAt(node);
  }
  const name = nameAt(nameNode, context);
  const callee: Expr =
    objectNode === undefined
      ? name
      : memberAt(walkOperand(objectNode, context), nameNode, { start: node.start, end: nameNode.end }, context);
  const args = argumentsOf(childIn(node, 'arguments'), context, callee);
  const call = addCall(callee, args, spanOfPlain(node), context);
  return formatOf(call) ?? collectionOf(call) ?? call;
}

/** `new T(…)`, with the body of an anonymous class if there is one. */
export function walkConstruction(node: PlainNode, context: ClassContext): Expr {
  const type = childIn(node, 'type');
  const args = childIn(node, 'arguments');
  const [first] = node.children;
  if (first !== undefined && first !== type && first !== args && first.field === null) walkNode(first, context);
  if (type === undefined) return otherAt(node);
  const callee = constructedType(type, context);
  const values = argumentsOf(args, context);
  const body = childOfType(node, 'class_body');
  const span = spanOfPlain(node);
  if (body !== undefined) walkAnonymousClass(body, [callee], context);
  const nameSpan = callee.kind === 'member' ? callee.propertySpan : callee.span;
  const call: CallExpr = { kind: 'call', callee, args: values, construct: true, nameSpan, span };
  context.sink.calls.push(call);
  return copiedList(call) ?? call;
}

/** `this(…)` and `super(…)` at the start of a constructor. */
export function walkConstructorCall(node: PlainNode, context: ClassContext): void {
  const keyword = childIn(node, 'constructor');
  const args = argumentsOf(childIn(node, 'arguments'), context);
  if (keyword !== undefined) addCall(nameAt(keyword, context), args, spanOfPlain(node), context);
}

/** An annotation, which joins `decorators` alone. */
export function walkAnnotation(node: PlainNode, context: ClassContext): void {
  const nameNode = childIn(node, 'name');
  if (nameNode === undefined) return;
  const callee = typeOf(nameNode, context);
  const args = (childIn(node, 'arguments')?.children ?? []).map(child => annotationArgument(child, context));
  const nameSpan = callee.kind === 'member' ? callee.propertySpan : callee.span;
  const span = { start: nameNode.start, end: node.end };
  context.sink.decorators.push({ kind: 'call', callee, args, construct: false, nameSpan, span });
}

/** The arguments in a list; what they are handed to tells what a method among them is called with. */
export function argumentsOf(
  node: PlainNode | undefined,
  context: ClassContext,
  handedTo: Expr | null = null,
): readonly Argument[] {
  return (node?.children ?? []).map(child => {
    const value =
      child.type === 'method_reference' ? walkReference(child, handedTo, context) : walkExpression(child, context);
    return { name: null, value, spread: false };
  });
}

/** `flags::isOn`: a call of its own. */
function walkReference(node: PlainNode, handedTo: Expr | null, context: ClassContext): Expr {
  const [objectNode, nameNode, ...more] = node.children;
  if (objectNode === undefined || nameNode?.type !== 'identifier' || more.length > 0) {
    for (const child of node.children) walkNode(child, context);
    return otherAt(node);
  }
  const reference = memberAt(walkOperand(objectNode, context), nameNode, spanOfPlain(node), context);
  context.sink.calls.push(callOfReference(reference, handedTo));
  return otherAt(node);
}

function addCall(callee: Expr, args: readonly Argument[], span: CallExpr['span'], context: ClassContext): CallExpr {
  const nameSpan = callee.kind === 'member' ? callee.propertySpan : callee.span;
  const call: CallExpr = { kind: 'call', callee, args, construct: false, nameSpan, span };
  context.sink.calls.push(call);
  return call;
}

/** `Provider<T>` constructed is a provider, whatever it stands for elsewhere. */
function constructedType(type: PlainNode, context: ClassContext): Expr {
  const base = type.type === 'generic_type' ? type.children[0] : undefined;
  return typeOf(base ?? type, context);
}

function annotationArgument(node: PlainNode, context: ClassContext): Argument {
  const key = childIn(node, 'key');
  const value = childIn(node, 'value');
  if (node.type !== 'element_value_pair' || value === undefined) {
    return { name: null, value: annotationValue(node, context), spread: false };
  }
  return {
    name: key === undefined ? null : sourceOf(key, context),
    value: annotationValue(value, context),
    spread: false,
  };
}

function annotationValue(node: PlainNode, context: ClassContext): Expr {
  if (node.type !== 'annotation' && node.type !== 'marker_annotation') return walkExpression(node, context);
  walkAnnotation(node, context);
  return otherAt(node);
}

function formatOf(call: CallExpr): Expr | null {
  const { callee, args } = call;
  if (callee.kind !== 'member') return null;
  const { object } = callee;
  if (callee.property === 'formatted' && object.kind === 'string')
    return formatWithVerbs(object.value, args, call.span);
  const format = args[0]?.value;
  if (callee.property !== 'format' || object.kind !== 'name' || object.name !== 'String') return null;
  return format?.kind === 'string' ? formatWithVerbs(format.value, args.slice(1), call.span) : null;
}
