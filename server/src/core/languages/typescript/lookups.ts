/**
 * Lists in which one looks for what has a name: `flags.find(flag => flag.key === KEY)`, `flags.some(({ name }) => name === 'nav')`. It is a read of
 * the list by that name, as `flags[KEY]` is.
 */
import type { CallExpr, IndexExpr } from '../facts.ts';
import { childIn, type PlainNode, sourceOf } from '../plainTree.ts';
import { walkOperand } from './expressions.ts';
import type { Walk } from './walk.ts';

/** The read that a call stands for; null where it is another call. */
export function lookupIn({ callee, span }: CallExpr, argumentsNode: PlainNode, walk: Walk): IndexExpr | null {
  if (callee.kind !== 'member' || !(callee.property === 'find' || callee.property === 'some')) return null;
  const [callback, ...others] = argumentsNode.children;
  if (callback?.type !== 'arrow_function' || others.length > 0) return null;
  const body = childIn(callback, 'body');
  const element = parameterOf(callback);
  if (body === undefined || element === null) return null;
  const key = comparedWith(body, element, walk);
  return key === null ? null : { kind: 'index', object: callee.object, index: walkOperand(key, walk), span };
}

/** The name or pattern of a function's only parameter. */
function parameterOf(callback: PlainNode): PlainNode | null {
  const single = childIn(callback, 'parameter');
  if (single !== undefined) return single;
  const [only, ...others] = childIn(callback, 'parameters')?.children ?? [];
  if (only === undefined || others.length > 0) return null;
  return childIn(only, 'pattern') ?? only;
}

/** What the element's name must be, where the condition says so by itself or beside others. */
function comparedWith(condition: PlainNode, element: PlainNode, walk: Walk): PlainNode | null {
  if (condition.type === 'parenthesized_expression') {
    const [inner] = condition.children;
    return inner === undefined ? null : comparedWith(inner, element, walk);
  }
  const left = childIn(condition, 'left');
  const right = childIn(condition, 'right');
  if (condition.type !== 'binary_expression' || left === undefined || right === undefined) return null;
  if (condition.token === '&&') return comparedWith(left, element, walk) ?? comparedWith(right, element, walk);
  if (condition.token !== '===' && condition.token !== '==') return null;
  if (isNameOf(left, element, walk)) return isKey(right) ? right : null;
  return isNameOf(right, element, walk) && isKey(left) ? left : null;
}

/** `flag.key`, or `key` where that was taken out of the flag. */
function isNameOf(node: PlainNode, element: PlainNode, walk: Walk): boolean {
  if (element.type !== 'identifier')
    return node.type === 'identifier' && NAMES.has(sourceOf(node, walk)) && element.type === 'object_pattern';
  if (node.type !== 'member_expression') return false;
  const object = childIn(node, 'object');
  const property = childIn(node, 'property');
  const isOfElement = object?.type === 'identifier' && sourceOf(object, walk) === sourceOf(element, walk);
  return isOfElement && property !== undefined && NAMES.has(sourceOf(property, walk));
}

/** Only what can be read without leaving facts a second time. */
function isKey({ type }: PlainNode): boolean {
  return type === 'string' || type === 'identifier' || type === 'member_expression';
}

const NAMES: ReadonlySet<string> = new Set(['code', 'feature', 'featureName', 'flag', 'id', 'key', 'name', 'slug']);
