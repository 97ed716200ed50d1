/**
 * What decides in a syntax tree, in terms that all grammars share: conditions with their branches, short circuits, negations, exits.
 * The grammars name these things so much alike that one table serves them all. Which of them decide about a place in the code is
 * the business of `guards.ts`.
 */
import type { Node } from 'web-tree-sitter';

/** A condition, and what runs when it is true and when it is false. */
export interface Decision {
  readonly condition: Node;
  readonly whenTrue: Node | null;
  /** In a chain of `else if`, the next decision or the last `else`. */
  readonly whenFalse: readonly Node[];
}

const CONDITIONALS = new Set([
  'if_statement',
  'if',
  'if_expression',
  'elsif',
  'elif_clause',
  'else_if_clause',
  'if_modifier',
  'conditional',
  'conditional_expression',
  'ternary_expression',
]);
const NEGATED_CONDITIONALS = new Set(['unless', 'unless_modifier']);

/** The decision that a node is; null for any other node. */
export function decisionOf(node: Node): Decision | null {
  const isNegated = NEGATED_CONDITIONALS.has(node.type);
  if (!isNegated && !CONDITIONALS.has(node.type)) return null;
  const fields = {
    condition: node.childForFieldName('condition'),
    taken: node.childForFieldName('consequence') ?? node.childForFieldName('body'),
    others: node.childrenForFieldName('alternative').filter(child => child !== null),
  };
  if (fields.condition === null || node.type === 'if_expression') return decisionByPlace(node, fields.condition);
  // The condition of `a ?: b` is what is taken, too.
  const [taken, others] = isNegated ? [fields.others[0] ?? null, [fields.taken]] : [fields.taken, fields.others];
  return { condition: fields.condition, whenTrue: taken, whenFalse: others.filter(other => other !== null) };
}

/** Python's `a if b else c` has no fields, and Kotlin's `if` names its condition alone. */
function decisionByPlace(node: Node, named: Node | null): Decision | null {
  if (node.type !== 'conditional_expression' && node.type !== 'if_expression') return null;
  const parts = partsOf(node).filter(part => part.id !== named?.id);
  const [condition, taken, other] = named === null ? [parts[1], parts[0], parts[2]] : [named, parts[0], parts[1]];
  if (condition === undefined || taken === undefined) return null;
  return { condition, whenTrue: taken, whenFalse: other === undefined ? [] : [other] };
}

/** `while (condition) body`, and a `for` with a condition. */
export function loopOf(
  node: Node,
): { readonly condition: Node | null; readonly body: Node | null; readonly truth: boolean } | null {
  if (!LOOPS.has(node.type)) return null;
  const isSure = !node.type.startsWith('do_') && !node.type.endsWith('_modifier');
  return {
    condition: isSure ? node.childForFieldName('condition') : null,
    body: node.childForFieldName('body') ?? partsOf(node).findLast(part => part.type === 'block') ?? null,
    truth: !node.type.startsWith('until'),
  };
}

const LOOPS = new Set([
  'while_statement',
  'while',
  'until',
  'while_modifier',
  'until_modifier',
  'do_statement',
  'do_while_statement',
  'for_statement',
  'for_in_statement',
  'enhanced_for_statement',
  'foreach_statement',
  'for',
]);

/** `left && right` and its like: the right side is reached only when the left one is `reached`. */
export interface ShortCircuit {
  readonly operator: 'and' | 'or' | 'default';
  readonly left: Node;
  readonly right: Node;
}

export function shortCircuitOf(node: Node): ShortCircuit | null {
  if (node.type !== 'binary_expression' && node.type !== 'boolean_operator' && node.type !== 'binary') return null;
  const left = node.childForFieldName('left');
  const right = node.childForFieldName('right');
  if (left === null || right === null) return null;
  const between =
    node.childForFieldName('operator')?.text ??
    node.text.slice(left.endIndex - node.startIndex, right.startIndex - node.startIndex);
  const operator = SHORT_CIRCUITS.get(between.trim().toLowerCase());
  return operator === undefined ? null : { operator, left, right };
}

const SHORT_CIRCUITS: ReadonlyMap<string, ShortCircuit['operator']> = new Map([
  ['&&', 'and'],
  ['and', 'and'],
  ['||', 'or'],
  ['or', 'or'],
  ['??', 'default'],
  ['?:', 'default'],
]);

/** What a negation negates; null for any other node. */
export function negatedOf(node: Node): Node | null {
  if (!NEGATIONS.has(node.type)) return null;
  const operator = node.child(0)?.text;
  return operator === '!' || operator === 'not' ? (partsOf(node).at(-1) ?? null) : null;
}

const NEGATIONS = new Set([
  'unary_expression',
  'prefix_unary_expression',
  'not_operator',
  'unary',
  'unary_op_expression',
]);

/** Kotlin's grammar reads `!a.b()` as `(!a).b()`: whether a negation stands at the very start of a chain of calls. */
export function isNegatedChain(node: Node): boolean {
  for (
    let inner: Node | null = node;
    inner !== null && inner.startIndex === node.startIndex;
    inner = partsOf(inner)[0] ?? null
  ) {
    if (inner.type === 'unary_expression') return inner.id !== node.id && inner.child(0)?.text === '!';
    if (!/^(?:call|navigation|indexing|postfix)_expression$/.test(inner.type)) return false;
  }
  return false;
}

/** A comparison with `true` or `false`: what is compared, and whether it has to be true for the whole to be. */
export function comparedWithTruth(node: Node): { readonly value: Node; readonly truth: boolean } | null {
  if (!COMPARISONS.has(node.type)) return null;
  const [left, right] = partsOf(node);
  if (left === undefined || right === undefined || partsOf(node).length !== 2) return null;
  const between = node.text
    .slice(left.endIndex - node.startIndex, right.startIndex - node.startIndex)
    .trim()
    .toLowerCase();
  const isEqual = /^(?:={2,3}|is|eq|equal)$/.test(between);
  if (!isEqual && !/^(?:!={1,2}|is\s+not|<>)$/.test(between)) return null;
  for (const [literal, value] of [
    [left, right],
    [right, left],
  ] as const) {
    const text = literal.text.toLowerCase();
    if (text === 'true' || text === 'false') return { value, truth: (text === 'true') === isEqual };
  }
  return null;
}

const COMPARISONS = new Set(['binary_expression', 'comparison_operator', 'binary', 'is_pattern_expression']);

/** What stands in parentheses, is awaited, cast or otherwise only wrapped. */
export function unwrapped(node: Node): Node {
  let inner = node;
  for (let depth = 0; depth < 20 && WRAPPERS.has(inner.type); depth++) {
    const parts = partsOf(inner);
    const value = inner.childForFieldName('value') ?? (inner.type === 'cast_expression' ? parts.at(-1) : parts[0]);
    if (value === undefined || value === null) return inner;
    inner = value;
  }
  return inner;
}

const WRAPPERS = new Set([
  'parenthesized_expression',
  'parenthesized_statements',
  'condition_clause',
  'await_expression',
  'await',
  'as_expression',
  'satisfies_expression',
  'non_null_expression',
  'cast_expression',
  'expression_statement',
  'jsx_expression',
  'expression_list',
  'pattern',
  'constant_pattern',
]);

export function isFunction(node: Node): boolean {
  return FUNCTIONS.test(node.type) && node.isNamed;
}

const FUNCTIONS =
  /^(?:function(?:_declaration|_definition|_expression)?|generator_function(?:_declaration)?|arrow_function|method(?:_declaration|_definition)?|singleton_method|constructor_declaration|lambda(?:_expression|_literal)?|func_literal|anonymous_function(?:_creation_expression)?|anonymous_method_expression|local_function_statement|accessor_declaration|block|do_block)$/;

/** A function, for Ruby a block of a call too: `block` is a list of statements in the other grammars. */
export function isCallBlock(node: Node): boolean {
  return (node.type === 'block' || node.type === 'do_block') && /call|lambda|super|yield/.test(node.parent?.type ?? '');
}

/** Parts of a `try` that run only when something went wrong, and cases. */
export function isOtherwise(node: Node): boolean {
  return OTHERWISE.has(node.type);
}

const OTHERWISE = new Set([
  'catch_clause',
  'catch_block',
  'when_entry',
  'except_clause',
  'except_group_clause',
  'rescue',
  'else',
  'else_clause',
  'switch_case',
  'switch_default',
  'switch_block_statement_group',
  'switch_rule',
  'switch_section',
  'switch_expression_arm',
  'expression_case',
  'type_case',
  'communication_case',
  'default_case',
  'case_clause',
  'case_statement',
  'default_statement',
  'match_conditional_expression',
  'match_default_expression',
  'when',
  'in_clause',
  'for_in_clause',
  'if_clause',
]);

/** Named children that are no comments. */
export function partsOf(node: Node): readonly Node[] {
  return node.namedChildren.filter((child): child is Node => child !== null && !child.type.includes('comment'));
}
