/** C#'s declarations and statements. What is neither one nor known is walked as an expression. */

import { errorWalks } from '../brokenCalls.ts';
import { addReturn, type ClassContext, declareLocal, declareMember, type Given, inBlock } from '../classContext.ts';
import type { Expr } from '../facts.ts';
import { childIn, childOfType, childrenIn, type PlainNode, sourceOf } from '../plainTree.ts';
import { addBranch, itemOf } from '../shapes.ts';
import { walkAttributes } from './calls.ts';
import { walkExpression, walkNamed, walkOperand } from './expressions.ts';
import { walkEnumMember, walkMethod, walkProperty, walkType } from './functions.ts';
import { namespaceOf, walkUsing } from './imports.ts';
import { declaredType } from './types.ts';

/** Nodes that take the syntax errors inside them, since they open a scope. */
export const ANCHORS: ReadonlySet<string> = new Set([
  'class_declaration',
  'struct_declaration',
  'record_declaration',
  'interface_declaration',
  'enum_declaration',
  'method_declaration',
  'constructor_declaration',
  'local_function_statement',
  'property_declaration',
  'lambda_expression',
  'anonymous_method_expression',
]);

/** Any node: a declaration, a statement, a block, an expression, or what a syntax error left. */
export function walkNode(node: PlainNode, context: ClassContext): void {
  switch (node.type) {
    case 'using_directive':
      walkUsing(node, context);
      return;
    case 'file_scoped_namespace_declaration':
      context.sink.packageName ??= namespaceOf(node, context);
      return;
    case 'namespace_declaration': {
      const inner = { ...context, namespace: namespaceOf(node, context) };
      for (const child of childIn(node, 'body')?.children ?? []) walkNode(child, inner);
      return;
    }
    case 'class_declaration':
    case 'record_declaration':
      walkType(node, 'class', context);
      return;
    case 'struct_declaration':
      walkType(node, 'struct', context);
      return;
    case 'interface_declaration':
      walkType(node, 'interface', context);
      return;
    case 'enum_declaration':
      walkType(node, 'enum', context);
      return;
    case 'enum_member_declaration':
      walkEnumMember(node, context);
      return;
    case 'variable_declaration':
      walkVariables(node, 'variable', context);
      return;
    case 'field_declaration':
    case 'event_field_declaration':
    case 'local_declaration_statement':
      walkDeclarationStatement(node, context);
      return;
    case 'property_declaration':
    case 'indexer_declaration':
    case 'event_declaration':
      walkProperty(node, context);
      return;
    case 'method_declaration':
    case 'constructor_declaration':
    case 'destructor_declaration':
    case 'operator_declaration':
    case 'conversion_operator_declaration':
    case 'local_function_statement':
      walkMethod(node, context);
      return;
    case 'return_statement': {
      const [value] = node.children;
      if (value !== undefined) addReturn(walkExpression(value, context), context);
      return;
    }
    case 'if_statement':
    case 'while_statement':
      walkConditional(node, context);
      return;
    case 'for_statement':
      walkFor(node, context);
      return;
    case 'foreach_statement':
      walkForEach(node, context);
      return;
    case 'catch_declaration':
      walkCatch(node, context);
      return;
    case 'block':
    case 'switch_section':
    case 'using_statement':
    case 'catch_clause':
    case 'fixed_statement':
      walkChildren(node, inBlock(node, context));
      return;
    case 'global_attribute':
      walkAttributes({ ...node, children: [{ ...node, type: 'attribute_list' }] }, context);
      return;
    case 'expression_statement':
    case 'global_statement':
    case 'declaration_list':
      walkChildren(node, context);
      return;
    case 'preproc_if':
    case 'preproc_elif':
      for (const child of node.children) if (child.field !== 'condition') walkNode(child, context);
      return;
    case 'ERROR':
      walkBroken(node, context);
      return;
    case 'attribute_list':
      walkAttributes({ ...node, children: [node] }, context);
      return;
    case 'delegate_declaration':
    case 'goto_statement':
    case 'extern_alias_directive':
    case 'type_argument_list':
    case 'type_parameter_list':
    case 'type_parameter_constraints_clause':
    case 'explicit_interface_specifier':
    case 'base_list':
    case 'array_type':
    case 'nullable_type':
    case 'predefined_type':
    case 'implicit_type':
      return;
    default:
      walkExpression(node, context);
  }
}

export const { walkWithErrors, walkErrors, walkBroken } = errorWalks<ClassContext>({
  anchors: ANCHORS,
  callees: new Set(['identifier', 'member_access_expression', 'generic_name', 'qualified_name']),
  walkNode,
  walkOperand,
  walkExpression,
});

function walkChildren(node: PlainNode, context: ClassContext): void {
  for (const child of node.children) walkNode(child, context);
}

function walkDeclarationStatement(node: PlainNode, context: ClassContext): void {
  walkAttributes(node, context);
  const modifiers = node.children.filter(child => child.type === 'modifier').map(child => sourceOf(child, context));
  const isConstant = modifiers.includes('const') || (modifiers.includes('static') && modifiers.includes('readonly'));
  const declaration = childOfType(node, 'variable_declaration');
  const plain = context.scope === null && context.owner !== null ? 'field' : 'variable';
  if (declaration !== undefined) walkVariables(declaration, isConstant ? 'constant' : plain, context);
}

/** `T a = 1, b` and `var (a, b) = f()`, as members where no block is around. */
function walkVariables(node: PlainNode, form: Given['form'], context: ClassContext): void {
  const type = declaredType(childIn(node, 'type'), context);
  for (const declarator of node.children) {
    if (declarator.type !== 'variable_declarator') continue;
    const name = childIn(declarator, 'name');
    const tuple = childOfType(declarator, 'tuple_pattern');
    const valueNode = declarator.children.find(
      child => child !== name && child !== tuple && child.type !== 'bracketed_argument_list',
    );
    const value = valueNode === undefined ? null : walkNamed(valueNode, name, type, context);
    if (tuple !== undefined) declareParts(tuple, value, context);
    else if (name === undefined) continue;
    else if (context.scope === null && context.owner !== null) {
      declareMember(name, { value, type: type ?? typeArgumentOf(value), form }, context);
    } else declareLocal(name, { value, type: type ?? typeArgumentOf(value), form }, context);
  }
}

/** `var x = provider.Get<T>()`: whatever `Get` is, it most likely gives a `T`. */
function typeArgumentOf(value: Expr | null): Expr | null {
  return value?.kind === 'call' ? (value.typeArgument ?? null) : null;
}

function declareParts(tuple: PlainNode, value: Expr | null, context: ClassContext): void {
  childrenIn(tuple, 'name').forEach((name, position) => {
    if (name.type !== 'identifier') return;
    const index: Expr | null =
      value === null
        ? null
        : value.kind === 'array'
          ? (value.items[position] ?? null)
          : {
              kind: 'index',
              object: value,
              index: { kind: 'literal', value: position, span: value.span },
              span: value.span,
            };
    declareLocal(name, { value: index, type: null, form: 'variable' }, context);
  });
}

/** `if` and `while`: what a condition declares is seen in the statements that follow. */
function walkConditional(node: PlainNode, context: ClassContext): void {
  const condition = childIn(node, 'condition');
  const consequence = childIn(node, 'consequence') ?? childIn(node, 'body');
  const alternative = childIn(node, 'alternative');
  walkChildren(node, context);
  addBranch(context.sink, condition, consequence, alternative);
}

function walkFor(node: PlainNode, context: ClassContext): void {
  const condition = childIn(node, 'condition');
  const body = childIn(node, 'body');
  walkChildren(node, inBlock(node, context));
  addBranch(context.sink, condition, body);
}

function walkForEach(node: PlainNode, context: ClassContext): void {
  const inner = inBlock(node, context);
  const left = childIn(node, 'left');
  const right = childIn(node, 'right');
  const body = childIn(node, 'body');
  const iterable = right === undefined ? null : walkExpression(right, inner);
  const type = declaredType(childIn(node, 'type'), inner);
  if (left?.type === 'identifier') declareLocal(left, { value: itemOf(iterable), type, form: 'variable' }, inner);
  else if (left !== undefined) declareParts(left, null, inner);
  if (body !== undefined) walkNode(body, inner);
}

function walkCatch(node: PlainNode, context: ClassContext): void {
  const name = childIn(node, 'name');
  const type = declaredType(childIn(node, 'type'), context);
  if (name !== undefined) declareLocal(name, { value: null, type, form: 'variable' }, context);
}
