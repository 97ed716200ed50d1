/** Scala's functions, lambdas, values and types. */

import {
  addReturn,
  type ClassContext,
  declareLocal,
  inBlock,
  nameOf,
  nameSpanOf,
  type Owner,
} from '../classContext.ts';
import type { BindingFact, CallExpr, Expr, ParameterFact, TypeFact } from '../facts.ts';
import { FILE_SCOPE } from '../language.ts';
import { childIn, childOfType, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { otherAt } from '../shapes.ts';
import { withBounds } from '../typeBounds.ts';
import { argumentsOf, walkAnnotations } from './calls.ts';
import { declarePattern, walkCase, walkExpression } from './expressions.ts';
import { walkErrors, walkNode } from './statements.ts';
import { basesOf, namedType, typeOf } from './types.ts';

/** `def f(a: A)(implicit b: B): C = …`; without parameters it can be read like a value. */
export function walkFunction(node: PlainNode, receiver: ParameterFact | null, outer: ClassContext): void {
  const context = withBounds(node, outer, typeOf);
  walkAnnotations(node, context);
  const nameNode = childIn(node, 'name');
  const isConstructor = nameNode !== undefined && sourceOf(nameNode, context) === 'this';
  const span = spanOfPlain(node);
  const returns: Expr[] = [];
  const inner: ClassContext = { ...inBlock(node, context), returns };
  const lists = node.children.filter(child => child.type === 'parameters');
  const parameters = [...(receiver === null ? [] : [receiver]), ...parametersOf(lists, inner)];
  const resultType = namedType(childIn(node, 'return_type'), context);
  const body = childIn(node, 'body');
  if (body !== undefined) {
    const value = walkExpression(body, inner);
    if (value.kind !== 'other' && !isConstructor) addReturn(value, inner);
  }
  walkErrors(node, inner);
  const isKnown = nameNode !== undefined && nameNode.start < nameNode.end;
  const owner = context.scope === null ? (context.owner?.name ?? null) : null;
  const name = isConstructor ? owner : isKnown ? nameOf(nameNode, context) : null;
  const nameSpan = isKnown ? nameSpanOf(nameNode, context) : { start: span.start, end: span.start };
  context.sink.functions.push({
    name,
    nameSpan,
    owner,
    parameters,
    returns,
    ...(resultType === null ? {} : { resultType }),
    span,
  });
  if (
    isKnown &&
    !isConstructor &&
    lists.length === 0 &&
    receiver === null &&
    body !== undefined &&
    returns.length === 1
  ) {
    addBinding(
      nameNode,
      { value: returns[0]!, type: resultType, form: context.owner === null ? 'variable' : 'field' },
      context,
    );
  }
}

/** `x => …`, `{ case … }` */
export function walkLambda(node: PlainNode, context: ClassContext): Expr {
  const span = spanOfPlain(node);
  const returns: Expr[] = [];
  const inner: ClassContext = { ...inBlock(node, context), returns };
  const written = childIn(node, 'parameters');
  const parameters: ParameterFact[] = [];
  const names = written?.type === 'identifier' ? [written] : (written?.children ?? []);
  for (const child of names) {
    const nameNode = child.type === 'identifier' ? child : (childIn(child, 'name') ?? childOfType(child, 'identifier'));
    if (nameNode === undefined || nameNode.start === nameNode.end) continue;
    const name = nameOf(nameNode, inner);
    inner.scope?.names.set(name, span);
    const type = namedType(childIn(child, 'type'), inner);
    parameters.push({
      name,
      nameSpan: nameSpanOf(nameNode, inner),
      position: parameters.length,
      property: null,
      type,
      defaultValue: null,
    });
  }
  let last: Expr = otherAt(node);
  for (const child of node.children) {
    if (child === written) continue;
    last = child.type === 'case_clause' ? walkCase(child, null, inner) : walkExpression(child, inner);
  }
  walkErrors(node, inner);
  if (last.kind !== 'other' && node.type === 'lambda_expression') addReturn(last, inner);
  const nameSpan = { start: span.start, end: span.start };
  context.sink.functions.push({ name: null, nameSpan, owner: null, parameters, returns, span });
  return { kind: 'function', span };
}

/** A class, trait, object or enum with everything in it. */
export function walkType(node: PlainNode, form: TypeFact['form'], outer: ClassContext): void {
  const context = withBounds(node, outer, typeOf);
  walkAnnotations(node, context);
  const nameNode = childIn(node, 'name');
  if (nameNode === undefined) return;
  const name = nameOf(nameNode, context);
  const span = spanOfPlain(node);
  const extended = childIn(node, 'extend');
  context.sink.types.push({
    name,
    nameSpan: nameSpanOf(nameNode, context),
    form,
    bases: basesOf(extended, context),
    span,
  });
  const inner: ClassContext = { ...context, owner: { name, span }, scope: null, returns: null };
  const lists = node.children.filter(child => child.type === 'class_parameters');
  if (lists.length > 0) walkConstructor(node, nameNode, lists, inner.owner!, inner);
  walkBaseCall(extended, inner);
  const body = childIn(node, 'body');
  const modifiers = childOfType(node, 'modifiers');
  const isImplicit = modifiers !== undefined && /\bimplicit\b/.test(sourceOf(modifiers, context));
  const receiver = isImplicit
    ? receiverOf(
        lists[0]?.children.find(child => child.type === 'class_parameter'),
        inner,
      )
    : null;
  if (body !== undefined && receiver === null) walkBody(body, inner);
  for (const member of receiver === null ? [] : (body?.children ?? [])) {
    if (member.type === 'function_definition') walkFunction(member, receiver, inner);
    else walkNode(member, inner);
  }
  walkErrors(node, inner);
}

/** What an extension, or the methods of an implicit class, are called on. */
export function receiverOf(parameter: PlainNode | undefined, context: ClassContext): ParameterFact | null {
  const nameNode = parameter && childIn(parameter, 'name');
  if (parameter === undefined || nameNode === undefined) return null;
  const type = namedType(childIn(parameter, 'type'), context);
  const nameSpan = nameSpanOf(nameNode, context);
  return { name: nameOf(nameNode, context), nameSpan, position: -1, property: null, type, defaultValue: null };
}

/** What stands between the braces of a type, or is indented below it. */
export function walkBody(body: PlainNode, context: ClassContext): void {
  for (const member of body.children) walkNode(member, context);
}

/** `extends Base(args)` constructs the base. */
export function walkBaseCall(clause: PlainNode | undefined, context: ClassContext): void {
  const lists = (clause?.children ?? []).filter(child => child.type === 'arguments');
  const type = clause === undefined ? undefined : childIn(clause, 'type');
  if (type === undefined || lists.length === 0) return;
  const callee = typeOf(type.type === 'generic_type' ? (childIn(type, 'type') ?? type) : type, context);
  const args = lists.flatMap(list => argumentsOf(list, context));
  const nameSpan = callee.kind === 'member' ? callee.propertySpan : callee.span;
  context.sink.calls.push({
    kind: 'call',
    callee,
    args,
    construct: true,
    nameSpan,
    span: { start: type.start, end: lists.at(-1)!.end },
  });
}

/** `case Pay extends Gate("pay")` and `case A, B`: constants that construct their enum. */
export function walkEnumCase(node: PlainNode, context: ClassContext): void {
  const nameNode = childIn(node, 'name');
  if (nameNode === undefined || nameNode.start === nameNode.end || context.owner === null) return;
  const nameSpan = nameSpanOf(nameNode, context);
  const lists = (childIn(node, 'extend')?.children ?? []).filter(child => child.type === 'arguments');
  const args = lists.flatMap(list => argumentsOf(list, context));
  addBinding(
    nameNode,
    { value: constant(args, nameSpan, spanOfPlain(node), context), type: null, form: 'enum-member' },
    context,
  );
}

/** `val a: A = b`, `lazy val`, `var`, and patterns. */
export function walkValue(node: PlainNode, context: ClassContext): void {
  walkAnnotations(node, context);
  const pattern = childIn(node, 'pattern') ?? childIn(node, 'name');
  const valueNode = childIn(node, 'value');
  const type = namedType(childIn(node, 'type'), context);
  const given = valueNode === undefined ? null : walkExpression(valueNode, context);
  if (pattern === undefined) return;
  const names = pattern.type === 'identifiers' ? pattern.children : [pattern];
  for (const name of names) {
    if (name.type !== 'identifier') {
      declarePattern(name, given, context);
      continue;
    }
    const listed = given === null ? null : enumerated(given, name, context);
    if (listed !== null) addBinding(name, listed, context);
    else addBinding(name, { value: given, type, form: formOf(node, context) }, context);
  }
}

/** Declares a name: a local one, a member of the type around, or one that the package object or the file gives. */
export function addBinding(
  nameNode: PlainNode,
  given: Pick<BindingFact, 'value' | 'type' | 'form'>,
  context: ClassContext,
): void {
  if (context.scope !== null) {
    declareLocal(nameNode, given, context);
    return;
  }
  const { owner } = context;
  const name = nameOf(nameNode, context);
  const scope = owner?.span ?? context.around ?? FILE_SCOPE;
  context.sink.bindings.push({
    name,
    nameSpan: nameSpanOf(nameNode, context),
    owner: owner?.name ?? null,
    ...given,
    scope,
  });
}

/** A value of an `Enumeration`: `Value` stands for its name, `Value("a")` for the text. */
function enumerated(
  given: Expr,
  nameNode: PlainNode,
  context: ClassContext,
): Pick<BindingFact, 'value' | 'type' | 'form'> | null {
  if (context.owner === null || context.scope !== null) return null;
  const isCall = given.kind === 'call' && given.callee.kind === 'name' && given.callee.name === 'Value';
  const text = isCall ? given.args.find(argument => argument.value.kind === 'string')?.value : undefined;
  if (text !== undefined) return { value: text, type: null, form: 'constant' };
  if (!isCall && !(given.kind === 'name' && given.name === 'Value')) return null;
  const nameSpan = nameSpanOf(nameNode, context);
  return { value: constant([], nameSpan, nameSpan, context), type: null, form: 'enum-member' };
}

function constant(args: CallExpr['args'], nameSpan: Expr['span'], span: Expr['span'], context: ClassContext): CallExpr {
  const callee: Expr = { kind: 'name', name: context.owner?.name ?? '', span: nameSpan };
  const value: CallExpr = { kind: 'call', callee, args, construct: true, nameSpan, span };
  context.sink.calls.push(value);
  return value;
}

function formOf(node: PlainNode, context: ClassContext): BindingFact['form'] {
  if (node.type.startsWith('var')) return context.owner === null || context.scope !== null ? 'variable' : 'field';
  return context.owner === null || context.scope !== null ? 'constant' : 'field';
}

/** The parameters of all lists. Those of an implicit list are given by nobody. */
function parametersOf(lists: readonly PlainNode[], context: ClassContext): readonly ParameterFact[] {
  const parameters: ParameterFact[] = [];
  let position = 0;
  for (const list of lists) {
    const isImplicit = /^\(\s*(?:implicit|using)\b/.test(context.text.slice(list.start, list.start + 40));
    for (const child of list.children) {
      if (child.type !== 'parameter' && child.type !== 'class_parameter') continue;
      walkAnnotations(child, context);
      const nameNode = childIn(child, 'name');
      if (nameNode === undefined || nameNode.start === nameNode.end) continue;
      const name = nameOf(nameNode, context);
      const value = childIn(child, 'default_value');
      context.scope?.names.set(name, context.scope.span);
      const implied: Expr | null = isImplicit ? otherAt(child) : null;
      parameters.push({
        name,
        nameSpan: nameSpanOf(nameNode, context),
        position: isImplicit ? Number.MAX_SAFE_INTEGER : position++,
        property: null,
        type: namedType(childIn(child, 'type'), context),
        defaultValue: value === undefined ? implied : walkExpression(value, context),
      });
    }
  }
  return parameters;
}

/** A class's parameters: of a function that spans the class; fields where they are `val`s, or the class is a case class. */
function walkConstructor(
  node: PlainNode,
  nameNode: PlainNode,
  lists: readonly PlainNode[],
  owner: Owner,
  context: ClassContext,
): void {
  const { name, span } = owner;
  const parameters = parametersOf(lists, context);
  const { sink } = context;
  sink.functions.push({ name, nameSpan: nameSpanOf(nameNode, context), owner: name, parameters, returns: [], span });
  const isCase = /\bcase\s+$/.test(context.text.slice(node.start, nameNode.start).replace(/class\s+$/, ''));
  for (const { name: own, nameSpan, type, position } of parameters) {
    const isField = /\b(?:val|var)\s+$/.test(
      context.text.slice(Math.max(node.start, nameSpan.start - 30), nameSpan.start),
    );
    if (!isField && !(isCase && position < Number.MAX_SAFE_INTEGER) && node.type !== 'enum_definition') continue;
    const value: Expr = { kind: 'name', name: own, span: nameSpan };
    sink.bindings.push({ name: own, nameSpan, owner: name, value, type, form: 'field', scope: span });
  }
}
