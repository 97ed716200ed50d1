/** C++'s declarations and statements. What is neither one nor known is walked as an expression. */

import { errorWalks } from '../brokenCalls.ts';
import { assignName, type ClassContext, declareLocal, inBlock, nameOf, nameSpanOf } from '../classContext.ts';
import type { BindingFact, Expr } from '../facts.ts';
import { FILE_SCOPE } from '../language.ts';
import { childIn, childrenIn, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { addBranch, otherAt, readOfTarget } from '../shapes.ts';
import { constructionOf } from './calls.ts';
import { walkExpression, walkOperand } from './expressions.ts';
import { type Declared, declaredBy, extensionOf, walkFunction, walkReturn } from './functions.ts';
import { walkMacro } from './macros.ts';
import { walkAlias, walkDefine, walkInclude, walkNamespace, walkNamespaceAlias, walkUsing } from './names.ts';
import { isTextType } from './strings.ts';
import { walkEnum, walkType } from './typeDeclarations.ts';
import { typeOf } from './types.ts';

/** Nodes that take the syntax errors inside them, since they open a scope. */
export const ANCHORS: ReadonlySet<string> = new Set([
  'namespace_definition',
  'class_specifier',
  'struct_specifier',
  'function_definition',
  'lambda_expression',
]);

/** Any node: a declaration, a statement, an expression, or what a syntax error left. */
export function walkNode(node: PlainNode, context: ClassContext): void {
  switch (node.type) {
    case 'preproc_include':
      walkInclude(node, context);
      return;
    case 'preproc_def':
      walkDefine(node, context);
      return;
    case 'preproc_function_def':
      walkMacro(node, context);
      return;
    case 'preproc_if':
    case 'preproc_ifdef':
    case 'preproc_elif':
      for (const child of node.children)
        if (child.field !== 'condition' && child.field !== 'name') walkNode(child, context);
      return;
    case 'namespace_definition':
      walkNamespace(node, context);
      return;
    case 'namespace_alias_definition':
      walkNamespaceAlias(node, context);
      return;
    case 'using_declaration':
      walkUsing(node, context);
      return;
    case 'alias_declaration':
    case 'type_definition':
      walkAlias(node, context);
      return;
    case 'class_specifier':
    case 'struct_specifier':
    case 'union_specifier':
      walkType(node, context);
      return;
    case 'enum_specifier':
      walkEnum(node, context);
      return;
    case 'function_definition': {
      const declarator = childIn(node, 'declarator');
      const declared = declarator === undefined ? null : declaredBy(declarator, context);
      if (declared !== null) walkFunction(node, declared, context);
      else for (const child of node.children) walkNode(child, context);
      return;
    }
    case 'declaration':
    case 'field_declaration':
      walkDeclaration(node, context);
      return;
    case 'expression_statement':
      walkStatement(node, context);
      return;
    case 'compound_statement':
      for (const child of node.children) walkNode(child, inBlockOf(node, context));
      return;
    case 'return_statement':
    case 'co_return_statement':
      walkReturn(node, context);
      return;
    case 'if_statement':
      walkIf(node, context);
      return;
    case 'while_statement':
    case 'for_statement':
      walkLoop(node, context);
      return;
    case 'for_range_loop':
      walkRangeLoop(node, context);
      return;
    case 'ERROR':
      walkBroken(node, context);
      return;
    case 'access_specifier':
    case 'friend_declaration':
    case 'preproc_call':
    case 'primitive_type':
    case 'static_assert_declaration':
    case 'storage_class_specifier':
    case 'template_parameter_list':
    case 'type_qualifier':
      return;
    default:
      walkExpression(node, context);
  }
}

/** `a = v` and `this->a = v` give a name another value; any other target is code. */
export function walkAssignment(node: PlainNode, context: ClassContext): Expr {
  const left = childIn(node, 'left');
  const right = childIn(node, 'right');
  if (left === undefined || right === undefined) {
    for (const child of node.children) walkNode(child, context);
    return otherAt(node);
  }
  const given = walkExpression(right, context);
  const value = node.token === '=' ? given : otherAt(right);
  const field = childIn(left, 'field');
  if (left.type === 'identifier') assignName(left, value, context);
  else if (left.type === 'field_expression' && childIn(left, 'argument')?.type === 'this' && field !== undefined) {
    addBinding(field, { value, type: null, form: 'field' }, { ...context, scope: null });
  } else walkExpression(node.token === '=' ? readOfTarget(left, 'field_expression', 'argument') : left, context);
  return otherAt(node);
}

/** Declares a name: a local one, a member of the class around, or one that the namespace or the file sees. */
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
  const scope = owner?.span ?? context.around ?? FILE_SCOPE;
  const name = nameOf(nameNode, context);
  if (name === '') return;
  context.sink.bindings.push({
    name,
    nameSpan: nameSpanOf(nameNode, context),
    owner: owner?.name ?? null,
    ...given,
    scope,
  });
}

export const { walkWithErrors, walkErrors, walkBroken } = errorWalks<ClassContext>({
  anchors: ANCHORS,
  callees: new Set(['identifier', 'field_identifier', 'field_expression', 'qualified_identifier', 'this']),
  joint: /^\s*(?:\.|->|::)\s*$/,
  walkNode,
  walkOperand,
  walkExpression,
});

function inBlockOf(node: PlainNode, context: ClassContext): ClassContext {
  return context.scope?.span.end === node.end ? context : inBlock(node, context);
}

/** Variables, fields, and functions without a body. */
function walkDeclaration(node: PlainNode, context: ClassContext): void {
  const typeNode = childIn(node, 'type');
  if (typeNode !== undefined && childIn(typeNode, 'body') !== undefined) walkNode(typeNode, context);
  const type = typeNode === undefined ? null : typeOf(typeNode, context);
  const known = type === null || type.kind === 'other' ? null : type;
  const head = context.text.slice(node.start, (childIn(node, 'declarator') ?? node).start);
  const isElsewhere = /\bextern\b/.test(head);
  const form =
    /\bconst(?:expr|init)?\b/.test(head) || isElsewhere ? 'constant' : context.owner === null ? 'variable' : 'field';
  const ownValue = childIn(node, 'default_value') ?? childIn(node, 'value');
  const isField = node.type === 'field_declaration';
  for (const declarator of childrenIn(node, 'declarator')) {
    const isInit = declarator.type === 'init_declarator';
    const inner = isInit ? (childIn(declarator, 'declarator') ?? declarator) : declarator;
    const valueNode = isInit ? childIn(declarator, 'value') : ownValue;
    if (inner.type === 'structured_binding_declarator') {
      if (valueNode !== undefined) walkExpression(valueNode, context);
      for (const name of inner.children) addBinding(name, { value: null, type: null, form: 'variable' }, context);
      continue;
    }
    const declared = declaredBy(inner, context);
    if (declared === null) continue;
    const isFunction =
      declared.fn !== null && !/pointer|parenthes/.test(childIn(declared.fn, 'declarator')?.type ?? '');
    if (isFunction && context.scope === null) {
      if (declared.scope === null) walkFunction(node, declared, context);
      continue;
    }
    const value = isFunction
      ? known === null
        ? null
        : constructionOf(known, undefined, spanOfPlain(inner), context)
      : givenTo(valueNode, known, context);
    const isOnlyDeclared =
      value === null && context.scope === null && (isElsewhere || (isField && /\bstatic\b/.test(head)));
    if (isOnlyDeclared && known === null) continue;
    declareValue(declared, { value, type: known, form }, node, context);
  }
}

function declareValue(
  { name, scope }: Declared,
  given: Pick<BindingFact, 'value' | 'type' | 'form'>,
  node: PlainNode,
  context: ClassContext,
): void {
  const place = scope === null || context.scope !== null ? context : extensionOf(scope, spanOfPlain(node), context);
  addBinding(name, given, place);
}

/** What a variable is given: `= v`, or what its type makes of `(v)` and `{v}`. */
function givenTo(node: PlainNode | undefined, type: Expr | null, context: ClassContext): Expr | null {
  if (node === undefined) return null;
  const isList = node.type === 'initializer_list';
  if (!isList && node.type !== 'argument_list') return walkExpression(node, context);
  const isPlain = type !== null && !isTextType(type);
  if (isPlain && !node.children.some(child => child.type === 'initializer_list')) {
    return constructionOf(type, node, spanOfPlain(node), context);
  }
  const value = isList ? walkExpression(node, context) : null;
  const items = isList
    ? value?.kind === 'array'
      ? value.items
      : []
    : node.children.map(child => walkExpression(child, context));
  return items.length === 1 ? items[0]! : value;
}

/** A macro where declarations stand, such as `BASE_FEATURE(kPay, "Pay", …);`, declares the name that it is given first. */
function walkStatement(node: PlainNode, context: ClassContext): void {
  for (const child of node.children) {
    const value = walkExpression(child, context);
    if (context.scope !== null || child.type !== 'call_expression') continue;
    const macro = childIn(child, 'function');
    const [first, second] = childIn(child, 'arguments')?.children ?? [];
    if (macro?.type !== 'identifier' || first?.type !== 'identifier' || second === undefined) continue;
    if (/^[A-Z][A-Z0-9_]+$/.test(sourceOf(macro, context))) {
      addBinding(first, { value, type: null, form: 'constant' }, context);
    }
  }
}

function walkIf(node: PlainNode, context: ClassContext): void {
  const inner = inBlock(node, context);
  const condition = childIn(node, 'condition');
  const consequence = childIn(node, 'consequence');
  const alternative = childIn(node, 'alternative')?.children[0];
  if (condition !== undefined) walkCondition(condition, inner);
  for (const part of [consequence, alternative]) if (part !== undefined) walkNode(part, inner);
  addBranch(context.sink, condition && conditionSpan(condition), consequence, alternative);
}

/** The condition without its parentheses. */
function conditionSpan(node: PlainNode): Expr['span'] {
  return spanOfPlain(childIn(node, 'value') ?? node);
}

function walkCondition(node: PlainNode, context: ClassContext): void {
  for (const child of node.type === 'condition_clause' ? node.children : [node]) walkNode(child, context);
}

function walkLoop(node: PlainNode, context: ClassContext): void {
  const inner = inBlock(node, context);
  const condition = childIn(node, 'condition');
  const body = childIn(node, 'body');
  for (const child of node.children) {
    if (child === condition) walkCondition(child, inner);
    else walkNode(child, inner);
  }
  addBranch(context.sink, condition && conditionSpan(condition), body);
}

function walkRangeLoop(node: PlainNode, context: ClassContext): void {
  const inner = inBlock(node, context);
  const declarator = childIn(node, 'declarator');
  const right = childIn(node, 'right');
  const body = childIn(node, 'body');
  const list = right === undefined ? null : walkExpression(right, inner);
  const declared = declarator === undefined ? null : declaredBy(declarator, inner);
  const items = list?.kind === 'array' ? list.items : [];
  const item: Expr | null =
    items.length === 0 || list === null ? null : { kind: 'choice', options: items, span: list.span };
  const typeNode = childIn(node, 'type');
  const type = typeNode === undefined ? null : typeOf(typeNode, inner);
  if (declared !== null)
    addBinding(declared.name, { value: item, type: type?.kind === 'other' ? null : type, form: 'variable' }, inner);
  if (body !== undefined) walkNode(body, inner);
}
