/** Python's functions, lambdas and classes. */

import type { Expr, ParameterFact, TypeFact } from '../facts.ts';
import { childIn, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { MAX_RETURNS } from '../shapes.ts';
import { walkDecorator } from './calls.ts';
import type { Context, Owner } from './context.ts';
import { walkExpression, walkType } from './expressions.ts';
import { walkErrors, walkNode } from './statements.ts';

/** The position of a parameter that no positional argument can reach: behind `*`, behind `*args`, and `**kwargs`. */
export const KEYWORD_ONLY_POSITION = Number.MAX_SAFE_INTEGER;

/** Decorators, then the function or class under them. */
export function walkDecorated(node: PlainNode, context: Context): void {
  let isStatic = false;
  for (const child of node.children) {
    if (child.type === 'decorator') {
      walkDecorator(child, context);
      isStatic ||= child.children[0] !== undefined && sourceOf(child.children[0], context) === 'staticmethod';
    } else if (child.type === 'function_definition') walkFunction(child, isStatic ? 'static' : 'plain', context);
    else walkNode(child, context);
  }
}

/** A `def`. In a class body its first parameter is the receiver, unless it is static. */
export function walkFunction(node: PlainNode, form: 'plain' | 'static', context: Context): void {
  const name = childIn(node, 'name');
  const owner = context.body;
  const span = spanOfPlain(node);
  const returnType = childIn(node, 'return_type');
  if (returnType !== undefined) walkType(returnType, { ...context, body: null });
  const parameters = parametersOf(childIn(node, 'parameters'), owner !== null && form === 'plain', context);
  const returns: Expr[] = [];
  const body = childIn(node, 'body');
  const inner = bodyContext(context, owner, parameters, node, returns);
  if (body !== undefined) walkNode(body, inner);
  walkErrors(node, inner);
  const known = name !== undefined && name.start < name.end;
  context.sink.functions.push({
    name: known ? sourceOf(name, context) : null,
    nameSpan: known ? spanOfPlain(name) : { start: span.start, end: span.start },
    owner: owner?.name ?? null,
    parameters,
    returns,
    span,
  });
}

/** A lambda, with the name it is bound to, if any. */
export function walkLambda(node: PlainNode, name: PlainNode | null, context: Context): Expr {
  const span = spanOfPlain(node);
  const owner = name === null ? null : context.body;
  const parameters = parametersOf(childIn(node, 'parameters'), owner !== null, context);
  const body = childIn(node, 'body');
  const inner = bodyContext(context, owner, parameters, node, null);
  const returns = body === undefined ? [] : [walkExpression(body, inner)];
  walkErrors(node, inner);
  context.sink.functions.push({
    name: name === null ? null : sourceOf(name, context),
    nameSpan: name === null ? { start: span.start, end: span.start } : spanOfPlain(name),
    owner: owner?.name ?? null,
    parameters,
    returns,
    span,
  });
  return { kind: 'function', span };
}

/** A class: its members have it as owner. */
export function walkClass(node: PlainNode, context: Context): void {
  const nameNode = childIn(node, 'name');
  const span = spanOfPlain(node);
  const name = nameNode === undefined ? '' : sourceOf(nameNode, context);
  const superclasses = childIn(node, 'superclasses');
  const bases: Expr[] = [];
  for (const child of superclasses?.children ?? []) {
    if (child.type === 'keyword_argument' || child.type.endsWith('_splat')) walkExpression(child, context);
    else bases.push(walkType(child, context));
  }
  const form = classForm(bases);
  if (nameNode !== undefined && name !== '') {
    const typeForm: TypeFact['form'] = form === 'string-enum' ? 'enum' : form;
    context.sink.types.push({ name, nameSpan: spanOfPlain(nameNode), form: typeForm, bases, span });
  }
  const body = childIn(node, 'body');
  const ownerForm = form === 'interface' ? 'class' : form;
  const inner: Context = { ...context, body: { name, span, form: ownerForm }, elsewhere: new Map(), returns: null };
  if (body !== undefined) walkNode(body, inner);
  walkErrors(node, inner);
}

function bodyContext(
  context: Context,
  owner: Owner | null,
  parameters: readonly ParameterFact[],
  node: PlainNode,
  returns: Expr[] | null,
): Context {
  const receiver = parameters.find(parameter => parameter.position === -1);
  return {
    ...context,
    scope: spanOfPlain(node),
    outerScope: context.scope,
    elsewhere: new Map(),
    body: null,
    self: owner === null ? context.self : receiver === undefined ? null : { name: receiver.name, owner },
    returns,
  };
}

/** Django's choices are enums too. */
function classForm(bases: readonly Expr[]): Owner['form'] | 'interface' {
  const names = bases.map(base => nameOfType(base));
  if (names.some(name => name.endsWith('StrEnum'))) return 'string-enum';
  if (names.some(name => /(?:Enum|Flag|Choices)$/.test(name))) return 'enum';
  return names.includes('Protocol') ? 'interface' : 'class';
}

function nameOfType(type: Expr): string {
  if (type.kind === 'name') return type.name;
  if (type.kind === 'member') return type.property;
  return type.kind === 'index' ? nameOfType(type.object) : '';
}

function parametersOf(node: PlainNode | undefined, hasReceiver: boolean, context: Context): readonly ParameterFact[] {
  const parameters: ParameterFact[] = [];
  let position = hasReceiver ? -1 : 0;
  for (const child of node?.children ?? []) {
    if (child.type === 'keyword_separator') position = KEYWORD_ONLY_POSITION;
    if (child.type === 'keyword_separator' || child.type === 'positional_separator') continue;
    const [nameNode, splat] = parameterName(child);
    const typeNode = childIn(child, 'type');
    const type = typeNode === undefined ? null : walkType(typeNode, context);
    const defaultNode = childIn(child, 'value');
    const defaultValue = defaultNode === undefined ? null : walkExpression(defaultNode, context);
    if (nameNode !== null && nameNode.start < nameNode.end) {
      parameters.push({
        name: sourceOf(nameNode, context),
        nameSpan: spanOfPlain(nameNode),
        position: splat === '**' ? KEYWORD_ONLY_POSITION : position,
        property: null,
        type,
        defaultValue,
      });
    }
    position = splat !== null || position === KEYWORD_ONLY_POSITION ? KEYWORD_ONLY_POSITION : position + 1;
  }
  return parameters;
}

/** The parameter's name, and `*` or `**` when it gathers arguments. */
function parameterName(node: PlainNode): readonly [PlainNode | null, '*' | '**' | null] {
  switch (node.type) {
    case 'identifier':
      return [node, null];
    case 'list_splat_pattern':
      return [node.children[0] ?? null, '*'];
    case 'dictionary_splat_pattern':
      return [node.children[0] ?? null, '**'];
    case 'default_parameter':
    case 'typed_default_parameter': {
      const name = childIn(node, 'name');
      return [name?.type === 'identifier' ? name : null, null];
    }
    case 'typed_parameter': {
      const first = node.children[0];
      return first === undefined || first.type === 'type' ? [null, null] : parameterName(first);
    }
    default:
      return [null, null];
  }
}

/** Adds a returned value to the enclosing function's. */
export function addReturn(value: Expr, context: Context): void {
  if (context.returns !== null && context.returns.length < MAX_RETURNS) context.returns.push(value);
}
