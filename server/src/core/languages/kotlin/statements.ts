/** Kotlin's declarations and statements. What is neither one nor known is walked as an expression. */

import { errorWalks } from '../brokenCalls.ts';
import {
  addReturn,
  assignName,
  type ClassContext,
  declareLocal,
  declareMember,
  inBlock,
  nameOf,
  nameSpanOf,
} from '../classContext.ts';
import type { Expr } from '../facts.ts';
import { childIn, childOfType, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { addBranch, itemOf, otherAt } from '../shapes.ts';
import { walkAnnotation, walkModifiers } from './calls.ts';
import { walkBlock, walkExpression, walkOperand } from './expressions.ts';
import {
  walkBody,
  walkEnumEntry,
  walkFunction,
  walkProperty,
  walkSecondaryConstructor,
  walkType,
} from './functions.ts';
import { declaredType, typeOf } from './types.ts';

/** Nodes that take the syntax errors inside them, since they open a scope. */
export const ANCHORS: ReadonlySet<string> = new Set([
  'class_declaration',
  'object_declaration',
  'function_declaration',
  'lambda_literal',
]);

/** Any node: a declaration, a statement, an expression, or what a syntax error left. */
export function walkNode(node: PlainNode, context: ClassContext): void {
  switch (node.type) {
    case 'package_header':
      context.sink.packageName ??= dotted(node.children[0], context) || null;
      return;
    case 'import':
      walkImport(node, context);
      return;
    case 'class_declaration': {
      const modifiers = childOfType(node, 'modifiers');
      const isEnum = modifiers !== undefined && /\benum\b/.test(sourceOf(modifiers, context));
      const isInterface = /^(?:fun\s+)?interface\b/.test(context.text.slice(modifiers?.end ?? node.start).trimStart());
      walkType(node, isEnum ? 'enum' : isInterface ? 'interface' : 'class', context);
      return;
    }
    case 'object_declaration':
      walkType(node, 'class', context);
      return;
    case 'companion_object':
      walkModifiers(node, context);
      walkBody(node, context);
      return;
    case 'enum_entry':
      walkEnumEntry(node, context);
      return;
    case 'property_declaration':
      walkProperty(node, context);
      return;
    case 'function_declaration':
      walkFunction(node, context);
      return;
    case 'secondary_constructor':
      walkSecondaryConstructor(node, context);
      return;
    case 'anonymous_initializer':
      for (const child of node.children) walkBlock(child, context);
      return;
    case 'annotation':
      walkAnnotation(node, context);
      return;
    case 'modifiers':
      walkModifiers(node, context);
      return;
    case 'type_alias':
      walkAlias(node, context);
      return;
    case 'return_expression':
      walkReturn(node, context);
      return;
    case 'for_statement':
      walkFor(node, context);
      return;
    case 'while_statement':
    case 'do_while_statement':
      walkWhile(node, context);
      return;
    case 'catch_block':
      walkCatch(node, context);
      return;
    case 'block':
      walkBlock(node, context);
      return;
    case 'ERROR':
      walkBroken(node, context);
      return;
    case 'file_annotation':
    case 'type_arguments':
    case 'type_constraints':
    case 'type_parameters':
    case 'user_type':
    case 'nullable_type':
    case 'function_type':
    case 'function_type_parameters':
    case 'lambda_parameters':
    case 'class_modifier':
    case 'visibility_modifier':
      return;
    default:
      walkExpression(node, context);
  }
}

/** `a = v` and `this.a = v` give a name another value; any other target is code. */
export function walkAssignment(node: PlainNode, context: ClassContext): Expr {
  const target = childIn(node, 'left');
  const valueNode = childIn(node, 'right');
  if (target === undefined || valueNode === undefined) {
    for (const child of node.children) walkExpression(child, context);
    return otherAt(node);
  }
  const given = walkExpression(valueNode, context);
  const value = node.token === '=' ? given : otherAt(valueNode);
  const [object, property] = target.children;
  if (target.type === 'identifier') assignName(target, value, context);
  else if (target.type === 'navigation_expression' && object?.type === 'this_expression' && property !== undefined) {
    declareMember(property, { value, type: null, form: 'field' }, context);
  } else {
    const isPlain = node.token === '=' && target.type === 'navigation_expression' && property !== undefined;
    walkExpression(isPlain ? object! : target, context);
  }
  return otherAt(node);
}

export const { walkWithErrors, walkErrors, walkBroken } = errorWalks<ClassContext>({
  anchors: ANCHORS,
  callees: new Set(['identifier', 'navigation_expression']),
  joint: /^\s*\??\.\s*$/,
  walkNode,
  walkOperand,
  walkExpression,
});

/** `import a.b.C`, `import a.b.C as D`, `import a.b.*` */
function walkImport(node: PlainNode, context: ClassContext): void {
  const [path, alias] = node.children;
  const name = dotted(path, context);
  if (name === '') return;
  const span = spanOfPlain(node);
  if (/\.\s*\*\s*;?\s*$/.test(sourceOf(node, context))) {
    context.sink.imports.push({ local: '*', imported: '*', from: name, span });
    return;
  }
  const dot = name.lastIndexOf('.');
  const imported = name.slice(dot + 1);
  const local = alias?.type === 'identifier' && alias.start < alias.end ? nameOf(alias, context) : imported;
  if (dot > 0) context.sink.imports.push({ local, imported, from: name.slice(0, dot), span });
}

function dotted(node: PlainNode | undefined, context: ClassContext): string {
  if (node === undefined) return '';
  const names = node.type === 'identifier' ? [node] : node.children.filter(child => child.type === 'identifier');
  return names.map(name => nameOf(name, context)).join('.');
}

function walkAlias(node: PlainNode, context: ClassContext): void {
  const nameNode = childOfType(node, 'identifier');
  const target = node.children.at(-1);
  if (nameNode === undefined || target === undefined || target === nameNode) return;
  const type = typeOf(target, context);
  const bases = type.kind === 'other' ? [] : [type];
  const nameSpan = nameSpanOf(nameNode, context);
  context.sink.types.push({
    name: nameOf(nameNode, context),
    nameSpan,
    form: 'alias',
    bases,
    span: spanOfPlain(node),
  });
}

/** What `return@label` gives is a lambda's. */
function walkReturn(node: PlainNode, context: ClassContext): void {
  const isLabelled = childIn(node, 'label') !== undefined;
  const value = node.children.find(child => child.field !== 'label');
  if (value === undefined) return;
  const expr = walkExpression(value, context);
  if (!isLabelled) addReturn(expr, context);
}

function walkFor(node: PlainNode, context: ClassContext): void {
  const inner = inBlock(node, context);
  const declaration = childOfType(node, 'variable_declaration');
  const [iterableNode, ...rest] = node.children.filter(
    child => child.type !== 'variable_declaration' && child.type !== 'multi_variable_declaration',
  );
  const iterable = iterableNode === undefined ? null : walkExpression(iterableNode, inner);
  const name = declaration && childOfType(declaration, 'identifier');
  if (declaration !== undefined && name !== undefined) {
    const type = declaredType(declaration, inner);
    declareLocal(name, { value: itemOf(iterable), type, form: 'variable' }, inner);
  }
  for (const child of rest) walkNode(child, inner);
}

function walkWhile(node: PlainNode, context: ClassContext): void {
  const condition = childIn(node, 'condition');
  const body = node.children.find(child => child !== condition);
  for (const child of node.children) walkNode(child, context);
  if (condition === undefined || body === undefined || node.type === 'do_while_statement') return;
  addBranch(context.sink, condition, body);
}

function walkCatch(node: PlainNode, context: ClassContext): void {
  const inner = inBlock(node, context);
  const name = childOfType(node, 'identifier');
  if (name !== undefined) declareLocal(name, { value: null, type: declaredType(node, inner), form: 'variable' }, inner);
  for (const child of node.children) if (child.type === 'block') walkBlock(child, inner);
}
