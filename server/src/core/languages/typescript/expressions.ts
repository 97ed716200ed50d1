/**
 * Expressions of TypeScript and JavaScript: one pass turns a node into an `Expr` and leaves the facts that stand inside it
 * (calls, member accesses, functions, elements, branches) in the sink.
 */
import type { Node } from 'web-tree-sitter';
import type { Argument, CallExpr, Expr, MemberExpr, ObjectEntry } from '../facts.ts';
import { MAX_DEPTH, spanOf } from '../language.ts';
import { walkElement } from './elements.ts';
import { walkFunction } from './functions.ts';
import { walkClass, walkStatement } from './statements.ts';
import { addComment, childrenOf, decodeEscapes, sourceOf, unquote, type Walk } from './walk.ts';

/** The value of an expression node. Wrappers that do not change the value are taken off. */
export function walkExpression(node: Node, outer: Walk): Expr {
  const span = spanOf(node);
  if (outer.depth > MAX_DEPTH) return { kind: 'other', span };
  const walk = { ...outer, depth: outer.depth + 1 };
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
      return { kind: 'array', items: childrenOf(node, walk).map(child => walkExpression(child, walk)), span };
    case 'arrow_function':
    case 'function_expression':
    case 'generator_function':
    case 'function':
      walkFunction(node, null, walk);
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
    case 'augmented_assignment_expression':
      walkStatement(node, walk);
      return { kind: 'other', span };
    case 'jsx_element':
    case 'jsx_self_closing_element':
      walkElement(node, walk);
      return { kind: 'other', span };
    default:
      for (const child of childrenOf(node, walk)) walkStatement(child, walk);
      return { kind: 'other', span };
  }
}

/** The value of an expression that is read further: a member access in it is not reported by itself. */
function walkOperand(node: Node, walk: Walk): Expr {
  if (node.type === 'member_expression') return memberOf(node, { ...walk, depth: walk.depth + 1 });
  if (node.type === 'non_null_expression' || node.type === 'parenthesized_expression') {
    const inner = childrenOf(node, walk)[0];
    if (inner !== undefined && inner.type === 'member_expression') return walkOperand(inner, walk);
  }
  return walkExpression(node, walk);
}

function memberOf(node: Node, walk: Walk): MemberExpr | Expr {
  const span = spanOf(node);
  const [object, property] = operands(node, walk);
  if (walk.depth > MAX_DEPTH || object === undefined || property === undefined) return { kind: 'other', span };
  return {
    kind: 'member',
    object: walkOperand(object, walk),
    property: sourceOf(property, walk),
    propertySpan: spanOf(property),
    span,
  };
}

/** First and last child that matter: `?.` is a named child of its own. */
function operands(node: Node, walk: Walk): readonly [Node | undefined, Node | undefined] {
  const children = childrenOf(node, walk).filter(child => child.type !== 'optional_chain');
  return children.length < 2 ? [children[0], undefined] : [children[0], children[children.length - 1]];
}

/** `object['name']` is the member `name`; any other index stays one. */
function walkSubscript(node: Node, walk: Walk): Expr {
  const span = spanOf(node);
  const [object, index] = operands(node, walk);
  if (object === undefined || index === undefined) return { kind: 'other', span };
  const target = walkOperand(object, walk);
  const value = walkExpression(index, walk);
  if (value.kind !== 'string') return { kind: 'index', object: target, index: value, span };
  const member: MemberExpr = { kind: 'member', object: target, property: value.value, propertySpan: value.span, span };
  walk.sink.members.push(member);
  return member;
}

function walkCall(node: Node, walk: Walk): Expr {
  const span = spanOf(node);
  const construct = node.type === 'new_expression';
  const calleeNode = node.childForFieldName(construct ? 'constructor' : 'function');
  const argumentsNode = node.childForFieldName('arguments');
  if (calleeNode === null) return { kind: 'other', span };
  const callee = walkOperand(calleeNode, walk);
  const args: Argument[] = [];
  if (argumentsNode?.type === 'template_string') {
    args.push({ name: null, value: walkTemplate(argumentsNode, walk), spread: false });
  } else if (argumentsNode !== null) {
    for (const child of childrenOf(argumentsNode, walk)) args.push(walkArgument(child, walk));
  }
  const nameSpan = callee.kind === 'member' ? callee.propertySpan : callee.span;
  const call: CallExpr = { kind: 'call', callee, args, construct, nameSpan, span };
  walk.sink.calls.push(call);
  return call;
}

function walkArgument(node: Node, walk: Walk): Argument {
  if (node.type !== 'spread_element') return { name: null, value: walkExpression(node, walk), spread: false };
  const inner = childrenOf(node, walk)[0];
  const value: Expr = inner === undefined ? { kind: 'other', span: spanOf(node) } : walkExpression(inner, walk);
  return { name: null, value, spread: true };
}

function walkTemplate(node: Node, walk: Walk): Expr {
  const parts: (string | Expr)[] = [];
  let at = node.startIndex + 1;
  for (const child of node.namedChildren) {
    if (child === null || child.type !== 'template_substitution') continue;
    if (child.startIndex > at) parts.push(decodeEscapes(walk.text.slice(at, child.startIndex)));
    const inner = childrenOf(child, walk)[0];
    parts.push(inner === undefined ? { kind: 'other', span: spanOf(child) } : walkExpression(inner, walk));
    at = child.endIndex;
  }
  const end = walk.text.charAt(node.endIndex - 1) === '`' ? node.endIndex - 1 : node.endIndex;
  if (end > at) parts.push(decodeEscapes(walk.text.slice(at, end)));
  if (parts.every(part => typeof part === 'string'))
    return { kind: 'string', value: parts.join(''), span: spanOf(node) };
  return { kind: 'template', parts, span: spanOf(node) };
}

function walkObject(node: Node, walk: Walk): Expr {
  const entries: ObjectEntry[] = [];
  const spreads: Expr[] = [];
  for (const child of childrenOf(node, walk)) {
    if (child.type === 'pair') {
      const key = child.childForFieldName('key');
      const value = child.childForFieldName('value');
      if (key === null || value === null) continue;
      const keySpan = spanOf(key);
      if (key.type !== 'computed_property_name') {
        entries.push({ key: keyText(key, walk), keySpan, value: walkNamed(value, keyText(key, walk), key, walk) });
      } else {
        walkExpression(key, walk);
        walkExpression(value, walk);
      }
    } else if (child.type === 'shorthand_property_identifier') {
      const name = sourceOf(child, walk);
      entries.push({ key: name, keySpan: spanOf(child), value: { kind: 'name', name, span: spanOf(child) } });
    } else if (child.type === 'method_definition') {
      const name = child.childForFieldName('name');
      walkFunction(child, name, walk);
      if (name !== null) {
        entries.push({
          key: keyText(name, walk),
          keySpan: spanOf(name),
          value: { kind: 'function', span: spanOf(child) },
        });
      }
    } else if (child.type === 'spread_element') spreads.push(walkArgument(child, walk).value);
    else walkExpression(child, walk);
  }
  return { kind: 'object', entries, spreads, span: spanOf(node) };
}

/** A value that a name is given to: a function takes the name. */
export function walkNamed(value: Node, name: string, nameNode: Node, walk: Walk): Expr {
  const inner = value.type === 'parenthesized_expression' ? (value.namedChildren[0] ?? value) : value;
  if (name === '' || !FUNCTION_NODES.has(inner.type)) return walkExpression(value, walk);
  walkFunction(inner, nameNode, walk);
  return { kind: 'function', span: spanOf(inner) };
}

const FUNCTION_NODES = new Set(['arrow_function', 'function_expression', 'generator_function', 'function']);

/** A property name as text, whether it is written as a name, a string or a number. */
export function keyText(node: Node, walk: Walk): string {
  const source = sourceOf(node, walk);
  return node.type === 'string' ? unquote(source) : source;
}

function walkTernary(node: Node, walk: Walk): Expr {
  const [condition, consequent, alternative] = childrenOf(node, walk);
  if (condition === undefined || consequent === undefined || alternative === undefined) return walkWrapped(node, walk);
  walkExpression(condition, walk);
  const options = [walkExpression(consequent, walk), walkExpression(alternative, walk)];
  walk.sink.branches.push({
    condition: spanOf(condition),
    consequent: spanOf(consequent),
    alternative: spanOf(alternative),
  });
  return { kind: 'choice', options, span: spanOf(node) };
}

function walkBinary(node: Node, walk: Walk): Expr {
  const span = spanOf(node);
  const left = node.childForFieldName('left');
  const right = node.childForFieldName('right');
  for (const child of node.namedChildren) if (child?.type === 'comment') addComment(child, walk);
  if (left === null || right === null) return { kind: 'other', span };
  const operator = walk.text.slice(left.endIndex, right.startIndex).trim();
  const first = walkExpression(left, walk);
  const second = walkExpression(right, walk);
  if (operator === '+') return concatenation(first, second, span);
  if (operator === '||' || operator === '??') return { kind: 'choice', options: [first, second], span };
  if (operator === '&&') walk.sink.branches.push({ condition: first.span, consequent: second.span, alternative: null });
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

function walkUnary(node: Node, walk: Walk): Expr {
  const operand = childrenOf(node, walk)[0];
  if (operand === undefined) return { kind: 'other', span: spanOf(node) };
  const value = walkExpression(operand, walk);
  if (value.kind === 'literal' && typeof value.value === 'number' && walk.text.charAt(node.startIndex) === '-') {
    return { kind: 'literal', value: -value.value, span: spanOf(node) };
  }
  return { kind: 'other', span: spanOf(node) };
}

/** The first child is the value; what follows is a type. */
function walkWrapped(node: Node, walk: Walk): Expr {
  const children = childrenOf(node, walk);
  const value = node.type === 'type_assertion' ? children[children.length - 1] : children[0];
  return value === undefined ? { kind: 'other', span: spanOf(node) } : walkExpression(value, walk);
}
