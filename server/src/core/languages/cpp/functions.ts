/** C++'s functions, lambdas and their parameters, and what declarators declare. */
import { addReturn, type ClassContext, inBlock, nameOf, nameSpanOf } from '../classContext.ts';
import type { Expr, ParameterFact } from '../facts.ts';
import { childIn, childOfType, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { argumentsOf } from './calls.ts';
import { walkExpression } from './expressions.ts';
import { walkErrors, walkNode } from './statements.ts';
import { pathOf, typeOf } from './types.ts';

/** What a declarator declares. */
export interface Declared {
  /** The last part of its name. */
  readonly name: PlainNode;
  /** `A::B` of `A::B::name`, or null. */
  readonly scope: Expr | null;
  /** Of a function: the node with its parameters. */
  readonly fn: PlainNode | null;
}

/** Opens pointers, references, arrays and parentheses; null where no name is declared. */
export function declaredBy(node: PlainNode, context: ClassContext): Declared | null {
  let at = node;
  let fn: PlainNode | null = null;
  for (;;) {
    if (at.type === 'function_declarator') fn ??= at;
    if (at.start === at.end) return null;
    if (/^(?:field_|type_)?identifier$/.test(at.type) || at.type === 'operator_name' || at.type === 'destructor_name') {
      return { name: at, scope: null, fn };
    }
    if (at.type === 'qualified_identifier') return qualifiedName(at, fn, context);
    const inner: PlainNode | undefined =
      childIn(at, 'declarator') ?? at.children.find(child => DECLARATORS.test(child.type));
    if (inner === undefined) return null;
    at = inner;
  }
}

const DECLARATORS = /declarator$|identifier$/;

/** A function with or without a body. Where it is defined outside its class, an extension of that stands around it. */
export function walkFunction(node: PlainNode, declared: Declared, context: ClassContext): void {
  const span = spanOfPlain(node);
  const around = declared.scope === null ? context : extensionOf(declared.scope, span, context);
  const returns: Expr[] = [];
  const inner: ClassContext = { ...inBlock(node, around), returns };
  const parameters = parametersOf(declared.fn === null ? undefined : childIn(declared.fn, 'parameters'), inner);
  const trailing = declared.fn === null ? undefined : childOfType(declared.fn, 'trailing_return_type');
  const resultNode = trailing?.children[0] ?? childIn(node, 'type');
  const result = resultNode === undefined ? null : typeOf(resultNode, around);
  walkInitializers(node, inner);
  const body = childIn(node, 'body') ?? childOfType(node, 'compound_statement') ?? childOfType(node, 'try_statement');
  if (body !== undefined) walkNode(body, inner);
  walkErrors(node, inner);
  const isMethod = around.scope === null && around.owner !== null;
  const hasBody = body !== undefined || childOfType(node, 'default_method_clause') !== undefined;
  context.sink.functions.push({
    name: /identifier$/.test(declared.name.type) ? nameOf(declared.name, context) : null,
    nameSpan: nameSpanOf(declared.name, context),
    owner: isMethod ? around.owner.name : null,
    parameters,
    returns,
    ...(result === null || result.kind === 'other' ? {} : { resultType: result }),
    ...(hasBody ? {} : { declared: true as const }),
    span,
  });
}

/** `[this](const T& x) { … }` */
export function walkLambda(node: PlainNode, context: ClassContext): Expr {
  const span = spanOfPlain(node);
  const returns: Expr[] = [];
  const inner: ClassContext = { ...inBlock(node, context), returns };
  const declarator = childIn(node, 'declarator');
  const parameters = parametersOf(declarator && childIn(declarator, 'parameters'), inner);
  const body = childIn(node, 'body');
  if (body !== undefined) walkNode(body, inner);
  walkErrors(node, inner);
  const nameSpan = { start: span.start, end: span.start };
  context.sink.functions.push({ name: null, nameSpan, owner: null, parameters, returns, span });
  return { kind: 'function', span };
}

/** The type around what is defined outside it: `bool A::B::f() { … }` extends `A::B`. */
export function extensionOf(scope: Expr, span: Expr['span'], context: ClassContext): ClassContext {
  const name = scope.kind === 'member' ? scope.property : scope.kind === 'name' ? scope.name : '';
  const nameSpan = scope.kind === 'member' ? scope.propertySpan : scope.span;
  context.sink.types.push({ name, nameSpan, form: 'extension', bases: [scope], span });
  return { ...context, owner: { name, span }, scope: null, returns: null };
}

/** A returned value. */
export function walkReturn(node: PlainNode, context: ClassContext): void {
  const [value] = node.children;
  if (value !== undefined) addReturn(walkExpression(value, context), context);
}

function qualifiedName(node: PlainNode, fn: PlainNode | null, context: ClassContext): Declared | null {
  let last = node;
  while (last.type === 'qualified_identifier') {
    const name: PlainNode | undefined = childIn(last, 'name');
    if (name === undefined || name.start === name.end) return null;
    last = name;
  }
  const whole = pathOf(node, null, context);
  const name = last.type === 'template_function' ? (childIn(last, 'name') ?? last) : last;
  return { name, scope: whole.kind === 'member' ? whole.object : null, fn };
}

function parametersOf(list: PlainNode | undefined, context: ClassContext): readonly ParameterFact[] {
  const parameters: ParameterFact[] = [];
  for (const child of list?.children ?? []) {
    if (!/^(?:optional_|variadic_)?parameter_declaration$/.test(child.type)) continue;
    const typeNode = childIn(child, 'type');
    const written = typeNode === undefined ? null : typeOf(typeNode, context);
    const declaratorNode = childIn(child, 'declarator');
    const declared = declaratorNode === undefined ? null : declaredBy(declaratorNode, context);
    const value = childIn(child, 'default_value');
    if (written === null && declared === null) continue;
    const place = declared?.name ?? typeNode ?? child;
    const name = declared === null ? '' : sourceOf(declared.name, context);
    const type = written === null || written.kind === 'other' ? null : written;
    // `f(void)` takes nothing.
    if (declared === null && typeNode !== undefined && sourceOf(typeNode, context) === 'void') continue;
    context.scope?.names.set(name, context.scope.span);
    parameters.push({
      name,
      nameSpan: declared === null ? { start: place.end, end: place.end } : nameSpanOf(place, context),
      position: parameters.length,
      property: null,
      type,
      defaultValue: value === undefined ? null : walkExpression(value, context),
    });
  }
  return parameters;
}

/** `: a_(b), Base(c)`: what a constructor gives its fields. */
function walkInitializers(node: PlainNode, context: ClassContext): void {
  const { owner } = context;
  for (const child of childOfType(node, 'field_initializer_list')?.children ?? []) {
    const [name, list] = child.children;
    if (name === undefined || list === undefined) continue;
    const args = argumentsOf(list, context);
    const only = args.length === 1 ? args[0]!.value : null;
    if (name.type !== 'field_identifier' || owner === null || only === null || only.kind === 'other') continue;
    const nameSpan = spanOfPlain(name);
    context.sink.bindings.push({
      name: sourceOf(name, context),
      nameSpan,
      owner: owner.name,
      value: only,
      type: null,
      form: 'field',
      scope: owner.span,
    });
  }
}
