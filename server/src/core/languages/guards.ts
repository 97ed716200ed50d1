/**
 * What decides that a place in the code is reached: the conditions around it, the guard clauses before it, and what is evaluated on
 * every way to it. In terms of any language; the parts are found by `controlNodes.ts`. Values are followed no further than one name.
 */
import type { Node } from 'web-tree-sitter';
import type { Span } from '../text.ts';
import {
  comparedWithTruth,
  type Decision,
  decisionOf,
  isCallBlock,
  isFunction,
  isNegatedChain,
  isOtherwise,
  loopOf,
  negatedOf,
  partsOf,
  shortCircuitOf,
  unwrapped,
} from './controlNodes.ts';
import { leaves } from './exits.ts';

/** A condition that holds whenever the place is reached. */
export interface Guard {
  readonly condition: Node;
  readonly truth: boolean;
}

/** What is known of every way to a place. */
export interface WayTo {
  /** The innermost first. */
  readonly guards: readonly Guard[];
  /** Whether what stands at this offset is evaluated on every way to the place, within the functions around it. */
  readonly passes: (offset: number) => boolean;
}

/** Finds what leads to an offset. Linear in the siblings of the nodes around it. */
export function wayTo(root: Node, place: number): WayTo {
  const guards: Guard[] = [];
  const passed: Node[] = [];
  const around = ancestorsOf(root, place);
  const outermost = around.findLastIndex(isFunctionLike);
  around.forEach((parent, at) => {
    const child = at === 0 ? null : around[at - 1]!;
    if (child === null) return;
    const isInside = outermost < 0 || at <= outermost;
    guards.push(...guardsOfStep(parent, child, isInside));
    if (isInside) passed.push(...partsBefore(parent, child));
  });
  return { guards, passes: offset => passed.some(node => holds(node, offset) && isSure(node, offset)) };
}

/** What the conditions say of a value: that it is true (`on`), that it is false (`off`), or nothing. */
export function outcomeOf(guards: readonly Guard[], value: Span, definitionOf: DefinitionOf): 'on' | 'off' | null {
  for (const { condition, truth } of guards) {
    const outcome = outcomeIn(condition, truth, value, definitionOf, 0);
    if (outcome !== null) return outcome ? 'on' : 'off';
  }
  return null;
}

/** The only value that a name has at a place, as a node of the same tree; null when it may be any. */
export type DefinitionOf = (name: Node) => Node | null;

const MOST_STEPS = 30;

/** Whether `value` is true when `condition` is `truth`. */
function outcomeIn(
  condition: Node,
  truth: boolean,
  value: Span,
  definitionOf: DefinitionOf,
  steps: number,
): boolean | null {
  if (steps > MOST_STEPS) return null;
  const node = unwrapped(condition);
  const follow = (inner: Node, innerTruth: boolean) => outcomeIn(inner, innerTruth, value, definitionOf, steps + 1);
  const negated = negatedOf(node);
  if (negated !== null) return follow(negated, !truth);
  const circuit = shortCircuitOf(node);
  if (circuit !== null) {
    // Of `a && b` both are true when it is true; when it is false nothing is known of either.
    const isKnown = circuit.operator === 'default' ? truth : (circuit.operator === 'and') === truth;
    return isKnown
      ? (follow(circuit.left, truth) ?? (circuit.operator === 'default' ? null : follow(circuit.right, truth)))
      : null;
  }
  const compared = comparedWithTruth(node);
  if (compared !== null) return follow(compared.value, compared.truth === truth);
  const defined = isName(node) ? definitionOf(node) : null;
  if (defined !== null) return follow(defined, truth);
  if (!isValueItself(node, value)) return null;
  return isNegatedChain(node) ? !truth : truth;
}

function isName(node: Node): boolean {
  return /^(?:identifier|variable_name|constant|instance_variable|name)$/.test(node.type);
}

/** The value, or what is read from it: `(await check()).enabled`, `check().value()`; not a call that is handed it. */
function isValueItself(node: Node, value: Span): boolean {
  if (node.type === 'jsx_opening_element') return node.childForFieldName('name')?.startIndex === value.start;
  for (let inner: Node | null = node, depth = 0; inner !== null && depth < MOST_STEPS; depth++) {
    if (inner.endIndex < value.end || inner.startIndex > value.start) return false;
    if (inner.endIndex === value.end) return true;
    inner =
      /member|attribute|selector|field_access|subscript|index|element_access|call|invocation|parenthesized|await|null/.test(
        inner.type,
      )
        ? (partsOf(inner)[0] ?? null)
        : null;
  }
  return false;
}

/** The guards of one step up the tree: of a condition whose branch the child is, and of what stands before it. */
function guardsOfStep(parent: Node, child: Node, isInside: boolean): readonly Guard[] {
  const decision = decisionOf(parent);
  if (decision !== null) {
    const { condition, whenTrue, whenFalse } = decision;
    if (isSame(child, whenTrue)) return [{ condition, truth: true }];
    const at = whenFalse.findIndex(other => isSame(child, other));
    if (at < 0) return [];
    const before = whenFalse.slice(0, at).flatMap(other => decisionOf(other)?.condition ?? []);
    return [...before.reverse(), condition].map(one => ({ condition: one, truth: false }));
  }
  const circuit = shortCircuitOf(parent);
  if (circuit !== null) {
    if (!isSame(child, circuit.right) || circuit.operator === 'default') return [];
    return [{ condition: circuit.left, truth: circuit.operator === 'and' }];
  }
  const loop = loopOf(parent);
  if (loop !== null) {
    return loop.condition !== null && isSame(child, loop.body)
      ? [{ condition: loop.condition, truth: loop.truth }]
      : [];
  }
  const chosen = [...guardsOfCase(parent, child), ...markersOf(parent, child)];
  if (chosen.length > 0) return chosen;
  // Statements of a file run once and long before the functions in it.
  return isInside ? partsBefore(parent, child).reverse().flatMap(guardsBehind) : [];
}

/** Decorators, attributes and annotations of what the child is the body of, and the element that it stands in. */
function markersOf(parent: Node, child: Node): readonly Guard[] {
  if (/decorator|attribute|annotation|modifiers|opening_element/.test(child.type)) return [];
  const markers = partsOf(parent).filter(part =>
    /^(?:decorator|attribute_list|modifiers|jsx_opening_element)$/.test(part.type),
  );
  const single = markers.flatMap(marker =>
    /^(?:attribute_list|modifiers)$/.test(marker.type) ? partsOf(marker) : [marker],
  );
  return single.map(condition => ({ condition, truth: true }));
}

/** `switch (flag) { case true: … }`, `switch { case flag: … }`, `case when flag`. */
function guardsOfCase(parent: Node, child: Node): readonly Guard[] {
  if (
    !/^(?:switch_case|expression_case|case_statement|switch_section|switch_block_statement_group|switch_rule|when|when_entry|case_clause)$/.test(
      parent.type,
    )
  )
    return [];
  const named = parent.type === 'when_entry' ? parent.childForFieldName('condition') : null;
  const label = parent.type === 'when_entry' ? (named ?? undefined) : partsOf(parent)[0];
  if (label === undefined || isSame(child, label)) return [];
  const labels = /^(?:switch_label|expression_list|case_switch_label|pattern|case_pattern)$/.test(label.type)
    ? partsOf(label)
    : [label];
  const [only] = labels;
  // Several labels, or one that the code of an earlier case falls into, say nothing.
  if (only === undefined || labels.length > 1 || partsOf(parent).filter(part => part.type === 'pattern').length > 1)
    return [];
  const choice = ancestorWith(
    parent,
    /^(?:switch_statement|expression_switch_statement|switch_expression|case|match_statement|when_expression)$/,
  );
  if (choice === null) return [];
  const subject =
    choice.childForFieldName('value') ??
    choice.childForFieldName('condition') ??
    choice.childForFieldName('subject') ??
    partsOf(choice).find(part => part.type === 'when_subject')?.namedChildren[0] ??
    null;
  const wanted = truthOf(only);
  if (subject !== null && wanted !== null) return [{ condition: subject, truth: wanted }];
  const always = subject === null ? true : truthOf(unwrapped(subject));
  return always === null ? [] : [{ condition: only, truth: always }];
}

function truthOf(node: Node): boolean | null {
  const text = unwrapped(node).text.toLowerCase();
  return text === 'true' ? true : text === 'false' ? false : null;
}

/** What holds behind a statement: the opposite of the conditions under which it leaves. */
function guardsBehind(statement: Node): readonly Guard[] {
  const asserted = statement.type === 'assert_statement' ? partsOf(statement)[0] : undefined;
  if (asserted !== undefined) return [{ condition: asserted, truth: true }];
  const inner = statement.type === 'expression_statement' ? (partsOf(statement)[0] ?? statement) : statement;
  const circuit = shortCircuitOf(inner);
  if (circuit !== null && circuit.operator !== 'default') {
    return leaves(circuit.right) ? [{ condition: circuit.left, truth: circuit.operator === 'or' }] : [];
  }
  const branches = branchesOf(inner);
  const staying = branches.flatMap((branch, at) => (branch.leaves ? [] : [at]));
  const [first] = staying;
  if (first === undefined || branches.length === 0) return [];
  const guards = branches
    .slice(0, first)
    .flatMap(({ condition }) => (condition === null ? [] : [{ condition, truth: false }]));
  const only = staying.length === 1 ? branches[first]!.condition : null;
  return only === null ? guards.reverse() : [{ condition: only, truth: true }, ...guards.reverse()];
}

interface Branch {
  /** Null for what happens when no condition of the chain holds. */
  readonly condition: Node | null;
  readonly leaves: boolean;
}

/** The branches of a whole chain of `if … else if … else`, in order. */
function branchesOf(statement: Node): readonly Branch[] {
  const branches: Branch[] = [];
  let node: Node | null = statement;
  for (let depth = 0; node !== null && depth < MOST_STEPS; depth++) {
    const decision = decisionOf(node);
    if (decision === null) break;
    const { condition, whenTrue, whenFalse } = decision;
    // `unless` has nothing to do when its condition is true, and goes on.
    branches.push({ condition, leaves: leaves(whenTrue) });
    node = null;
    for (const other of whenFalse) {
      const next = decisionIn(other);
      if (next === null) return [...branches, { condition: null, leaves: leaves(other) }];
      if (whenFalse.length === 1) node = next;
      else branches.push({ condition: decisionOf(next)!.condition, leaves: leaves(decisionOf(next)!.whenTrue) });
    }
  }
  return branches.length === 0 ? [] : [...branches, { condition: null, leaves: false }];
}

/** `else if` is an `else` around an `if` in some grammars. */
function decisionIn(node: Node): Node | null {
  if (decisionOf(node) !== null) return node;
  if (node.type !== 'else_clause' && node.type !== 'else') return null;
  const parts = partsOf(node);
  return parts.length === 1 && decisionOf(parts[0]!) !== null ? parts[0]! : null;
}

/** Siblings that are evaluated before a child; of what chooses between its parts, there are none. */
function partsBefore(parent: Node, child: Node): Node[] {
  if (UNORDERED.test(parent.type) || (isOtherwise(child) && !/^else/.test(child.type))) return [];
  const decision = decisionOf(parent);
  const before: Node[] = [];
  if (decision !== null && !isSame(child, decision.condition)) before.push(decision.condition);
  for (const part of partsOf(parent)) {
    if (part.startIndex >= child.startIndex) break;
    if (isOtherwise(part) || isFunction(part)) continue;
    if (decision !== null && (isSame(part, decision.condition) || isLast(decision, part))) continue;
    before.push(part);
  }
  return before;
}

const UNORDERED = /class|interface|module|switch_body|switch_block|declaration_list|match_block|^case$|^object$/;

/** A branch that is no further decision. */
function isLast(decision: Decision, part: Node): boolean {
  return isBranch(decision, part) && (isSame(part, decision.whenTrue) || decisionOf(part) === null);
}

/** Whether a node can't be evaluated without what stands at an offset of it. */
function isSure(node: Node, offset: number): boolean {
  const around = ancestorsOf(node, offset);
  return around.every((parent, at) => {
    const child = at === 0 ? null : around[at - 1]!;
    if (isFunctionLike(parent)) return false;
    if (child === null) return true;
    if (isOtherwise(child)) return false;
    const decision = decisionOf(parent);
    if (decision !== null) return isSame(child, decision.condition) || !isBranch(decision, child);
    const circuit = shortCircuitOf(parent);
    if (circuit !== null) return isSame(child, circuit.left);
    const loop = loopOf(parent);
    return loop === null || !isSame(child, loop.body) || parent.type === 'do_statement';
  });
}

function isBranch({ whenTrue, whenFalse }: Decision, child: Node): boolean {
  return isSame(child, whenTrue) || whenFalse.some(other => isSame(child, other));
}

function isFunctionLike(node: Node): boolean {
  return isFunction(node) && (!/^(?:block|do_block)$/.test(node.type) || isCallBlock(node));
}

/** The named nodes around an offset, the innermost first, up to and with `root`. */
function ancestorsOf(root: Node, offset: number): readonly Node[] {
  const around: Node[] = [];
  let node: Node | null = root.namedDescendantForIndex(offset, offset);
  for (; node !== null && !isSame(node, root); node = node.parent) around.push(node);
  return [...around, root];
}

function ancestorWith(node: Node, type: RegExp): Node | null {
  for (let above = node.parent; above !== null; above = above.parent) if (type.test(above.type)) return above;
  return null;
}

function isSame(one: Node, other: Node | null): boolean {
  return other !== null && one.id === other.id;
}

function holds(node: Node, offset: number): boolean {
  return offset >= node.startIndex && offset < node.endIndex;
}
