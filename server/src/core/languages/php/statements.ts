/** PHP's statements and declarations. What is neither a statement nor known is walked as an expression. */
import type { Span } from '../../text.ts';
import { errorWalks } from '../brokenCalls.ts';
import { childIn, childOfType, childrenIn, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { addBranch, withoutParentheses } from '../shapes.ts';
import { addReturn, bindMember, bindVariable, type Context, withoutDollar } from './context.ts';
import { walkExpression, walkOperand } from './expressions.ts';
import { walkAttributes, walkEnumCase, walkFunction, walkTraits, walkType } from './functions.ts';
import { walkUse } from './imports.ts';
import { bindTarget, itemOf } from './targets.ts';
import { typeOf } from './types.ts';

/** Nodes that take the syntax errors inside them, since they open a scope. */
export const ANCHORS: ReadonlySet<string> = new Set([
  'class_declaration',
  'interface_declaration',
  'trait_declaration',
  'enum_declaration',
  'anonymous_class',
  'function_definition',
  'method_declaration',
  'anonymous_function',
  'arrow_function',
]);

/** Any node: a declaration, a statement, a block, an expression, or what a syntax error left. */
export function walkNode(node: PlainNode, context: Context): void {
  switch (node.type) {
    case 'namespace_definition':
      walkNamespace(node, context);
      return;
    case 'namespace_use_declaration':
      walkUse(node, context);
      return;
    case 'class_declaration':
    case 'trait_declaration':
      walkType(node, 'class', context);
      return;
    case 'interface_declaration':
      walkType(node, 'interface', context);
      return;
    case 'enum_declaration':
      walkType(node, 'enum', context);
      return;
    case 'enum_case':
      walkEnumCase(node, context);
      return;
    case 'use_declaration':
      walkTraits(node, context);
      return;
    case 'const_declaration':
      walkConstants(node, context);
      return;
    case 'property_declaration':
      walkProperties(node, context);
      return;
    case 'static_variable_declaration':
      walkStaticVariable(node, context);
      return;
    case 'function_definition':
    case 'method_declaration':
      walkFunction(node, context);
      return;
    case 'return_statement': {
      const value = node.children[0];
      if (value !== undefined) addReturn(walkExpression(value, context), context);
      return;
    }
    case 'if_statement':
      walkIf(node, context);
      return;
    case 'while_statement':
      walkWhile(node, context);
      return;
    case 'foreach_statement':
      walkForeach(node, context);
      return;
    case 'catch_clause':
      walkCatch(node, context);
      return;
    case 'expression_statement':
    case 'compound_statement':
    case 'colon_block':
    case 'text_interpolation':
      for (const child of node.children) walkNode(child, context);
      return;
    case 'ERROR':
      walkBroken(node, context);
      return;
    case 'global_declaration':
    case 'visibility_modifier':
      return;
    default:
      walkExpression(node, context);
  }
}

export const { walkWithErrors, walkErrors, walkBroken } = errorWalks<Context>({
  anchors: ANCHORS,
  callees: new Set([
    'name',
    'qualified_name',
    'variable_name',
    'member_access_expression',
    'nullsafe_member_access_expression',
    'class_constant_access_expression',
    'scoped_property_access_expression',
  ]),
  joint: /^\s*(?:\??->|::)\s*$/,
  walkNode,
  walkOperand,
  walkExpression,
  walkArgument: (part, context) => walkExpression((part.type === 'argument' && part.children.at(-1)) || part, context),
});

function walkNamespace(node: PlainNode, context: Context): void {
  const name = childIn(node, 'name');
  if (name !== undefined) context.sink.packageName ??= sourceOf(name, context).replace(/\s+/g, '');
  const body = childIn(node, 'body');
  if (body !== undefined) walkNode(body, context);
}

function walkConstants(node: PlainNode, context: Context): void {
  walkAttributes(node, context);
  for (const element of node.children) {
    const [name, value] = element.children;
    if (element.type !== 'const_element' || name === undefined) continue;
    const expr = value === undefined ? null : walkExpression(value, context);
    bindMember(name, { value: expr, type: null, form: 'constant' }, context);
  }
}

function walkProperties(node: PlainNode, context: Context): void {
  walkAttributes(node, context);
  const type = typeOf(childIn(node, 'type'), context);
  for (const element of node.children) {
    const name = element.type === 'property_element' ? childIn(element, 'name') : undefined;
    if (name === undefined) {
      if (element.type === 'property_hook_list') walkExpression(element, context);
      continue;
    }
    const valueNode = childIn(element, 'default_value');
    const value = valueNode === undefined ? null : walkExpression(valueNode, context);
    bindMember(withoutDollar(name), { value, type, form: 'field' }, context);
  }
}

function walkStaticVariable(node: PlainNode, context: Context): void {
  const name = childIn(node, 'name');
  const valueNode = childIn(node, 'value');
  const value = valueNode === undefined ? null : walkExpression(valueNode, context);
  if (name !== undefined) bindVariable(name, value, null, context);
}

/** Each `elseif` is a branch of its own; the alternative of a condition is all that follows it. */
function walkIf(node: PlainNode, context: Context): void {
  const clauses = childrenIn(node, 'alternative');
  [node, ...clauses].forEach((clause, position) => {
    const condition = childIn(clause, 'condition');
    const body = childIn(clause, 'body');
    const next = clauses[position];
    const asked = condition && withoutParentheses(condition);
    addBranch(context.sink, asked, body, next && alternativeSpan(next, node));
    for (const child of clause.children) if (child.field !== 'alternative') walkNode(child, context);
  });
}

function alternativeSpan(next: PlainNode, statement: PlainNode): Span {
  if (next.type === 'else_if_clause') return { start: next.start, end: statement.end };
  return spanOfPlain(childIn(next, 'body') ?? next);
}

function walkWhile(node: PlainNode, context: Context): void {
  const condition = childIn(node, 'condition');
  const body = childIn(node, 'body');
  for (const child of node.children) walkNode(child, context);
  addBranch(context.sink, condition && withoutParentheses(condition), body);
}

function walkForeach(node: PlainNode, context: Context): void {
  const body = childIn(node, 'body');
  const [iterableNode, target] = node.children.filter(child => child !== body);
  const iterable = iterableNode === undefined ? null : walkExpression(iterableNode, context);
  const item = iterable === null ? null : itemOf(iterable);
  if (target?.type === 'pair') {
    const [key, value] = target.children;
    if (key !== undefined) bindTarget(key, null, context);
    if (value !== undefined) bindTarget(value, item, context);
  } else if (target !== undefined) bindTarget(target, item, context);
  if (body !== undefined) walkNode(body, context);
}

function walkCatch(node: PlainNode, context: Context): void {
  const name = childIn(node, 'name');
  const type = typeOf(childIn(node, 'type') ?? childOfType(node, 'type_list'), context);
  if (name !== undefined) bindVariable(name, null, type, context);
  const body = childIn(node, 'body');
  if (body !== undefined) walkNode(body, context);
}
