/** Kotlin's functions, lambdas, properties and types. */

import {
  addReturn,
  type ClassContext,
  declareLocal,
  declareMember,
  inBlock,
  nameOf,
  nameSpanOf,
  type Owner,
} from '../classContext.ts';
import type { BindingFact, CallExpr, Expr, ParameterFact, TypeFact } from '../facts.ts';
import { childIn, childOfType, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { otherAt } from '../shapes.ts';
import { withBounds } from '../typeBounds.ts';
import { argumentsOf, walkConstructorCall, walkModifiers } from './calls.ts';
import { walkBlock, walkExpression, walkStatements } from './expressions.ts';
import { walkErrors, walkNode } from './statements.ts';
import { basesOf, declaredType, TYPES, typeOf } from './types.ts';

/** A function: of the type around, of the file, or of a block. */
export function walkFunction(node: PlainNode, outer: ClassContext): void {
  const context = withBounds(node, outer, typeOf);
  walkModifiers(node, context);
  const nameNode = childIn(node, 'name');
  const receiver = node.children.find(child => TYPES.has(child.type) && child.end <= (nameNode?.start ?? 0));
  const owner = context.scope === null ? (context.owner?.name ?? null) : null;
  addFunction(node, nameNode, owner, receiver, context);
}

/** `fun(x: Int): Int { … }` as a value. */
export function walkAnonymousFunction(node: PlainNode, context: ClassContext): Expr {
  addFunction(node, undefined, null, undefined, context);
  return { kind: 'function', span: spanOfPlain(node) };
}

/** `constructor(…) : this(…) { … }` */
export function walkSecondaryConstructor(node: PlainNode, context: ClassContext): void {
  walkModifiers(node, context);
  const { owner } = context;
  const span = spanOfPlain(node);
  const inner = { ...inBlock(node, context), returns: [] };
  const parameters = parametersOf(childOfType(node, 'function_value_parameters'), inner);
  for (const child of node.children) {
    if (child.type === 'constructor_delegation_call') walkConstructorCall(child, inner);
    else if (child.type === 'block') walkBlock(child, inner);
  }
  const nameSpan = { start: span.start, end: span.start };
  context.sink.functions.push({
    name: owner?.name ?? null,
    nameSpan,
    owner: owner?.name ?? null,
    parameters,
    returns: [],
    span,
  });
}

/** A lambda. One without parameters of its own has `it`. */
export function walkLambda(node: PlainNode, context: ClassContext): Expr {
  const span = spanOfPlain(node);
  const inner: ClassContext = { ...inBlock(node, context), returns: null };
  const written = childOfType(node, 'lambda_parameters');
  const parameters: ParameterFact[] = [];
  const add = (name: string, nameSpan: ParameterFact['nameSpan'], type: Expr | null) => {
    inner.scope?.names.set(name, span);
    parameters.push({ name, nameSpan, position: parameters.length, property: null, type, defaultValue: null });
  };
  if (written === undefined) add('it', { start: span.start, end: span.start }, null);
  for (const child of written?.children ?? []) {
    const nameNode = childOfType(child, 'identifier');
    if (nameNode !== undefined) add(nameOf(nameNode, inner), nameSpanOf(nameNode, inner), declaredType(child, inner));
  }
  const last = walkStatements(node, inner);
  walkErrors(node, inner);
  const nameSpan = { start: span.start, end: span.start };
  const returns = last.kind === 'other' ? [] : [last];
  context.sink.functions.push({ name: null, nameSpan, owner: null, parameters, returns, span });
  return { kind: 'function', span };
}

/** A class, interface, enum or object with everything in it. */
export function walkType(node: PlainNode, form: TypeFact['form'], outer: ClassContext): void {
  const context = withBounds(node, outer, typeOf);
  walkModifiers(node, context);
  const nameNode = childIn(node, 'name');
  const name = nameNode === undefined ? '' : nameOf(nameNode, context);
  const span = spanOfPlain(node);
  const nameSpan = nameNode === undefined ? { start: span.start, end: span.start } : nameSpanOf(nameNode, context);
  context.sink.types.push({ name, nameSpan, form, bases: basesOf(node, context), span });
  const inner: ClassContext = { ...context, owner: { name, span }, scope: null, returns: null };
  const primary = childOfType(node, 'primary_constructor');
  if (primary !== undefined && nameNode !== undefined) walkPrimaryConstructor(primary, nameNode, inner.owner!, inner);
  walkBody(node, inner);
  walkErrors(node, inner);
}

/** `object : Foo { … }` as a value: a type without a name. */
export function walkObject(node: PlainNode, context: ClassContext): Expr {
  const span = spanOfPlain(node);
  const nameSpan = { start: span.start, end: span.start };
  context.sink.types.push({ name: '', nameSpan, form: 'class', bases: basesOf(node, context), span });
  walkBody(node, { ...context, owner: { name: '', span }, scope: null, returns: null });
  return otherAt(node);
}

/** What stands in the bases of a type and between its braces. A companion object's members are those of the type around it. */
export function walkBody(node: PlainNode, context: ClassContext): void {
  for (const specifier of childOfType(node, 'delegation_specifiers')?.children ?? []) {
    for (const child of specifier.children) {
      if (child.type === 'constructor_invocation') walkConstructorCall(child, context);
      else if (child.type === 'explicit_delegation')
        for (const part of child.children.slice(1)) walkNode(part, context);
    }
  }
  const body = childOfType(node, 'class_body') ?? childOfType(node, 'enum_class_body');
  for (const member of body?.children ?? []) walkNode(member, context);
}

/** `PAY("pay") { … }`: a constant that constructs its enum. */
export function walkEnumEntry(node: PlainNode, context: ClassContext): void {
  walkModifiers(node, context);
  const nameNode = childOfType(node, 'identifier');
  if (nameNode === undefined || nameNode.start === nameNode.end || context.owner === null) return;
  const nameSpan = nameSpanOf(nameNode, context);
  const callee: Expr = { kind: 'name', name: context.owner.name, span: nameSpan };
  const args = argumentsOf(childOfType(node, 'value_arguments'), context);
  const value: CallExpr = { kind: 'call', callee, args, construct: true, nameSpan, span: spanOfPlain(node) };
  context.sink.calls.push(value);
  declareMember(nameNode, { value, type: null, form: 'enum-member' }, context);
  if (childOfType(node, 'class_body') !== undefined) walkObject(node, context);
}

/** A property or a local variable. */
export function walkProperty(node: PlainNode, context: ClassContext): void {
  walkModifiers(node, context);
  const names = childOfType(node, 'multi_variable_declaration');
  const declaration = childOfType(node, 'variable_declaration');
  const getter = childOfType(node, 'getter');
  const delegate = childOfType(node, 'property_delegate');
  const written = node.children.find(child => !PARTS_OF_PROPERTY.has(child.type) && !TYPES.has(child.type));
  if (names !== undefined) {
    const value = written === undefined ? null : walkExpression(written, context);
    declareParts(names, value, context);
    return;
  }
  const nameNode = declaration && childOfType(declaration, 'identifier');
  if (declaration === undefined || nameNode === undefined) return;
  walkModifiers(declaration, context);
  const type = declaredType(declaration, context);
  const given =
    written !== undefined
      ? walkExpression(written, context)
      : delegate !== undefined
        ? delegated(delegate, type, context)
        : null;
  const extended = node.children.find(child => TYPES.has(child.type) && child.end <= nameNode.start);
  const isExtension = extended !== undefined;
  const computed = getter === undefined ? null : walkGetter(getter, nameNode, type, extended, context);
  for (const child of node.children) if (child.type === 'setter') walkSetter(child, context);
  const value = given ?? computed;
  if (context.scope !== null) {
    declareLocal(nameNode, { value, type, form: isConstant(node, context) ? 'constant' : 'variable' }, context);
  } else if (!isExtension) declareMember(nameNode, { value, type, form: formOf(node, context) }, context);
}

const PARTS_OF_PROPERTY: ReadonlySet<string> = new Set([
  'getter',
  'modifiers',
  'multi_variable_declaration',
  'property_delegate',
  'setter',
  'type_constraints',
  'type_parameters',
  'variable_declaration',
]);

function formOf(node: PlainNode, context: ClassContext): BindingFact['form'] {
  if (isConstant(node, context)) return 'constant';
  return context.owner === null ? 'variable' : 'field';
}

function isConstant(node: PlainNode, context: ClassContext): boolean {
  const modifiers = childOfType(node, 'modifiers');
  if (modifiers !== undefined && /\bconst\b/.test(sourceOf(modifiers, context))) return true;
  const isOpen = context.owner === null || context.scope !== null;
  return isOpen && /^(?:@\S+\s+)*(?:\w+\s+)*val\b/.test(context.text.slice(node.start, node.end));
}

/** `by lazy { … }` gives what its lambda does; any other delegate something of the declared type, if there is one. */
function delegated(node: PlainNode, type: Expr | null, context: ClassContext): Expr | null {
  const [value] = node.children;
  if (value === undefined) return null;
  const expr = walkExpression(value, context);
  if (expr.kind !== 'call') return null;
  if (expr.callee.kind !== 'name' || expr.callee.name !== 'lazy') {
    addDelegateCall(node, expr, context);
    return type === null ? expr : null;
  }
  const lambda = expr.args.at(-1)?.value;
  const fn = context.sink.functions.find(
    ({ span }) => span.start === lambda?.span.start && span.end === lambda.span.end,
  );
  return fn?.returns[0] ?? null;
}

/** Reading a delegated property calls its delegate's `getValue`. */
function addDelegateCall(node: PlainNode, object: Expr, context: ClassContext): void {
  const nameSpan = { start: node.start, end: node.start + 'by'.length };
  const span = spanOfPlain(node);
  const callee: Expr = { kind: 'member', object, property: 'getValue', propertySpan: nameSpan, span };
  context.sink.calls.push({ kind: 'call', callee, args: [], construct: false, nameSpan, span });
}

/** A getter is a function of its property's name. Returns the only value that it gives. */
function walkGetter(
  node: PlainNode,
  nameNode: PlainNode,
  type: Expr | null,
  extended: PlainNode | undefined,
  context: ClassContext,
): Expr | null {
  const body = childOfType(node, 'function_body');
  if (body === undefined) return null;
  const returns: Expr[] = [];
  const inner: ClassContext = { ...inBlock(node, context), returns };
  walkFunctionBody(body, inner);
  const owner = context.scope === null ? (context.owner?.name ?? null) : null;
  const common = { name: nameOf(nameNode, context), nameSpan: nameSpanOf(nameNode, context), owner };
  const parameters = extended === undefined ? [] : [receiverOf(extended, context)];
  context.sink.functions.push({ ...common, parameters, returns, ...resultOf(type), span: spanOfPlain(node) });
  return returns.length === 1 ? returns[0]! : null;
}

function walkSetter(node: PlainNode, context: ClassContext): void {
  const body = childOfType(node, 'function_body');
  if (body !== undefined) walkFunctionBody(body, { ...inBlock(node, context), returns: [] });
}

function walkFunctionBody(body: PlainNode, context: ClassContext): void {
  const [only] = body.children;
  if (only === undefined) return;
  if (only.type === 'block') walkBlock(only, context);
  else addReturn(walkExpression(only, context), context);
}

/** `val (a, b) = pair`: parts by their position. */
function declareParts(node: PlainNode, value: Expr | null, context: ClassContext): void {
  node.children.forEach((declaration, position) => {
    const name = childOfType(declaration, 'identifier');
    if (name === undefined) return;
    const part = value?.kind === 'array' ? (value.items[position] ?? null) : null;
    declareLocal(name, { value: part, type: declaredType(declaration, context), form: 'variable' }, context);
  });
}

function addFunction(
  node: PlainNode,
  nameNode: PlainNode | undefined,
  owner: string | null,
  receiver: PlainNode | undefined,
  context: ClassContext,
): void {
  const span = spanOfPlain(node);
  const returns: Expr[] = [];
  const inner: ClassContext = { ...inBlock(node, context), returns };
  const list = childOfType(node, 'function_value_parameters');
  const parameters = [...parametersOf(list, inner)];
  if (receiver !== undefined) {
    parameters.unshift(receiverOf(receiver, inner));
  }
  const result = node.children.find(child => TYPES.has(child.type) && child.start >= (list?.end ?? child.end));
  const resultType = result === undefined ? null : typeOf(result, context);
  const body = childOfType(node, 'function_body');
  if (body !== undefined) walkFunctionBody(body, inner);
  walkErrors(node, inner);
  const known = nameNode !== undefined && nameNode.start < nameNode.end;
  context.sink.functions.push({
    name: known ? nameOf(nameNode, context) : null,
    nameSpan: known ? nameSpanOf(nameNode, context) : { start: span.start, end: span.start },
    owner,
    parameters,
    returns,
    ...resultOf(resultType),
    span,
  });
}

/** What an extension is called on. */
function receiverOf(node: PlainNode, context: ClassContext): ParameterFact {
  const nameSpan = { start: node.start, end: node.start };
  return { name: 'this', nameSpan, position: -1, property: null, type: typeOf(node, context), defaultValue: null };
}

function resultOf(type: Expr | null): { readonly resultType?: Expr } {
  return type === null || type.kind === 'other' ? {} : { resultType: type };
}

/** The parameters of a list, with what they are by default. They are names of the function's block. */
function parametersOf(node: PlainNode | undefined, context: ClassContext): readonly ParameterFact[] {
  const parameters: ParameterFact[] = [];
  const children = node?.children ?? [];
  children.forEach((child, index) => {
    if (child.type === 'parameter_modifiers') walkModifiers(child, context);
    if (child.type !== 'parameter' && child.type !== 'class_parameter') return;
    walkModifiers(child, context);
    const nameNode = childOfType(child, 'identifier');
    if (nameNode === undefined || nameNode.start === nameNode.end) return;
    const next = children[index + 1];
    const own = child.type === 'class_parameter' ? child.children.filter(part => !NOT_DEFAULT.has(part.type)) : [];
    const after = next !== undefined && !PARAMETERS.has(next.type) ? next : own.at(-1);
    const isDefault = after !== undefined && !TYPES.has(after.type) && after !== nameNode;
    const name = nameOf(nameNode, context);
    const isOpen =
      children[index - 1]?.type === 'parameter_modifiers' && /\bvararg\b/.test(sourceOf(children[index - 1]!, context));
    const type = declaredType(child, context);
    context.scope?.names.set(name, context.scope.span);
    parameters.push({
      name,
      nameSpan: nameSpanOf(nameNode, context),
      position: parameters.length,
      property: null,
      type: isOpen ? { kind: 'array', items: type === null ? [] : [type], span: spanOfPlain(child) } : type,
      defaultValue: isDefault ? walkExpression(after, context) : null,
    });
  });
  return parameters;
}

const PARAMETERS: ReadonlySet<string> = new Set(['class_parameter', 'parameter', 'parameter_modifiers']);
const NOT_DEFAULT: ReadonlySet<string> = new Set(['identifier', 'modifiers']);

/** A primary constructor: a function that spans its type, and a field for each parameter that is a property. */
function walkPrimaryConstructor(node: PlainNode, nameNode: PlainNode, owner: Owner, context: ClassContext): void {
  walkModifiers(node, context);
  const { name, span } = owner;
  const list = childOfType(node, 'class_parameters');
  const parameters = parametersOf(list, context);
  const { sink } = context;
  sink.functions.push({ name, nameSpan: nameSpanOf(nameNode, context), owner: name, parameters, returns: [], span });
  for (const { name: own, nameSpan, type } of parameters) {
    const declared = (list?.children ?? []).find(child => child.start <= nameSpan.start && child.end >= nameSpan.end);
    if (declared === undefined || !/\b(?:val|var)\s+$/.test(context.text.slice(declared.start, nameSpan.start)))
      continue;
    const value: Expr = { kind: 'name', name: own, span: nameSpan };
    sink.bindings.push({ name: own, nameSpan, owner: name, value, type, form: 'field', scope: span });
  }
}
