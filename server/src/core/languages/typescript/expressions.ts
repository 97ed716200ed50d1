/**
 * Expressions of TypeScript and JavaScript: one pass turns a node into an `Expr` and leaves the facts that stand inside it
 * (calls, member accesses, functions, elements, branches) in the sink.
 */

import type { Argument, CallExpr, Expr, IndexExpr, MemberExpr, ObjectEntry } from '../facts.ts';
import { childIn, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { addBranch, memberAt, walkTernaryNodes } from '../shapes.ts';

import { walkElement } from './elements.ts';
import { walkFunction } from './functions.ts';
import { namedOrListed } from './inlineTypes.ts';
import { lookupIn } from './lookups.ts';
import { walkClass, walkStatement } from './statements.ts';
import { propertyType, typeOf } from './types.ts';
import { decodeEscapes, unquote, type Walk } from './walk.ts';

/** The value of an expression node. Wrappers that do not change the value are taken off. */
export function walkExpression(node: PlainNode, walk: Walk): Expr {
  const span = spanOfPlain(node);
  switch (node.type) {
    case 'string':
      return { kind: 'string', value: unquote(sourceOf(node, walk)), span };
    case 'number':
      return { kind: 'literal', value: Number(sourceOf(node, walk).replaceAll('_', '')), span };
    case 'true':
    case 'false':
      return { kind: 'literal', value: node.type === 'true', span };
    case 'null':
    case 'undefined':
      return { kind: 'literal', value: null, span };
    case 'identifier':
    case 'shorthand_property_identifier':
    case 'this':
    case 'super':
    case 'import':
    case 'type_identifier':
      return { kind: 'name', name: sourceOf(node, walk), span };
    case 'template_string':
      return walkTemplate(node, walk);
    case 'member_expression': {
      const member = memberOf(node, walk);
      if (member.kind === 'member') walk.sink.members.push(member);
      return member;
    }
    case 'subscript_expression':
      return walkSubscript(node, walk);
    case 'call_expression':
    case 'new_expression':
      return walkCall(node, walk);
    case 'object':
      return walkObject(node, walk);
    case 'array':
      return { kind: 'array', items: node.children.map(child => walkExpression(child, walk)), span };
    case 'arrow_function':
    case 'function_expression':
    case 'generator_function':
    case 'function':
      walkFunction(node, undefined, walk);
      return { kind: 'function', span };
    case 'class':
      walkClass(node, walk);
      return { kind: 'other', span };
    case 'ternary_expression':
      return walkTernary(node, walk);
    case 'binary_expression':
      return walkBinary(node, walk);
    case 'unary_expression':
      return walkUnary(node, walk);
    case 'parenthesized_expression':
    case 'await_expression':
    case 'non_null_expression':
    case 'as_expression':
    case 'satisfies_expression':
    case 'type_assertion':
    case 'expression_statement':
      return walkWrapped(node, walk);
    case 'assignment_expression':
      walkStatement(node, walk);
      return { kind: 'other', span };
    case 'jsx_element':
    case 'jsx_self_closing_element':
      walkElement(node, walk);
      return { kind: 'other', span };
    default:
      for (const child of node.children) walkStatement(child, walk);
      return { kind: 'other', span };
  }
}

/** The value of an expression that is read further: a member access in it is not reported by itself. */
export function walkOperand(node: PlainNode, walk: Walk): Expr {
  if (node.type === 'member_expression') return memberOf(node, walk);
  if (node.type === 'non_null_expression' || node.type === 'parenthesized_expression') {
    const inner = node.children[0];
    if (inner !== undefined && inner.type === 'member_expression') return walkOperand(inner, walk);
  }
  return walkExpression(node, walk);
}

function memberOf(node: PlainNode, walk: Walk): MemberExpr | Expr {
  const span = spanOfPlain(node);
  const [object, property] = operands(node);
  if (object === undefined || property === undefined) return { kind: 'other', span };
  return memberAt(walkOperand(object, walk), property, span, walk);
}

/** First and last child that matter: `?.` is a named child of its own. */
function operands(node: PlainNode): readonly [PlainNode | undefined, PlainNode | undefined] {
  const children = node.children.filter(child => child.type !== 'optional_chain');
  return children.length < 2 ? [children[0], undefined] : [children[0], children[children.length - 1]];
}

/** `object['name']` is the member `name`; any other index stays one. */
function walkSubscript(node: PlainNode, walk: Walk): Expr {
  const span = spanOfPlain(node);
  const [object, index] = operands(node);
  if (object === undefined || index === undefined) return { kind: 'other', span };
  const target = walkOperand(object, walk);
  const value = walkExpression(index, walk);
  if (value.kind !== 'string') {
    const indexed: IndexExpr = { kind: 'index', object: target, index: value, span };
    walk.sink.members.push(indexed);
    return indexed;
  }
  const member: MemberExpr = { kind: 'member', object: target, property: value.value, propertySpan: value.span, span };
  walk.sink.members.push(member);
  return member;
}

function walkCall(node: PlainNode, walk: Walk): Expr {
  const span = spanOfPlain(node);
  const construct = node.type === 'new_expression';
  const calleeNode = childIn(node, construct ? 'constructor' : 'function');
  const argumentsNode = childIn(node, 'arguments');
  if (calleeNode === undefined) return { kind: 'other', span };
  const callee = walkOperand(calleeNode, walk);
  const args: Argument[] = [];
  if (argumentsNode?.type === 'template_string') {
    args.push({ name: null, value: walkTemplate(argumentsNode, walk), spread: false });
  } else if (argumentsNode !== undefined) {
    for (const child of argumentsNode.children) args.push(walkArgument(child, walk));
  }
  const nameSpan = callee.kind === 'member' ? callee.propertySpan : callee.span;
  const types = childIn(node, 'type_arguments')?.children ?? [];
  const handed = types.length === 1 ? namedOrListed(types[0], '', walk) : assertedType(argumentsNode, walk);
  const plain: CallExpr = { kind: 'call', callee, args, construct, nameSpan, span };
  const call = handed === null ? plain : { ...plain, typeArgument: handed };
  walk.sink.calls.push(call);
  const lookup = argumentsNode === undefined ? null : lookupIn(call, argumentsNode, walk);
  if (lookup !== null) walk.sink.members.push(lookup);
  return call;
}

/** `createContext({} as Flags)`: what the first argument is said to be tells the type that is handed. */
function assertedType(argumentsNode: PlainNode | undefined, walk: Walk): Expr | null {
  const first = argumentsNode?.type === 'arguments' ? argumentsNode.children[0] : undefined;
  if (first?.type !== 'as_expression' && first?.type !== 'satisfies_expression') return null;
  return first.children.length === 2 ? typeOf(first.children[1], walk) : null;
}

function walkArgument(node: PlainNode, walk: Walk): Argument {
  if (node.type !== 'spread_element') return { name: null, value: walkExpression(node, walk), spread: false };
  const inner = node.children[0];
  const value: Expr = inner === undefined ? { kind: 'other', span: spanOfPlain(node) } : walkExpression(inner, walk);
  return { name: null, value, spread: true };
}

function walkTemplate(node: PlainNode, walk: Walk): Expr {
  const parts: (string | Expr)[] = [];
  let at = node.start + 1;
  for (const child of node.children) {
    if (child.type !== 'template_substitution') continue;
    if (child.start > at) parts.push(decodeEscapes(walk.text.slice(at, child.start)));
    const inner = child.children[0];
    parts.push(inner === undefined ? { kind: 'other', span: spanOfPlain(child) } : walkExpression(inner, walk));
    at = child.end;
  }
  const end = walk.text.charAt(node.end - 1) === '`' ? node.end - 1 : node.end;
  if (end > at) parts.push(decodeEscapes(walk.text.slice(at, end)));
  if (parts.every(part => typeof part === 'string'))
    return { kind: 'string', value: parts.join(''), span: spanOfPlain(node) };
  return { kind: 'template', parts, span: spanOfPlain(node) };
}

function walkObject(node: PlainNode, walk: Walk): Expr {
  const entries: ObjectEntry[] = [];
  const spreads: Expr[] = [];
  for (const child of node.children) {
    if (child.type === 'pair') {
      const key = childIn(child, 'key');
      const value = childIn(child, 'value');
      if (key === undefined || value === undefined) continue;
      const keySpan = spanOfPlain(key);
      if (key.type !== 'computed_property_name') {
        entries.push({ key: keyText(key, walk), keySpan, value: walkNamed(value, keyText(key, walk), key, walk) });
        addProperty(key, value, walk);
      } else {
        walkExpression(key, walk);
        walkExpression(value, walk);
      }
    } else if (child.type === 'shorthand_property_identifier') {
      const name = sourceOf(child, walk);
      entries.push({ key: name, keySpan: spanOfPlain(child), value: { kind: 'name', name, span: spanOfPlain(child) } });
    } else if (child.type === 'method_definition') {
      const name = childIn(child, 'name');
      walkFunction(child, name, walk);
      if (name !== undefined) {
        entries.push({
          key: keyText(name, walk),
          keySpan: spanOfPlain(name),
          value: { kind: 'function', span: spanOfPlain(child) },
        });
      }
    } else if (child.type === 'spread_element') spreads.push(walkArgument(child, walk).value);
    else walkExpression(child, walk);
  }
  return { kind: 'object', entries, spreads, span: spanOfPlain(node) };
}

/** A property of a Vue component that says its type. */
function addProperty(key: PlainNode, value: PlainNode, walk: Walk): void {
  const type = propertyType(value, walk);
  if (type === null) return;
  const common = { nameSpan: spanOfPlain(key), value: null, type, form: 'field', scope: spanOfPlain(value) } as const;
  walk.sink.bindings.push({ ...common, name: keyText(key, walk), owner: '{props}' });
}

/** A value that a name is given to: a function takes the name. */
export function walkNamed(value: PlainNode, name: string, nameNode: PlainNode, walk: Walk): Expr {
  const inner = value.type === 'parenthesized_expression' ? (value.children[0] ?? value) : value;
  if (name !== '' && inner.type === 'call_expression') return walkNamedCallback(inner, name, nameNode, walk);
  if (name === '' || !FUNCTION_NODES.has(inner.type)) return walkExpression(value, walk);
  walkFunction(inner, nameNode, walk);
  return { kind: 'function', span: spanOfPlain(inner) };
}

/** `const isOn = useCallback(key => …, [])`: the function has the name of what it is kept as. */
function walkNamedCallback(node: PlainNode, name: string, nameNode: PlainNode, walk: Walk): Expr {
  const call = walkExpression(node, walk);
  if (call.kind !== 'call') return call;
  const { callee, args } = call;
  const called = callee.kind === 'member' ? callee.property : callee.kind === 'name' ? callee.name : '';
  const [given] = args;
  if (called !== 'useCallback' || given?.value.kind !== 'function') return call;
  const { functions } = walk.sink;
  const at = functions.findLastIndex(({ span }) => span.start === given.value.span.start);
  const fn = functions[at];
  if (fn !== undefined && fn.name === null) functions[at] = { ...fn, name, nameSpan: spanOfPlain(nameNode) };
  return call;
}

const FUNCTION_NODES = new Set(['arrow_function', 'function_expression', 'generator_function', 'function']);

/** A property name as text, whether it is written as a name, a string or a number. */
export function keyText(node: PlainNode, walk: Walk): string {
  const source = sourceOf(node, walk);
  return node.type === 'string' ? unquote(source) : source;
}

function walkTernary(node: PlainNode, walk: Walk): Expr {
  const [condition, consequent, alternative] = node.children;
  const nodes = { condition, consequent, alternative };
  const walkPart = (part: PlainNode) => walkExpression(part, walk);
  return walkTernaryNodes(nodes, spanOfPlain(node), walk.sink, walkPart) ?? walkWrapped(node, walk);
}

function walkBinary(node: PlainNode, walk: Walk): Expr {
  const span = spanOfPlain(node);
  const left = childIn(node, 'left');
  const right = childIn(node, 'right');
  if (left === undefined || right === undefined) return { kind: 'other', span };
  const operator = node.token;
  const first = walkExpression(left, walk);
  const second = walkExpression(right, walk);
  if (operator === '+') return concatenation(first, second, span);
  if (operator === '||' || operator === '??') return { kind: 'choice', options: [first, second], span };
  if (operator === '&&') addBranch(walk.sink, first.span, second.span);
  return { kind: 'other', span };
}

function concatenation(first: Expr, second: Expr, span: Expr['span']): Expr {
  const parts = [...partsOf(first), ...partsOf(second)];
  if (parts.every(part => typeof part === 'string')) return { kind: 'string', value: parts.join(''), span };
  return { kind: 'template', parts, span };
}

function partsOf(expr: Expr): readonly (string | Expr)[] {
  if (expr.kind === 'string') return [expr.value];
  return expr.kind === 'template' ? expr.parts : [expr];
}

function walkUnary(node: PlainNode, walk: Walk): Expr {
  const operand = node.children[0];
  if (operand === undefined) return { kind: 'other', span: spanOfPlain(node) };
  const value = walkExpression(operand, walk);
  if (value.kind === 'literal' && typeof value.value === 'number' && node.token === '-') {
    return { kind: 'literal', value: -value.value, span: spanOfPlain(node) };
  }
  return { kind: 'other', span: spanOfPlain(node) };
}

/** The first child is the value; what follows is a type. */
function walkWrapped(node: PlainNode, walk: Walk): Expr {
  const children = node.children;
  const value = node.type === 'type_assertion' ? children[children.length - 1] : children[0];
  return value === undefined ? { kind: 'other', span: spanOfPlain(node) } : walkExpression(value, walk);
}
