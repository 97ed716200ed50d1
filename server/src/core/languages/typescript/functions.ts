/**
 * Functions of TypeScript and JavaScript: declarations, methods, arrows and signatures, with their parameters, and the walk
 * into their bodies.
 */
import type { Node } from 'web-tree-sitter';
import type { Expr, FunctionFact, ParameterFact } from '../facts.ts';
import { MAX_DEPTH, spanOf } from '../language.ts';
import { keyText, walkExpression } from './expressions.ts';
import { type Target, targetsOf } from './patterns.ts';
import { walkStatement } from './statements.ts';
import { typeOf } from './types.ts';
import { childrenOf, sourceOf, type Walk } from './walk.ts';

/** Adds a function and walks its body. `nameNode` is what names it: its own name, a binding's, a property's. */
export function walkFunction(node: Node, nameNode: Node | null, walk: Walk): void {
  if (walk.depth > MAX_DEPTH) return;
  const span = spanOf(node);
  const returns: Expr[] = [];
  const inner: Walk = { ...walk, scope: span, functionScope: span, returns, depth: walk.depth + 1 };
  const fact: { -readonly [Key in keyof FunctionFact]: FunctionFact[Key] } = {
    name: nameNode === null ? null : keyText(nameNode, walk),
    nameSpan: nameNode === null ? { start: span.start, end: span.start } : spanOf(nameNode),
    owner: METHOD_NODES.has(node.type) ? (walk.owner?.name ?? null) : null,
    parameters: [],
    returns,
    span,
  };
  walk.sink.functions.push(fact);
  fact.parameters = parametersOf(node, inner);
  const body = node.childForFieldName('body');
  if (body === null) return;
  if (body.type === 'statement_block') for (const child of childrenOf(body, inner)) walkStatement(child, inner);
  else returns.push(walkExpression(body, inner));
}

const METHOD_NODES = new Set(['method_definition', 'method_signature', 'abstract_method_signature', 'function_type']);

function parametersOf(node: Node, walk: Walk): readonly ParameterFact[] {
  const single = node.childForFieldName('parameter');
  if (single !== null) return [plainParameter(single, 0, walk)];
  const list = node.childForFieldName('parameters');
  if (list === null) return [];
  const parameters: ParameterFact[] = [];
  let position = 0;
  for (const child of childrenOf(list, walk)) {
    if (child.type === 'decorator') continue;
    parameters.push(...parameterOf(child, position, walk));
    position++;
  }
  return parameters;
}

function parameterOf(node: Node, position: number, walk: Walk): readonly ParameterFact[] {
  if (node.type === 'identifier') return [plainParameter(node, position, walk)];
  const wrapped = node.type === 'required_parameter' || node.type === 'optional_parameter';
  const pattern = wrapped
    ? node.childForFieldName('pattern')
    : node.type === 'assignment_pattern'
      ? node.childForFieldName('left')
      : node;
  const valueNode = wrapped ? node.childForFieldName('value') : node.childForFieldName('right');
  const type = typeOf(node.childForFieldName('type'), walk);
  const defaultValue = valueNode === null ? null : walkExpression(valueNode, walk);
  if (pattern === null) return [];
  if (wrapped && walk.owner !== null && isParameterProperty(node)) addParameterProperty(pattern, type, walk);
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
    defaultValue: property === null ? defaultValue : target.defaultValue,
  };
}

function plainParameter(node: Node, position: number, walk: Walk): ParameterFact {
  const name = sourceOf(node, walk);
  return { name, nameSpan: spanOf(node), position, property: null, type: null, defaultValue: null };
}

/** `constructor(private readonly client: Client)` declares a field as well. */
function isParameterProperty(node: Node): boolean {
  return node.children.some(
    child => child !== null && (child.type === 'accessibility_modifier' || child.type === 'readonly'),
  );
}

function addParameterProperty(pattern: Node, type: Expr | null, walk: Walk): void {
  if (pattern.type !== 'identifier' || walk.owner === null) return;
  walk.sink.bindings.push({
    name: sourceOf(pattern, walk),
    nameSpan: spanOf(pattern),
    owner: walk.owner.name,
    value: { kind: 'name', name: sourceOf(pattern, walk), span: spanOf(pattern) },
    type,
    form: 'field',
    scope: walk.owner.span,
  });
}
