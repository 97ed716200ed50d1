/**
 * What a class body calls to declare something: attributes, delegations, aliases, mixins, methods made of blocks, files
 * and gems that are needed. Such a call is no call of `calls`' interest beyond its name, so its arguments are read here.
 */
import type { Span } from '../../text.ts';
import type { Expr } from '../facts.ts';
import { childIn, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { memberNamed } from '../shapes.ts';
import { bindMember, type Context, selfAt } from './context.ts';
import { keyOf, walkExpression } from './expressions.ts';
import { type NameAt, walkBlock } from './functions.ts';

/**
 * Reads a call without a receiver that declares something; false when it does not. What it says yes to has been walked
 * with everything inside.
 */
export function walkMacro(node: PlainNode, name: string, context: Context): boolean {
  const args = childIn(node, 'arguments')?.children ?? [];
  const block = childIn(node, 'block');
  switch (name) {
    case 'require':
    case 'require_relative':
    case 'gem':
    case 'load':
      return walkRequire(name, args, context);
    case 'include':
    case 'extend':
    case 'prepend':
      return block === undefined && walkMixin(args, context);
    case 'attr_reader':
    case 'attr_accessor':
    case 'mattr_reader':
    case 'mattr_accessor':
    case 'cattr_reader':
    case 'cattr_accessor':
    case 'class_attribute':
      return block === undefined && walkAttributes(/^[mc]attr/.test(name) ? '@@' : '@', args, context);
    case 'delegate':
      return walkDelegate(args, context);
    case 'def_delegators':
    case 'def_instance_delegators':
      return walkDelegators(args, context);
    case 'def_delegator':
    case 'def_instance_delegator':
      return walkDelegator(args, context);
    case 'alias_method':
      return walkAliasMethod(args, context);
    case 'define_method':
    case 'let':
    case 'let!':
    case 'subject':
      return walkDefinition(name, args, block, context);
    default:
      return false;
  }
}

/** `alias new old`. */
export function walkAlias(node: PlainNode, context: Context): void {
  const name = childIn(node, 'name');
  const original = childIn(node, 'alias');
  if (name === undefined || original === undefined) return;
  const [to, from] = [aliasName(name, context), aliasName(original, context)];
  if (to !== null && from !== null) addMember(to, readOfSelf(from), context);
}

/** A needed file or gem is an import of everything: Ruby's constants are names of the whole program. */
function walkRequire(macro: string, args: readonly PlainNode[], context: Context): boolean {
  const [first, ...rest] = args;
  const value = first === undefined ? null : walkExpression(first, context);
  for (const child of rest) walkPart(child, context);
  if (first === undefined || value?.kind !== 'string') return true;
  const isRelative = macro === 'require_relative' && !value.value.startsWith('.');
  const from = isRelative ? `./${value.value}` : value.value;
  if (from !== '') context.sink.imports.push({ local: '*', imported: '*', from, span: spanOfPlain(first) });
  return true;
}

function walkMixin(args: readonly PlainNode[], context: Context): boolean {
  for (const child of args) {
    const base = walkExpression(child, context);
    if (base.kind === 'name' || base.kind === 'member') context.owner?.bases.push(base);
  }
  return true;
}

function walkAttributes(prefix: '@' | '@@', args: readonly PlainNode[], context: Context): boolean {
  for (const child of args) {
    const name = symbolName(child, context);
    if (name === null) {
      walkPart(child, context);
      continue;
    }
    const variable = `${prefix}${name.name}`;
    const { start } = name.span;
    const value: Expr = {
      kind: 'member',
      object: selfAt(start),
      property: variable,
      propertySpan: name.span,
      span: name.span,
    };
    addFunction(name, value, context);
  }
  return true;
}

/** `delegate :a, :b, to: :target`. With a prefix the names are others: those are left alone. */
function walkDelegate(args: readonly PlainNode[], context: Context): boolean {
  const names = args.flatMap(child => symbolName(child, context) ?? []);
  let target: Expr | null = null;
  let prefixed = false;
  for (const child of args) {
    const keyNode = child.type === 'pair' ? childIn(child, 'key') : undefined;
    const valueNode = childIn(child, 'value');
    if (keyNode === undefined || valueNode === undefined) {
      if (symbolName(child, context) === null) walkPart(child, context);
      continue;
    }
    const key = keyOf(keyNode, context);
    const value = walkExpression(valueNode, context);
    if (key?.name === 'to') target = targetOf(value);
    prefixed ||= key?.name === 'prefix';
  }
  if (target === null || prefixed) return true;
  for (const name of names) addMember(name, memberOf(target, name), context);
  return true;
}

/** `def_delegators :target, :a, :b`. */
function walkDelegators(args: readonly PlainNode[], context: Context): boolean {
  const [first, ...rest] = args;
  const target = first === undefined ? null : targetOf(walkExpression(first, context));
  for (const child of rest) {
    const name = symbolName(child, context);
    if (name === null) walkPart(child, context);
    else if (target !== null) addMember(name, memberOf(target, name), context);
  }
  return true;
}

/** `def_delegator :target, :method, :alias`. */
function walkDelegator(args: readonly PlainNode[], context: Context): boolean {
  const [first, second, third] = args;
  const target = first === undefined ? null : targetOf(walkExpression(first, context));
  const method = second === undefined ? null : symbolName(second, context);
  const alias = third === undefined ? method : symbolName(third, context);
  for (const child of args.slice(1)) if (symbolName(child, context) === null) walkPart(child, context);
  if (target !== null && method !== null && alias !== null) addMember(alias, memberOf(target, method), context);
  return true;
}

function walkAliasMethod(args: readonly PlainNode[], context: Context): boolean {
  const [to, from] = args.map(child => symbolName(child, context));
  for (const child of args) if (symbolName(child, context) === null) walkPart(child, context);
  if (to != null && from != null) addMember(to, readOfSelf(from), context);
  return true;
}

/** `define_method(:name) { … }`, RSpec's `let(:name) { … }`: the block is a method. */
function walkDefinition(
  macro: string,
  args: readonly PlainNode[],
  block: PlainNode | undefined,
  context: Context,
): boolean {
  const [first] = args;
  const name = first === undefined ? null : symbolName(first, context);
  if (name === null || block === undefined) return false;
  for (const child of args.slice(1)) walkPart(child, context);
  walkBlock(block, name, macro === 'define_method' ? (context.owner?.name ?? null) : null, context);
  return true;
}

/** A pair is walked by its parts: what it is called with is nobody's value. */
function walkPart(node: PlainNode, context: Context): void {
  if (node.type === 'pair') for (const child of node.children) walkExpression(child, context);
  else walkExpression(node, context);
}

/** The name a plain symbol or string writes, and its span without colon or quotes. */
function symbolName(node: PlainNode, context: Context): NameAt | null {
  const source = sourceOf(node, context);
  const name = /^[:'"]([A-Za-z_]\w*[?!]?)['"]?$/.exec(source)?.[1];
  if ((node.type !== 'simple_symbol' && node.type !== 'string') || name === undefined) return null;
  const start = node.start + 1;
  return { name, span: { start, end: start + name.length } };
}

function aliasName(node: PlainNode, context: Context): NameAt | null {
  if (node.type !== 'identifier') return symbolName(node, context);
  return node.start === node.end ? null : { name: sourceOf(node, context), span: spanOfPlain(node) };
}

/** What is delegated to: `:client`, `"@client"`, `:class`. */
function targetOf(value: Expr): Expr | null {
  if (value.kind !== 'string') return null;
  if (value.value === 'class' || value.value === 'self') return selfAt(value.span.start);
  const { span } = value;
  return { kind: 'member', object: selfAt(span.start), property: value.value, propertySpan: span, span };
}

function readOfSelf(name: NameAt): Expr {
  return memberOf(selfAt(name.span.start), name);
}

function memberOf(object: Expr, name: NameAt): Expr {
  return memberNamed(object, name, name.span);
}

function addMember(name: NameAt, value: Expr, context: Context): void {
  bindMember(name.name, name.span, value, 'field', context);
}

function addFunction(name: NameAt, value: Expr, context: Context): void {
  context.sink.functions.push({
    name: name.name,
    nameSpan: name.span,
    owner: context.owner?.name ?? null,
    parameters: [],
    returns: [value],
    span: spanOf(name),
  });
}

function spanOf(name: NameAt): Span {
  return { start: name.span.start, end: name.span.end };
}
