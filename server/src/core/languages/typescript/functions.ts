/**
 * Functions of TypeScript and JavaScript: declarations, methods, arrows and signatures, with their parameters, and the walk
 * into their bodies.
 */

import type { Expr, FunctionFact, ParameterFact } from '../facts.ts';
import { childIn, childOfType, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';

import { withBounds } from '../typeBounds.ts';
import { walkDecorator } from './decorators.ts';
import { keyText, walkExpression } from './expressions.ts';
import { namedOrListed } from './inlineTypes.ts';
import { type Target, targetsOf } from './patterns.ts';
import { walkStatement } from './statements.ts';
import { typeOf } from './types.ts';
import type { Walk } from './walk.ts';

/** Adds a function and walks its body. `given` is what names it: a binding's name, a property's; else its own name does. */
export function walkFunction(node: PlainNode, given: PlainNode | undefined, outer: Walk): void {
  const walk = withBounds(node, outer, typeOf);
  const nameNode = given ?? (node.type === 'function_expression' ? childIn(node, 'name') : undefined);
  const span = spanOfPlain(node);
  const returns: Expr[] = [];
  const functionName = nameNode === undefined ? null : keyText(nameNode, walk);
  const inner: Walk = { ...walk, scope: span, functionScope: span, returns, functionName };
  const fact: { -readonly [Key in keyof FunctionFact]: FunctionFact[Key] } = {
    name: functionName,
    nameSpan: nameNode === undefined ? { start: span.start, end: span.start } : spanOfPlain(nameNode),
    ...resultOf(node, walk),
    owner: METHOD_NODES.has(node.type) ? (walk.owner?.name ?? null) : null,
    parameters: [],
    returns,
    span,
  };
  walk.sink.functions.push(fact);
  fact.parameters = parametersOf(node, inner);
  const body = childIn(node, 'body');
  if (body === undefined) return;
  if (body.type === 'statement_block') for (const child of body.children) walkStatement(child, inner);
  else returns.push(walkReturned(body, inner));
}

/** What a function returns. A function without a name that is made and returned goes by the name of its maker: `useFlags()('key')`. */
export function walkReturned(node: PlainNode, walk: Walk): Expr {
  const value = walkExpression(node, walk);
  if (value.kind !== 'function' || walk.functionName === null) return value;
  const { functions } = walk.sink;
  const at = functions.findLastIndex(({ span }) => span.start === value.span.start && span.end === value.span.end);
  const fn = functions[at];
  if (fn !== undefined && fn.name === null) functions[at] = { ...fn, name: walk.functionName };
  return value;
}

function resultOf(node: PlainNode, walk: Walk): { readonly resultType?: Expr } {
  const type = namedOrListed(childIn(node, 'return_type'), '', walk);
  return type === null ? {} : { resultType: type };
}

const METHOD_NODES = new Set(['method_definition', 'method_signature', 'abstract_method_signature', 'function_type']);

function parametersOf(node: PlainNode, walk: Walk): readonly ParameterFact[] {
  const single = childIn(node, 'parameter');
  if (single !== undefined) return [plainParameter(single, 0, walk)];
  const list = childIn(node, 'parameters');
  if (list === undefined) return [];
  const parameters: ParameterFact[] = [];
  let position = 0;
  for (const child of list.children) {
    if (child.type === 'decorator') {
      walkDecorator(child, walk);
      continue;
    }
    for (const part of child.children) if (part.type === 'decorator') walkDecorator(part, walk);
    parameters.push(...parameterOf(child, position, walk));
    position++;
  }
  return parameters;
}

function parameterOf(node: PlainNode, position: number, walk: Walk): readonly ParameterFact[] {
  if (node.type === 'identifier') return [plainParameter(node, position, walk)];
  const wrapped = node.type === 'required_parameter' || node.type === 'optional_parameter';
  const pattern = wrapped
    ? childIn(node, 'pattern')
    : node.type === 'assignment_pattern'
      ? childIn(node, 'left')
      : node;
  const valueNode = wrapped ? childIn(node, 'value') : childIn(node, 'right');
  const label = pattern?.type === 'identifier' ? sourceOf(pattern, walk) : '';
  const type = namedOrListed(childIn(node, 'type'), label, walk);
  const defaultValue = valueNode === undefined ? null : walkExpression(valueNode, walk);
  if (pattern === undefined) return [];
  if (wrapped && walk.owner !== null && isParameterProperty(node)) addParameterProperty(pattern, type, walk);
  const [rest] = pattern.type === 'rest_pattern' ? pattern.children : [];
  if (rest?.type === 'identifier') return [{ ...plainParameter(rest, position, walk), rest: true }];
  return targetsOf(pattern, walk).map(target => parameterFor(target, position, type, defaultValue));
}

function parameterFor(target: Target, position: number, type: Expr | null, defaultValue: Expr | null): ParameterFact {
  const property = target.path.length === 1 ? target.path[0]! : target.path.length === 0 ? null : target.path.join('.');
  return {
    name: target.name,
    nameSpan: target.span,
    position,
    property,
    type: property === null ? type : null,
    ...(property === null || type === null ? {} : { patternType: type }),
    defaultValue: property === null ? defaultValue : target.defaultValue,
  };
}

function plainParameter(node: PlainNode, position: number, walk: Walk): ParameterFact {
  const name = sourceOf(node, walk);
  return { name, nameSpan: spanOfPlain(node), position, property: null, type: null, defaultValue: null };
}

/** `constructor(private readonly client: Client)` declares a field as well. */
function isParameterProperty(node: PlainNode): boolean {
  return node.token === 'readonly' || childOfType(node, 'accessibility_modifier') !== undefined;
}

function addParameterProperty(pattern: PlainNode, type: Expr | null, walk: Walk): void {
  if (pattern.type !== 'identifier' || walk.owner === null) return;
  walk.sink.bindings.push({
    name: sourceOf(pattern, walk),
    nameSpan: spanOfPlain(pattern),
    owner: walk.owner.name,
    value: { kind: 'name', name: sourceOf(pattern, walk), span: spanOfPlain(pattern) },
    type,
    form: 'field',
    scope: walk.owner.span,
  });
}
