/** Rust's expressions: one pass turns a node into an `Expr` and leaves the facts that stand inside it in the sink. */

import { addReturn, type ClassContext, declareLocal, inBlock, nameAt, nameOf, nameSpanOf } from '../classContext.ts';
import type { Argument, CallExpr, Expr, MemberExpr, ObjectEntry, ParameterFact } from '../facts.ts';
import { childIn, childOfType, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { addBranch, memberAt, otherAt, signedNumber } from '../shapes.ts';
import { concatenate, joinParts } from '../templates.ts';
import { SAME, walkTokens } from './macros.ts';
import { walkErrors, walkNode } from './statements.ts';
import { pathOf, typeOf } from './types.ts';

/** The value of an expression node. */
export function walkExpression(node: PlainNode, context: ClassContext): Expr {
  switch (node.type) {
    case 'identifier':
    case 'type_identifier':
      return nameAt(node, context);
    case 'self':
      return { kind: 'name', name: 'this', span: spanOfPlain(node) };
    case 'scoped_identifier':
    case 'field_expression': {
      const member = memberOf(node, context);
      if (member.kind === 'member') context.sink.members.push(member);
      return member;
    }
    case 'string_literal':
    case 'raw_string_literal':
      return { kind: 'string', value: stringValue(node, context), span: spanOfPlain(node) };
    case 'integer_literal':
    case 'float_literal': {
      const value = Number(
        sourceOf(node, context)
          .replaceAll('_', '')
          .replace(/(?:[iu](?:8|16|32|64|128|size)|f(?:32|64))$/, ''),
      );
      return Number.isNaN(value) ? otherAt(node) : { kind: 'literal', value, span: spanOfPlain(node) };
    }
    case 'boolean_literal':
      return { kind: 'literal', value: sourceOf(node, context) === 'true', span: spanOfPlain(node) };
    case 'call_expression':
      return walkCall(node, context);
    case 'struct_expression':
      return walkStruct(node, context);
    case 'array_expression':
      return {
        kind: 'array',
        items: node.children.map(child => walkExpression(child, context)),
        span: spanOfPlain(node),
      };
    case 'await_expression':
    case 'try_expression':
    case 'parenthesized_expression':
    case 'reference_expression':
    case 'type_cast_expression': {
      const inner = childIn(node, 'value') ?? node.children[0];
      return inner === undefined ? otherAt(node) : walkExpression(inner, context);
    }
    case 'unary_expression': {
      const [inner] = node.children;
      if (inner === undefined) return otherAt(node);
      const value = walkExpression(inner, context);
      if (node.token === '*') return value;
      return signedNumber(node.token, value, spanOfPlain(node)) ?? otherAt(node);
    }
    case 'binary_expression':
      return walkBinary(node, context);
    case 'if_expression':
      return walkIf(node, context);
    case 'match_expression':
      return walkMatch(node, context);
    case 'closure_expression':
      return walkClosure(node, context);
    case 'macro_invocation':
      return walkMacro(node, context);
    case 'block':
    case 'unsafe_block':
    case 'async_block':
      return walkBlock(node, context);
    case 'for_expression':
    case 'while_expression':
    case 'return_expression':
    case 'assignment_expression':
      walkNode(node, context);
      return otherAt(node);
    case 'let_condition': {
      const value = childIn(node, 'value');
      const pattern = childIn(node, 'pattern');
      const given = value === undefined ? null : walkExpression(value, context);
      if (pattern !== undefined) declarePattern(pattern, given, null, context);
      return otherAt(node);
    }
    default:
      for (const child of node.children) walkNode(child, context);
      return otherAt(node);
  }
}

/** The value of an expression that is read further. */
export function walkOperand(node: PlainNode, context: ClassContext): Expr {
  if (node.type === 'field_expression' || node.type === 'scoped_identifier') return memberOf(node, context);
  const isThrough =
    node.type === 'await_expression' || node.type === 'try_expression' || node.type === 'parenthesized_expression';
  const inner = isThrough ? (childIn(node, 'value') ?? node.children[0]) : undefined;
  return inner === undefined ? walkExpression(node, context) : walkOperand(inner, context);
}

/** A block's statements; its value is that of an expression without a semicolon at its end. */
export function walkBlock(node: PlainNode, context: ClassContext): Expr {
  const inner = inBlock(node, context);
  let last: Expr = otherAt(node);
  for (const child of node.children) {
    const isValue = /_expression$|_literal$|^identifier$|^scoped_identifier$|^block$|^macro_invocation$/.test(
      child.type,
    );
    if (isValue) last = walkExpression(child, inner);
    else {
      const only = child.type === 'expression_statement' ? child.children[0] : undefined;
      const isLast =
        only !== undefined && child === node.children.at(-1) && !sourceOf(child, context).trimEnd().endsWith(';');
      if (isLast) last = walkExpression(only, inner);
      else {
        walkNode(child, inner);
        last = otherAt(child);
      }
    }
  }
  return last;
}

/** Declares the names of a pattern; what holds the value of one, as `Some(x)` does, gives it. */
export function declarePattern(pattern: PlainNode, value: Expr | null, type: Expr | null, context: ClassContext): void {
  if (pattern.type === 'identifier') {
    declareLocal(pattern, { value, type, form: 'variable' }, context);
    return;
  }
  const parts = pattern.children.filter(child => child.field !== 'type' && child.type !== 'mutable_specifier');
  for (const part of parts) declarePattern(part, parts.length === 1 ? value : null, null, context);
}

/** A parameter's name, type and place. */
export function parameterOf(node: PlainNode, position: number, context: ClassContext): ParameterFact | null {
  const pattern = childIn(node, 'pattern') ?? node;
  const nameNode = pattern.type === 'identifier' ? pattern : childOfType(pattern, 'identifier');
  if (nameNode === undefined || nameNode.start === nameNode.end) return null;
  const typeNode = childIn(node, 'type');
  const type = typeNode === undefined ? null : typeOf(typeNode, context);
  const name = nameOf(nameNode, context);
  context.scope?.names.set(name, context.scope.span);
  const known = type === null || type.kind === 'other' ? null : type;
  return { name, nameSpan: nameSpanOf(nameNode, context), position, property: null, type: known, defaultValue: null };
}

function memberOf(node: PlainNode, context: ClassContext): MemberExpr | Expr {
  if (node.type === 'scoped_identifier') return pathOf(node, context);
  const value = childIn(node, 'value');
  const field = childIn(node, 'field');
  if (value === undefined || field === undefined || field.start === field.end) return otherAt(node);
  const object = walkOperand(value, context);
  return memberAt(object, field, spanOfPlain(node), context);
}

function walkCall(node: PlainNode, context: ClassContext): Expr {
  const written = childIn(node, 'function');
  const calleeNode = written?.type === 'generic_function' ? childIn(written, 'function') : written;
  if (calleeNode === undefined) return otherAt(node);
  const callee = walkOperand(calleeNode, context);
  const args = (childIn(node, 'arguments')?.children ?? []).map(
    (child): Argument => ({ name: null, value: walkExpression(child, context), spread: false }),
  );
  const nameSpan = callee.kind === 'member' ? callee.propertySpan : callee.span;
  const call: CallExpr = { kind: 'call', callee, args, construct: false, nameSpan, span: spanOfPlain(node) };
  context.sink.calls.push(call);
  const lazy = callee.kind === 'member' && callee.property === 'new' ? lazyValue(callee.object, args, context) : null;
  if (lazy !== null) return lazy;
  // What only hands its receiver, or its only argument, on.
  if (callee.kind === 'member' && args.length === 0 && SAME.has(callee.property)) return callee.object;
  const last = callee.kind === 'name' ? callee.name : callee.kind === 'member' ? callee.property : '';
  const isHolder =
    callee.kind === 'name' || (last === 'new' && callee.kind === 'member' && isHolderName(callee.object));
  return args.length === 1 && isHolder && (last === 'new' || WRAPS.has(last)) ? args[0]!.value : call;
}

/** `LazyLock::new(|| make())`: what is made when it is first asked for. What an empty cell will hold, its type tells. */
function lazyValue(holder: Expr, args: readonly Argument[], { sink }: ClassContext): Expr | null {
  const name = holder.kind === 'member' ? holder.property : holder.kind === 'name' ? holder.name : '';
  if (args.length === 0 && /^Once(?:Lock|Cell)$/.test(name)) return { kind: 'other', span: holder.span };
  const maker = args.length === 1 ? args[0]!.value : null;
  if (!/^Lazy(?:Lock|Cell)?$/.test(name) || maker?.kind !== 'function') return null;
  const made = sink.functions.findLast(({ span }) => span.start === maker.span.start && span.end === maker.span.end);
  return made?.returns.length === 1 ? made.returns[0]! : null;
}

function isHolderName(expr: Expr): boolean {
  return expr.kind === 'name' && /^(?:Arc|Box|Rc)$/.test(expr.name);
}

const WRAPS: ReadonlySet<string> = new Set(['Ok', 'Some']);

function walkStruct(node: PlainNode, context: ClassContext): Expr {
  const nameNode = childIn(node, 'name');
  if (nameNode === undefined) return otherAt(node);
  const callee = typeOf(nameNode, context);
  const args = (childIn(node, 'body')?.children ?? []).flatMap((child): Argument[] => {
    const field = childIn(child, 'field') ?? childOfType(child, 'identifier');
    const value = childIn(child, 'value') ?? child.children.at(-1);
    if (field === undefined || value === undefined || child.type === 'base_field_initializer') {
      walkNode(child, context);
      return [];
    }
    return [{ name: sourceOf(field, context), value: walkExpression(value, context), spread: false }];
  });
  const nameSpan = callee.kind === 'member' ? callee.propertySpan : callee.span;
  const call: CallExpr = { kind: 'call', callee, args, construct: true, nameSpan, span: spanOfPlain(node) };
  context.sink.calls.push(call);
  return call;
}

function walkBinary(node: PlainNode, context: ClassContext): Expr {
  const left = childIn(node, 'left');
  const right = childIn(node, 'right');
  if (left === undefined || right === undefined) return otherAt(node);
  const values = [walkExpression(left, context), walkExpression(right, context)] as const;
  if (node.token === '+') return concatenate(values[0], values[1], spanOfPlain(node));
  if (node.token === '&&') {
    addBranch(context.sink, left, right);
  }
  return otherAt(node);
}

function walkIf(node: PlainNode, context: ClassContext): Expr {
  const inner = inBlock(node, context);
  const condition = childIn(node, 'condition');
  const consequence = childIn(node, 'consequence');
  const alternative = childIn(node, 'alternative')?.children[0];
  if (condition !== undefined) walkExpression(condition, inner);
  if (condition === undefined || consequence === undefined) return otherAt(node);
  const options = [consequence, ...(alternative === undefined ? [] : [alternative])].map(part =>
    walkExpression(part, inner),
  );
  addBranch(context.sink, condition, consequence, alternative);
  return options.length < 2 ? otherAt(node) : { kind: 'choice', options, span: spanOfPlain(node) };
}

function walkMatch(node: PlainNode, context: ClassContext): Expr {
  const subject = childIn(node, 'value');
  const index = subject === undefined ? otherAt(node) : walkExpression(subject, context);
  const entries: ObjectEntry[] = [];
  const options: Expr[] = [];
  for (const arm of childIn(node, 'body')?.children ?? []) {
    const value = childIn(arm, 'value');
    const pattern = childIn(arm, 'pattern');
    const inner = inBlock(arm, context);
    const given = value === undefined ? otherAt(arm) : walkExpression(value, inner);
    options.push(given);
    for (const name of variantsOf(pattern))
      entries.push({ key: sourceOf(name, context), keySpan: spanOfPlain(name), value: given });
  }
  const span = spanOfPlain(node);
  if (entries.length > 0) return { kind: 'index', object: { kind: 'object', entries, spreads: [], span }, index, span };
  return options.length === 0 ? otherAt(node) : { kind: 'choice', options, span };
}

/** The names of the variants that a pattern is about: `Flag::Pay`, `Self::Beta(_)`. */
function variantsOf(pattern: PlainNode | undefined): readonly PlainNode[] {
  if (pattern === undefined) return [];
  if (pattern.type.startsWith('scoped_')) return [childIn(pattern, 'name')].filter(name => name !== undefined);
  const type = childIn(pattern, 'type');
  if (type !== undefined) return variantsOf(type);
  return pattern.type === 'match_pattern' || pattern.type === 'or_pattern' ? pattern.children.flatMap(variantsOf) : [];
}

function walkClosure(node: PlainNode, context: ClassContext): Expr {
  const span = spanOfPlain(node);
  const returns: Expr[] = [];
  const inner: ClassContext = { ...inBlock(node, context), returns };
  const parameters = (childIn(node, 'parameters')?.children ?? []).flatMap(
    (child, position) => parameterOf(child, position, inner) ?? [],
  );
  const body = childIn(node, 'body');
  if (body !== undefined) {
    const value = walkExpression(body, inner);
    if (value.kind !== 'other') addReturn(value, inner);
  }
  walkErrors(node, inner);
  const nameSpan = { start: span.start, end: span.start };
  context.sink.functions.push({ name: null, nameSpan, owner: null, parameters, returns, span });
  return { kind: 'function', span };
}

/** `format!("a-{}-{b}", c)` is a template. */
function walkMacro(node: PlainNode, context: ClassContext): Expr {
  const name = childIn(node, 'macro');
  const [first, ...rest] = childOfType(node, 'token_tree')?.children ?? [];
  if (name === undefined || first === undefined) return otherAt(node);
  const span = spanOfPlain(node);
  const macro = sourceOf(name.type === 'scoped_identifier' ? (childIn(name, 'name') ?? name) : name, context);
  walkTokens(node, macro, context, walkExpression);
  if (first.type !== 'string_literal') return otherAt(node);
  if (macro === 'concat' && rest.every(child => child.type === 'string_literal')) {
    return joinParts(
      [first, ...rest].map(child => stringValue(child, context)),
      span,
    );
  }
  if (macro !== 'format') return otherAt(node);
  const unknown: Expr = { kind: 'other', span };
  const isPlain = rest.every(child => child.type === 'identifier' || child.type === 'string_literal');
  let next = 0;
  const parts = stringValue(first, context)
    .split(/(\{\w*\})/)
    .map((part): string | Expr => {
      const hole = /^\{(\w*)\}$/.exec(part)?.[1];
      if (hole === undefined) return part.replaceAll('{{', '{').replaceAll('}}', '}');
      if (/^[a-z_]\w*$/i.test(hole)) return { kind: 'name', name: hole, span: spanOfPlain(first) };
      const value = isPlain ? rest[next++] : undefined;
      return value === undefined ? unknown : walkExpression(value, context);
    });
  return joinParts(parts, span);
}

function stringValue(node: PlainNode, context: ClassContext): string {
  return node.children
    .map(child => (child.type === 'escape_sequence' ? unescaped(sourceOf(child, context)) : sourceOf(child, context)))
    .join('');
}

function unescaped(source: string): string {
  const hex = /^\\(?:x|u\{)([0-9a-fA-F_]+)\}?$/.exec(source)?.[1];
  const code = hex === undefined ? Number.NaN : Number.parseInt(hex.replaceAll('_', ''), 16);
  if (code <= 0x10ffff) return String.fromCodePoint(code);
  const letter = source.slice(1);
  return letter.startsWith('\n') ? '' : (ESCAPES[letter] ?? letter);
}

const ESCAPES: Readonly<Record<string, string>> = { 0: '\0', n: '\n', r: '\r', t: '\t' };
