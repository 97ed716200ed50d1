/** Python's statements. What is neither a statement nor known is walked as an expression. */
import type { Span } from '../../text.ts';
import { errorWalks } from '../brokenCalls.ts';
import type { Expr } from '../facts.ts';
import { FILE_SCOPE } from '../language.ts';
import { childIn, childOfType, childrenIn, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';
import { addBranch, itemOf, otherAt } from '../shapes.ts';
import type { Context } from './context.ts';
import { walkExpression, walkNamed, walkOperand, walkType } from './expressions.ts';
import { addReturn, walkClass, walkDecorated, walkFunction } from './functions.ts';
import { walkImport, walkImportFrom } from './imports.ts';
import { bindTarget } from './targets.ts';

/** Nodes that take the syntax errors inside them, since they open a scope. */
export const ANCHORS: ReadonlySet<string> = new Set(['function_definition', 'lambda', 'class_definition']);

/** Any node: a statement, a block, an expression, or what a syntax error left. */
export function walkNode(node: PlainNode, context: Context): void {
  switch (node.type) {
    case 'assignment':
      walkAssignment(node, context);
      return;
    case 'augmented_assignment':
      walkAugmentedAssignment(node, context);
      return;
    case 'function_definition':
      walkFunction(node, 'plain', context);
      return;
    case 'class_definition':
      walkClass(node, context);
      return;
    case 'decorated_definition':
      walkDecorated(node, context);
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
    case 'for_statement':
      walkFor(node, context);
      return;
    case 'with_item':
      walkWithItem(node, context);
      return;
    case 'as_pattern':
      walkAsPattern(node, null, context);
      return;
    case 'import_statement':
      walkImport(node, context);
      return;
    case 'import_from_statement':
    case 'future_import_statement':
      walkImportFrom(node, context);
      return;
    case 'global_statement':
    case 'nonlocal_statement':
      for (const name of node.children) {
        const scope = node.type === 'global_statement' ? FILE_SCOPE : context.outerScope;
        context.elsewhere.set(sourceOf(name, context), scope);
      }
      return;
    case 'type_alias_statement':
      walkTypeAlias(node, context);
      return;
    case 'block':
    case 'expression_statement':
      for (const child of node.children) walkNode(child, context);
      return;
    case 'ERROR':
      walkBroken(node, context);
      return;
    default:
      walkExpression(node, context);
  }
}

export const { walkWithErrors, walkErrors, walkBroken } = errorWalks<Context>({
  anchors: ANCHORS,
  callees: new Set(['identifier', 'attribute']),
  walkNode,
  walkOperand,
  walkExpression,
});

/** `x = y = value`, `x: type = value`, `x: type`. Gives the value back, for the assignment around it. */
function walkAssignment(node: PlainNode, context: Context): Expr | null {
  const target = childIn(node, 'left');
  const typeNode = childIn(node, 'type');
  const valueNode = childIn(node, 'right');
  if (target === undefined) return null;
  const type = typeNode === undefined ? null : walkType(typeNode, context);
  const value = valueNode === undefined ? null : assignedValue(valueNode, target, context);
  bindTarget(target, value, type, context);
  return value;
}

function assignedValue(node: PlainNode, target: PlainNode, context: Context): Expr | null {
  if (node.type === 'assignment') return walkAssignment(node, context);
  if (node.type === 'augmented_assignment') {
    walkAugmentedAssignment(node, context);
    return otherAt(node);
  }
  return walkNamed(node, target, context);
}

function walkAugmentedAssignment(node: PlainNode, context: Context): void {
  const target = childIn(node, 'left');
  const value = childIn(node, 'right');
  if (value !== undefined) walkNode(value, context);
  if (target !== undefined) bindTarget(target, otherAt(node), null, context);
}

/** Each `elif` is a branch of its own; the alternative of a condition is all that follows it. */
function walkIf(node: PlainNode, context: Context): void {
  const clauses = childrenIn(node, 'alternative');
  [node, ...clauses].forEach((clause, position) => {
    const condition = childIn(clause, 'condition');
    const consequence = childIn(clause, 'consequence') ?? childIn(clause, 'body');
    const next = clauses[position];
    addBranch(context.sink, condition, consequence, next && alternativeSpan(next, node));
    for (const child of clause.children) if (child.field !== 'alternative') walkNode(child, context);
  });
}

function alternativeSpan(next: PlainNode, statement: PlainNode): Span {
  const body = childIn(next, 'body');
  return body === undefined ? { start: next.start, end: statement.end } : spanOfPlain(body);
}

function walkWhile(node: PlainNode, context: Context): void {
  const condition = childIn(node, 'condition');
  const body = childIn(node, 'body');
  const alternative = childIn(node, 'alternative');
  addBranch(context.sink, condition, body, alternative && (childIn(alternative, 'body') ?? alternative));
  for (const child of node.children) walkNode(child, context);
}

function walkFor(node: PlainNode, context: Context): void {
  const target = childIn(node, 'left');
  const iterable = childIn(node, 'right');
  if (target !== undefined) {
    bindTarget(target, iterable === undefined ? null : itemOf(walkExpression(iterable, context)), null, context);
  }
  for (const child of node.children) if (child !== target && child !== iterable) walkNode(child, context);
}

/** `with value as target` binds the context manager itself: most return themselves. */
function walkWithItem(node: PlainNode, context: Context): void {
  const inner = node.children[0];
  if (inner?.type !== 'as_pattern') {
    for (const child of node.children) walkNode(child, context);
    return;
  }
  const valueNode = inner.children[0];
  walkAsPattern(inner, valueNode === undefined ? null : walkExpression(valueNode, context), context);
}

/** `… as name` in `with`, `except` and `case`. Without a value its first child is walked here. */
function walkAsPattern(node: PlainNode, value: Expr | null, context: Context): void {
  const target = childOfType(node, 'as_pattern_target');
  const first = node.children[0];
  if (value === null && first !== undefined && first !== target) walkNode(first, context);
  if (target !== undefined) bindTarget(target, value, null, context);
}

function walkTypeAlias(node: PlainNode, context: Context): void {
  const left = childIn(node, 'left');
  const right = childIn(node, 'right');
  if (left === undefined || right === undefined) return;
  const name = sourceOf(left, context);
  const bases = [walkType(right, context)];
  if (/^[A-Za-z_]\w*$/.test(name)) {
    context.sink.types.push({ name, nameSpan: spanOfPlain(left), form: 'alias', bases, span: spanOfPlain(node) });
  }
}
