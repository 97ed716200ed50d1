/** Whether a piece of code never reaches what stands behind it: it returns, throws, or leaves the loop or the program. */
import type { Node } from 'web-tree-sitter';
import { decisionOf, partsOf } from './controlNodes.ts';

/** Deeper nesting than this decides nothing. */
const MOST_DEPTH = 40;

/** True only when every way through the node leaves. */
export function leaves(node: Node | null, depth = 0): boolean {
  if (node === null || depth > MOST_DEPTH) return false;
  if (LEAVING.has(node.type)) return true;
  const decision = decisionOf(node);
  if (decision !== null) {
    const { whenTrue, whenFalse } = decision;
    return (
      whenFalse.length > 0 &&
      leaves(whenTrue, depth + 1) &&
      whenFalse.every(other => leaves(other, depth + 1)) &&
      hasLast(node)
    );
  }
  if (CALLS.has(node.type)) return leavesByCall(node);
  if (TRIES.has(node.type)) return leavesTry(node, depth);
  // What stands behind a statement that leaves is never reached.
  return SEQUENCES.has(node.type) && partsOf(node).some(part => leaves(part, depth + 1));
}

/** A chain of `elif` clauses without an `else` may fall through. */
function hasLast(node: Node): boolean {
  const clauses = node.childrenForFieldName('alternative').filter(child => child !== null);
  return !clauses.every(clause => /^(?:elif_clause|else_if_clause)$/.test(clause.type));
}

function leavesTry(node: Node, depth: number): boolean {
  const clauses = partsOf(node).filter(part => /catch|except|rescue/.test(part.type));
  const body = node.childForFieldName('body') ?? partsOf(node)[0] ?? null;
  return (
    leaves(body, depth + 1) && clauses.every(clause => leaves(clause.childForFieldName('body') ?? clause, depth + 1))
  );
}

function leavesByCall(node: Node): boolean {
  if (node.type === 'identifier') return /^(?:continue|break|raise|abort|exit)$/.test(node.text);
  const called = node.childForFieldName('function') ?? node.childForFieldName('method') ?? partsOf(node)[0] ?? null;
  if (called === null || node.childForFieldName('receiver') !== null) return false;
  return LEAVING_CALLS.test(called.text);
}

const LEAVING = new Set([
  'return_statement',
  'return_expression',
  'return',
  'throw_statement',
  'throw_expression',
  'raise_statement',
  'continue_statement',
  'break_statement',
  'goto_statement',
  'exit_statement',
  'break',
  'next',
  'redo',
  'retry',
]);

const CALLS = new Set(['call_expression', 'call', 'function_call_expression', 'identifier']);
const LEAVING_CALLS =
  /^(?:panic|raise|fail|abort|throw|quit|die|exitProcess|error|TODO|exit!?|(?:\w+\.)+_?[eE]xit|log\.Fatal(?:f|ln)?)$/;

const TRIES = new Set(['try_statement', 'try_expression', 'begin']);
const SEQUENCES = new Set([
  'statement_block',
  'block',
  'statement_list',
  'compound_statement',
  'colon_block',
  'then',
  'else',
  'else_clause',
  'elif_clause',
  'else_if_clause',
  'body_statement',
  'expression_statement',
  'parenthesized_statements',
  'parenthesized_expression',
  'arrow_expression_clause',
]);
