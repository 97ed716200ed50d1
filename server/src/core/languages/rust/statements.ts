/** Rust's items and statements. What is neither one nor known is walked as an expression. */

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
import type { CallExpr, Expr, TypeFact } from '../facts.ts';
import { childIn, childOfType, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { addBranch, isAssignedAt, readOfTarget } from '../shapes.ts';
import { withBounds } from '../typeBounds.ts';
import { declarePattern, parameterOf, walkBlock, walkExpression, walkOperand } from './expressions.ts';
import { typeOf } from './types.ts';

/** Nodes that take the syntax errors inside them, since they open a scope. */
export const ANCHORS: ReadonlySet<string> = new Set(['function_item', 'impl_item', 'trait_item', 'closure_expression']);

/** Any node: an item, a statement, an expression, or what a syntax error left. */
export function walkNode(node: PlainNode, context: ClassContext): void {
  switch (node.type) {
    case 'use_declaration':
      for (const child of node.children) walkUse(child, '', node, context);
      return;
    case 'mod_item':
      walkModule(node, context);
      return;
    case 'const_item':
    case 'static_item':
      walkConstant(node, context);
      return;
    case 'enum_item':
    case 'struct_item':
    case 'trait_item':
      walkType(node, context);
      return;
    case 'impl_item':
      walkImplementation(node, context);
      return;
    case 'type_item':
      walkAlias(node, context);
      return;
    case 'function_item':
    case 'function_signature_item':
      walkFunction(node, context);
      return;
    case 'let_declaration':
      walkLet(node, context);
      return;
    case 'expression_statement':
      for (const child of node.children) walkExpression(child, context);
      return;
    case 'return_expression': {
      const [value] = node.children;
      if (value !== undefined) addReturn(walkExpression(value, context), context);
      return;
    }
    case 'assignment_expression':
      walkAssignment(node, context);
      return;
    case 'for_expression':
    case 'while_expression':
      walkLoop(node, context);
      return;
    case 'ERROR':
      walkBroken(node, context);
      return;
    case 'attribute_item':
      walkAttribute(node, context);
      return;
    case 'inner_attribute_item':
    case 'macro_definition':
    case 'where_clause':
    case 'type_parameters':
    case 'type_arguments':
    case 'visibility_modifier':
    case 'primitive_type':
    case 'lifetime':
      return;
    default:
      walkExpression(node, context);
  }
}

export const { walkWithErrors, walkErrors, walkBroken } = errorWalks<ClassContext>({
  anchors: ANCHORS,
  callees: new Set(['identifier', 'field_identifier', 'field_expression', 'scoped_identifier', 'self']),
  joint: /^\s*(?:\.|::)\s*$/,
  walkNode,
  walkOperand,
  walkExpression,
});

/** `mod m { … }`: a namespace. One without a body stands in a file of its own. */
function walkModule(node: PlainNode, context: ClassContext): void {
  const nameNode = childIn(node, 'name');
  const body = childIn(node, 'body');
  if (nameNode === undefined || body === undefined) return;
  const span = spanOfPlain(node);
  const name = nameOf(nameNode, context);
  context.sink.types.push({ name, nameSpan: nameSpanOf(nameNode, context), form: 'namespace', bases: [], span });
  for (const child of body.children) walkNode(child, { ...context, around: span });
  walkErrors(node, context);
}

/** `use a::{b::C, d as E, f::*}`, one name at a time. */
function walkUse(node: PlainNode, prefix: string, whole: PlainNode, context: ClassContext): void {
  const join = (path: string) => (prefix === '' ? path : path === '' ? prefix : `${prefix}.${path}`);
  const dotted = (part: PlainNode | undefined) =>
    part === undefined ? '' : sourceOf(part, context).replace(/\s+/g, '').replaceAll('::', '.');
  const add = (full: string, local: string | null) => {
    const dot = full.lastIndexOf('.');
    const imported = full.slice(dot + 1);
    const from = full.slice(0, Math.max(dot, 0));
    const span = spanOfPlain(whole);
    if (imported === '') return;
    // `use a::b::{self}` is `use a::b`.
    if (imported === 'self' && dot > 0) {
      add(from, local);
      return;
    }
    if (dot > 0) context.sink.imports.push({ local: local ?? imported, imported, from, span });
    else if (local !== null && local !== imported) context.sink.imports.push({ local, imported, from: 'self', span });
  };
  switch (node.type) {
    case 'scoped_use_list':
      for (const child of childIn(node, 'list')?.children ?? [])
        walkUse(child, join(dotted(childIn(node, 'path'))), whole, context);
      return;
    case 'use_list':
      for (const child of node.children) walkUse(child, prefix, whole, context);
      return;
    case 'use_as_clause': {
      const alias = childIn(node, 'alias');
      if (alias !== undefined) add(join(dotted(childIn(node, 'path'))), nameOf(alias, context));
      return;
    }
    case 'use_wildcard': {
      const from = join(dotted(node.children[0]));
      if (from !== '') context.sink.imports.push({ local: '*', imported: '*', from, span: spanOfPlain(whole) });
      return;
    }
    case 'identifier':
    case 'scoped_identifier':
      add(join(dotted(node)), null);
      return;
    default:
  }
}

function walkConstant(node: PlainNode, context: ClassContext): void {
  const nameNode = childIn(node, 'name');
  const value = childIn(node, 'value');
  const typeNode = childIn(node, 'type');
  if (nameNode === undefined) return;
  const given = value === undefined ? null : walkExpression(value, context);
  const written = typeNode === undefined ? null : typeOf(typeNode, context);
  const type = written === null || written.kind === 'other' ? null : written;
  if (context.scope !== null) declareLocal(nameNode, { value: given, type, form: 'constant' }, context);
  else declareMember(nameNode, { value: given, type, form: 'constant' }, context);
}

function walkType(node: PlainNode, outer: ClassContext): void {
  const context = withBounds(node, outer, typeOf);
  const nameNode = childIn(node, 'name');
  if (nameNode === undefined) return;
  const name = nameOf(nameNode, context);
  const span = spanOfPlain(node);
  const form: TypeFact['form'] =
    node.type === 'enum_item' ? 'enum' : node.type === 'trait_item' ? 'interface' : 'struct';
  const bounds = childIn(node, 'bounds')?.children ?? [];
  const bases = bounds.map(bound => typeOf(bound, context)).filter(base => base.kind !== 'other');
  context.sink.types.push({ name, nameSpan: nameSpanOf(nameNode, context), form, bases, span });
  const inner: ClassContext = { ...context, owner: { name, span }, scope: null, returns: null };
  for (const child of childIn(node, 'body')?.children ?? []) {
    const field = childIn(child, 'name');
    if (child.type === 'enum_variant' && field !== undefined) addVariant(field, inner);
    else if (child.type === 'field_declaration' && field !== undefined) {
      const typeNode = childIn(child, 'type');
      const type = typeNode === undefined ? null : typeOf(typeNode, inner);
      declareMember(field, { value: null, type: type?.kind === 'other' ? null : type, form: 'field' }, inner);
    } else if (node.type === 'trait_item') walkNode(child, inner);
  }
  walkErrors(node, inner);
}

function addVariant(nameNode: PlainNode, context: ClassContext): void {
  const nameSpan = nameSpanOf(nameNode, context);
  const callee: Expr = { kind: 'name', name: context.owner?.name ?? '', span: nameSpan };
  const value: CallExpr = { kind: 'call', callee, args: [], construct: true, nameSpan, span: nameSpan };
  context.sink.calls.push(value);
  declareMember(nameNode, { value, type: null, form: 'enum-member' }, context);
}

/** `impl Trait for Type { … }` adds to a type what stands in it. */
function walkImplementation(node: PlainNode, outer: ClassContext): void {
  const context = withBounds(node, outer, typeOf);
  const typeNode = childIn(node, 'type');
  const own = typeNode?.type === 'generic_type' ? childIn(typeNode, 'type') : typeNode;
  const last = own?.type.startsWith('scoped_') ? childIn(own, 'name') : own;
  if (own === undefined || last === undefined || last.type !== 'type_identifier') return;
  const trait = childIn(node, 'trait');
  const bases = [typeOf(own, context), ...(trait === undefined ? [] : [typeOf(trait, context)])].filter(
    base => base.kind !== 'other',
  );
  const span = spanOfPlain(node);
  const name = nameOf(last, context);
  context.sink.types.push({ name, nameSpan: nameSpanOf(last, context), form: 'extension', bases, span });
  const inner: ClassContext = { ...context, owner: { name, span }, scope: null, returns: null };
  for (const child of childIn(node, 'body')?.children ?? []) walkNode(child, inner);
  walkErrors(node, inner);
}

function walkAlias(node: PlainNode, context: ClassContext): void {
  const nameNode = childIn(node, 'name');
  const target = childIn(node, 'type');
  if (nameNode === undefined || target === undefined) return;
  const type = typeOf(target, context);
  const bases = type.kind === 'other' ? [] : [type];
  const nameSpan = nameSpanOf(nameNode, context);
  context.sink.types.push({ name: nameOf(nameNode, context), nameSpan, form: 'alias', bases, span: spanOfPlain(node) });
}

function walkFunction(node: PlainNode, outer: ClassContext): void {
  const context = withBounds(node, outer, typeOf);
  const nameNode = childIn(node, 'name');
  const span = spanOfPlain(node);
  const returns: Expr[] = [];
  const inner: ClassContext = { ...inBlock(node, context), returns };
  const list = (childIn(node, 'parameters')?.children ?? []).filter(child => child.type === 'parameter');
  const parameters = list.flatMap((child, position) => parameterOf(child, position, inner) ?? []);
  const result = childIn(node, 'return_type');
  const type = result === undefined ? null : typeOf(result, context);
  const body = childIn(node, 'body');
  if (body !== undefined) {
    const value = walkBlock(body, inner);
    if (value.kind !== 'other') addReturn(value, inner);
  }
  walkErrors(node, inner);
  const known = nameNode !== undefined && nameNode.start < nameNode.end;
  context.sink.functions.push({
    name: known ? nameOf(nameNode, context) : null,
    nameSpan: known ? nameSpanOf(nameNode, context) : { start: span.start, end: span.start },
    owner: context.scope === null ? (context.owner?.name ?? null) : null,
    parameters,
    returns,
    ...(type === null || type.kind === 'other' ? {} : { resultType: type }),
    span,
  });
}

function walkLet(node: PlainNode, context: ClassContext): void {
  const pattern = childIn(node, 'pattern');
  const value = childIn(node, 'value');
  const typeNode = childIn(node, 'type');
  const alternative = childIn(node, 'alternative');
  const given = value === undefined ? null : walkExpression(value, context);
  const type = typeNode === undefined ? null : typeOf(typeNode, context);
  if (alternative !== undefined) walkBlock(alternative, context);
  if (pattern !== undefined) declarePattern(pattern, given, type?.kind === 'other' ? null : type, context);
}

function walkAssignment(node: PlainNode, context: ClassContext): void {
  const left = childIn(node, 'left');
  const right = childIn(node, 'right');
  if (left === undefined || right === undefined) return;
  const value = walkExpression(right, context);
  const field = childIn(left, 'field');
  if (left.type === 'identifier') assignName(left, value, context);
  else if (left.type === 'field_expression' && childIn(left, 'value')?.type === 'self' && field !== undefined) {
    declareMember(field, { value, type: null, form: 'field' }, context);
  } else walkExpression(readOfTarget(left, 'field_expression', 'value'), context);
}

function walkLoop(node: PlainNode, context: ClassContext): void {
  const inner = inBlock(node, context);
  const value = childIn(node, 'value');
  const pattern = childIn(node, 'pattern');
  const condition = childIn(node, 'condition');
  const body = childIn(node, 'body') ?? childOfType(node, 'block');
  const given = value === undefined ? null : walkExpression(value, inner);
  const items = given?.kind === 'array' ? given.items : [];
  const item: Expr | null =
    items.length === 0 || given === null ? null : { kind: 'choice', options: items, span: given.span };
  if (pattern !== undefined) declarePattern(pattern, item, null, inner);
  if (condition !== undefined) walkExpression(condition, inner);
  if (body === undefined) return;
  walkBlock(body, inner);
  if (condition !== undefined) {
    addBranch(context.sink, condition, body);
  }
}

/**
 * `#[a::b("k")]`, `#[b(key = "k")]`: a decorator, when it is given a text first. What else stands in an attribute is in words of its
 * own that no grammar reads.
 */
function walkAttribute(node: PlainNode, context: ClassContext): void {
  const attribute = childOfType(node, 'attribute');
  const [path] = attribute?.children ?? [];
  const [first, second] = (attribute && childIn(attribute, 'arguments')?.children) ?? [];
  if (attribute === undefined || path === undefined || first === undefined) return;
  const isNamed =
    first.type === 'identifier' && second?.type === 'string_literal' && isAssignedAt(context.text, first.end);
  const given = isNamed ? second! : first;
  if (given.type !== 'string_literal') return;
  const callee = walkOperand(path, context);
  const nameSpan = callee.kind === 'member' ? callee.propertySpan : callee.span;
  const name = isNamed ? sourceOf(first, context) : null;
  const args = [{ name, value: walkExpression(given, context), spread: false }];
  const span = spanOfPlain(attribute);
  context.sink.decorators.push({ kind: 'call', callee, args, construct: false, nameSpan, span });
}
