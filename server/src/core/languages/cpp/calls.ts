/** C++'s calls and constructions. */
import { addCall } from '../addCall.ts';
import type { ClassContext } from '../classContext.ts';
import type { Argument, CallExpr, Expr } from '../facts.ts';
import { childIn, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { memberAt } from '../shapes.ts';
import { walkExpression, walkInside, walkOperand } from './expressions.ts';
import { madeString } from './strings.ts';
import { onlyTypeArgument, templateIn, typeOf } from './types.ts';

/** A call. As a value it may be the text that it makes, or what it was called on. */
export function walkCall(node: PlainNode, context: ClassContext): Expr {
  const calleeNode = childIn(node, 'function');
  const list = childIn(node, 'arguments');
  if (calleeNode === undefined || list === undefined) return walkInside(node, context);
  const callee = walkOperand(calleeNode, context);
  const args = MOCKS.has(lastName(callee)) ? mockedArguments(list, context) : argumentsOf(list, context);
  const template = templateIn(calleeNode);
  const typeArgument = onlyTypeArgument(template, context);
  const isBraced = list.type === 'initializer_list';
  const call = addCall(callee, args, isBraced, spanOfPlain(node), typeArgument, context);
  const name = lastName(callee);
  // What only hands on what it was called on.
  if (callee.kind === 'member' && args.length === 0 && SAME.has(name)) return callee.object;
  return madeString(name, args, call.span) ?? call;
}

/** `EXPECT_CALL(mock, Method(args))` names the method of the mock without saying so. */
function mockedArguments(list: PlainNode, context: ClassContext): readonly Argument[] {
  const [mockNode, questionNode, ...more] = list.children;
  const nameNode = questionNode?.type === 'call_expression' ? childIn(questionNode, 'function') : undefined;
  const inner = questionNode === undefined ? undefined : childIn(questionNode, 'arguments');
  const isPlain = mockNode !== undefined && questionNode !== undefined && inner !== undefined && more.length === 0;
  if (!isPlain || nameNode?.type !== 'identifier') return argumentsOf(list, context);
  const object = walkOperand(mockNode, context);
  const callee = memberAt(object, nameNode, spanOfPlain(nameNode), context);
  const args = argumentsOf(inner, context);
  const value = addCall(callee, args, false, spanOfPlain(questionNode), null, context);
  return [object, value].map(expr => ({ name: null, value: expr, spread: false }));
}

/** gMock's macros. */
const MOCKS: ReadonlySet<string> = new Set(['EXPECT_CALL', 'ON_CALL']);

/** `new T(…)` and `T{…}`. */
export function walkConstruction(node: PlainNode, context: ClassContext): Expr {
  const typeNode = childIn(node, 'type');
  const list = childIn(node, 'arguments') ?? childIn(node, 'value');
  if (typeNode === undefined) return walkInside(node, context);
  return constructionOf(typeOf(typeNode, context), list, spanOfPlain(node), context) ?? walkInside(node, context);
}

/** An object of a type, made of what stands in parentheses or braces; null for a type without a name. */
export function constructionOf(
  type: Expr,
  list: PlainNode | undefined,
  span: CallExpr['span'],
  context: ClassContext,
): Expr | null {
  if (type.kind === 'other') return null;
  const args = list === undefined ? [] : argumentsOf(list, context);
  const call = addCall(type, args, true, span, null, context);
  return madeString(lastName(type), args, span) ?? call;
}

/** The arguments between parentheses or braces; `.key = value` has a name. */
export function argumentsOf(list: PlainNode, context: ClassContext): readonly Argument[] {
  return list.children.flatMap((child): Argument[] => {
    if (child.type === 'initializer_pair') {
      const designator = childIn(child, 'designator');
      const name = designator?.children[0];
      const value = childIn(child, 'value');
      if (value === undefined) return [];
      const given = walkExpression(value, context);
      return [{ name: name === undefined ? null : sourceOf(name, context), value: given, spread: false }];
    }
    const spread = child.type === 'parameter_pack_expansion';
    return [{ name: null, value: walkExpression(child, context), spread }];
  });
}

/** The name a callee or a type ends in. */
export function lastName(expr: Expr): string {
  return expr.kind === 'member' ? expr.property : expr.kind === 'name' ? expr.name : '';
}

const SAME: ReadonlySet<string> = new Set(['c_str', 'data', 'lock', 'str', 'toStdString', 'value']);
