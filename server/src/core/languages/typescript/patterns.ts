/** Binding patterns of TypeScript and JavaScript: which names a destructuring binds, and to which property of the value. */

import type { Span } from '../../text.ts';
import type { Expr } from '../facts.ts';
import { childIn, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';

import { keyText, walkExpression } from './expressions.ts';
import type { Walk } from './walk.ts';

/** One bound name. `path` leads from the value to it; it is empty for a plain name. Array elements are their index. */
export interface Target {
  readonly name: string;
  readonly span: Span;
  readonly path: readonly string[];
  /** The spans of the path's property names. */
  readonly pathSpans: readonly Span[];
  readonly defaultValue: Expr | null;
}

/** All names a pattern binds, in source order. */
export function targetsOf(pattern: PlainNode, walk: Walk): readonly Target[] {
  const targets: Target[] = [];
  collect(pattern, [], [], null, walk, targets);
  return targets;
}

function collect(
  node: PlainNode,
  path: readonly string[],
  pathSpans: readonly Span[],
  defaultValue: Expr | null,
  walk: Walk,
  targets: Target[],
): void {
  const inner = (child: PlainNode, key: string, span: Span, value: Expr | null) =>
    collect(child, [...path, key], [...pathSpans, span], value, walk, targets);
  switch (node.type) {
    case 'identifier':
      targets.push({ name: sourceOf(node, walk), span: spanOfPlain(node), path, pathSpans, defaultValue });
      return;
    case 'shorthand_property_identifier_pattern': {
      const name = sourceOf(node, walk);
      const span = spanOfPlain(node);
      targets.push({ name, span, path: [...path, name], pathSpans: [...pathSpans, span], defaultValue });
      return;
    }
    case 'object_pattern':
      for (const child of node.children) {
        if (child.type === 'pair_pattern') {
          const key = childIn(child, 'key');
          const value = childIn(child, 'value');
          if (key !== undefined && value !== undefined) inner(value, keyText(key, walk), spanOfPlain(key), null);
        } else if (
          child.type === 'object_assignment_pattern' ||
          child.type === 'shorthand_property_identifier_pattern'
        ) {
          collect(child, path, pathSpans, null, walk, targets);
        }
      }
      return;
    case 'array_pattern': {
      let [index, end] = [0, node.start];
      for (const child of node.children) {
        // Places may be left out: `[, setOpen]`.
        index += walk.text.slice(end, child.start).split(',').length - 1;
        end = child.end;
        inner(child, String(index), spanOfPlain(child), null);
      }
      return;
    }
    case 'assignment_pattern':
    case 'object_assignment_pattern': {
      const [left, right] = node.children;
      const value = right === undefined ? null : walkExpression(right, walk);
      if (left !== undefined) collect(left, path, pathSpans, value, walk, targets);
      return;
    }
    default:
      return;
  }
}
