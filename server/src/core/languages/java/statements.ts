/** Java's declarations and statements. What is neither one nor known is walked as an expression. */

import { errorWalks } from '../brokenCalls.ts';
import { addReturn, type ClassContext, declareLocal, declareMember, inBlock } from '../classContext.ts';
import type { Expr } from '../facts.ts';
import { childIn, childrenIn, type PlainNode } from '../plainTree.ts';
import { addBranch, itemOf, withoutParentheses } from '../shapes.ts';
import { walkAnnotation, walkConstructorCall } from './calls.ts';
import { walkExpression, walkNamed, walkOperand } from './expressions.ts';
import { hasModifier, walkAnonymousClass, walkEnumConstant, walkMethod, walkModifiers, walkType } from './functions.ts';
import { walkImport, walkPackage } from './imports.ts';
import { declaredType } from './types.ts';

/** Nodes that take the syntax errors inside them, since they open a scope. */
export const ANCHORS: ReadonlySet<string> = new Set([
  'class_declaration',
  'interface_declaration',
  'enum_declaration',
  'record_declaration',
  'annotation_type_declaration',
  'method_declaration',
  'constructor_declaration',
  'compact_constructor_declaration',
  'lambda_expression',
]);

/** Any node: a declaration, a statement, a block, an expression, or what a syntax error left. */
export function walkNode(node: PlainNode, context: ClassContext): void {
  switch (node.type) {
    case 'package_declaration':
      walkPackage(node, context);
      return;
    case 'import_declaration':
      walkImport(node, context);
      return;
    case 'class_declaration':
      walkType(node, 'class', context);
      return;
    case 'record_declaration':
      walkType(node, 'class', context);
      return;
    case 'interface_declaration':
      walkType(node, 'interface', context);
      return;
    case 'annotation_type_declaration':
      walkType(node, 'annotation', context);
      return;
    case 'enum_declaration':
      walkType(node, 'enum', context);
      return;
    case 'enum_constant':
      walkEnumConstant(node, context);
      return;
    case 'class_body':
      walkAnonymousClass(node, [], context);
      return;
    case 'field_declaration':
    case 'constant_declaration':
      walkField(node, context);
      return;
    case 'local_variable_declaration':
      walkLocal(node, context);
      return;
    case 'method_declaration':
    case 'constructor_declaration':
    case 'compact_constructor_declaration':
    case 'annotation_type_element_declaration':
      walkMethod(node, context);
      return;
    case 'explicit_constructor_invocation':
      walkConstructorCall(node, context);
      return;
    case 'annotation':
    case 'marker_annotation':
      walkAnnotation(node, context);
      return;
    case 'return_statement':
    case 'yield_statement':
      walkReturn(node, context);
      return;
    case 'if_statement':
    case 'while_statement':
    case 'do_statement':
      walkConditional(node, context);
      return;
    case 'for_statement':
      walkFor(node, context);
      return;
    case 'enhanced_for_statement':
      walkForEach(node, context);
      return;
    case 'resource':
    case 'catch_formal_parameter':
      walkDeclaredName(node, context);
      return;
    case 'block':
    case 'constructor_body':
    case 'switch_block_statement_group':
    case 'switch_rule':
    case 'try_with_resources_statement':
    case 'catch_clause':
      walkChildren(node, inBlock(node, context));
      return;
    case 'expression_statement':
    case 'enum_body_declarations':
    case 'static_initializer':
      walkChildren(node, context);
      return;
    case 'ERROR':
      walkBroken(withMembers(node, context), context);
      return;
    case 'modifiers':
    case 'dimensions':
    case 'type_arguments':
    case 'type_parameters':
    case 'super_interfaces':
    case 'superclass':
    case 'throws':
      return;
    default:
      walkExpression(node, context);
  }
}

/** In an error, `a.b.c` stands as three neighbours: they are put together again. */
function withMembers(error: PlainNode, context: ClassContext): PlainNode {
  const children: PlainNode[] = [];
  for (const child of error.children) {
    const before = children.at(-1);
    const between = before === undefined ? '' : context.text.slice(before.end, child.start);
    const isMember = child.type === 'identifier' && child.start < child.end && /^\s*\.\s*$/.test(between);
    if (before === undefined || !isMember) children.push(child);
    else {
      const parts = [
        { ...before, field: 'object' },
        { ...child, field: 'field' },
      ];
      children[children.length - 1] = { ...before, type: 'field_access', end: child.end, children: parts, errors: [] };
    }
  }
  return { ...error, children };
}

export const { walkWithErrors, walkErrors, walkBroken } = errorWalks<ClassContext>({
  anchors: ANCHORS,
  callees: new Set(['identifier', 'field_access', 'scoped_identifier', 'type_identifier']),
  walkNode,
  walkOperand,
  walkExpression,
});

function walkChildren(node: PlainNode, context: ClassContext): void {
  for (const child of node.children) walkNode(child, context);
}

/** A field; what an interface declares without saying so is constant too. */
function walkField(node: PlainNode, context: ClassContext): void {
  walkModifiers(node, context);
  const type = declaredType(childIn(node, 'type'), context);
  const isConstant =
    node.type === 'constant_declaration' ||
    (hasModifier(node, 'final', context) && hasModifier(node, 'static', context));
  for (const declarator of childrenIn(node, 'declarator')) {
    const name = childIn(declarator, 'name');
    const value = givenValue(declarator, name, context);
    if (name !== undefined) declareMember(name, { value, type, form: isConstant ? 'constant' : 'field' }, context);
  }
}

function walkLocal(node: PlainNode, context: ClassContext): void {
  walkModifiers(node, context);
  const type = declaredType(childIn(node, 'type'), context);
  const form = hasModifier(node, 'final', context) ? 'constant' : 'variable';
  for (const declarator of childrenIn(node, 'declarator')) {
    const name = childIn(declarator, 'name');
    const value = givenValue(declarator, name, context);
    if (name !== undefined) declareLocal(name, { value, type, form }, context);
  }
}

function givenValue(declarator: PlainNode, name: PlainNode | undefined, context: ClassContext): Expr | null {
  const value = childIn(declarator, 'value');
  return value === undefined ? null : walkNamed(value, name, context);
}

/** A resource of `try`, or what `catch` catches. */
function walkDeclaredName(node: PlainNode, context: ClassContext): void {
  walkModifiers(node, context);
  const name = childIn(node, 'name');
  const type = declaredType(childIn(node, 'type'), context);
  const value = givenValue(node, name, context);
  if (name !== undefined) declareLocal(name, { value, type, form: 'variable' }, context);
  else for (const child of node.children) if (child.field === null) walkNode(child, context);
}

function walkReturn(node: PlainNode, context: ClassContext): void {
  const value = node.children[0];
  if (value === undefined) return;
  const expr = walkExpression(value, context);
  if (node.type === 'return_statement') addReturn(expr, context);
}

/** `if`, `while` and `do`: what a condition declares is seen in the statements that follow, as Java has it for guards. */
function walkConditional(node: PlainNode, context: ClassContext): void {
  const condition = childIn(node, 'condition');
  const consequence = childIn(node, 'consequence') ?? childIn(node, 'body');
  const alternative = childIn(node, 'alternative');
  walkChildren(node, context);
  if (node.type === 'do_statement') return;
  addBranch(context.sink, condition && withoutParentheses(condition), consequence, alternative);
}

function walkFor(node: PlainNode, context: ClassContext): void {
  const condition = childIn(node, 'condition');
  const body = childIn(node, 'body');
  walkChildren(node, inBlock(node, context));
  addBranch(context.sink, condition, body);
}

function walkForEach(node: PlainNode, context: ClassContext): void {
  const inner = inBlock(node, context);
  walkModifiers(node, inner);
  const name = childIn(node, 'name');
  const value = childIn(node, 'value');
  const body = childIn(node, 'body');
  const iterable = value === undefined ? null : walkExpression(value, inner);
  const type = declaredType(childIn(node, 'type'), inner);
  if (name !== undefined) declareLocal(name, { value: itemOf(iterable), type, form: 'variable' }, inner);
  if (body !== undefined) walkNode(body, inner);
}
