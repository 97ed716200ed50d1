/** Binding patterns of TypeScript and JavaScript: which names a destructuring binds, and to which property of the value. */
import type { Node } from 'web-tree-sitter';
import type { Span } from '../../text.ts';
import type { Expr } from '../facts.ts';
import { MAX_DEPTH, spanOf } from '../language.ts';
import { keyText, walkExpression } from './expressions.ts';
import { childrenOf, sourceOf, type Walk } from './walk.ts';

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
export function targetsOf(pattern: Node, walk: Walk): readonly Target[] {
  const targets: Target[] = [];
  collect(pattern, [], [], null, walk, targets, 0);
  return targets;
}

function collect(
  node: Node,
  path: readonly string[],
  pathSpans: readonly Span[],
  defaultValue: Expr | null,
  walk: Walk,
  targets: Target[],
  depth: number,
): void {
  if (depth + walk.depth > MAX_DEPTH) return;
  const inner = (child: Node, key: string, span: Span, value: Expr | null) =>
    collect(child, [...path, key], [...pathSpans, span], value, walk, targets, depth + 1);
  switch (node.type) {
    case 'identifier':
      targets.push({ name: sourceOf(node, walk), span: spanOf(node), path, pathSpans, defaultValue });
      return;
    case 'shorthand_property_identifier_pattern': {
      const name = sourceOf(node, walk);
      const span = spanOf(node);
      targets.push({ name, span, path: [...path, name], pathSpans: [...pathSpans, span], defaultValue });
      return;
    }
    case 'object_pattern':
      for (const child of childrenOf(node, walk)) {
        if (child.type === 'pair_pattern') {
          const key = child.childForFieldName('key');
          const value = child.childForFieldName('value');
          if (key !== null && value !== null) inner(value, keyText(key, walk), spanOf(key), null);
        } else if (
          child.type === 'object_assignment_pattern' ||
          child.type === 'shorthand_property_identifier_pattern'
        ) {
          collect(child, path, pathSpans, null, walk, targets, depth + 1);
        }
      }
      return;
    case 'array_pattern': {
      let index = 0;
      for (const child of childrenOf(node, walk)) inner(child, String(index++), spanOf(child), null);
      return;
    }
    case 'assignment_pattern':
    case 'object_assignment_pattern': {
      const [left, right] = childrenOf(node, walk);
      const value = right === undefined ? null : walkExpression(right, walk);
      if (left !== undefined) collect(left, path, pathSpans, value, walk, targets, depth + 1);
      return;
    }
    default:
      return;
  }
}
