/** JSX elements: their names and attributes as facts, and the walk into attribute values and children. */
import type { Node } from 'web-tree-sitter';
import type { ElementFact, Expr } from '../facts.ts';
import { MAX_DEPTH, spanOf } from '../language.ts';
import { walkExpression } from './expressions.ts';
import { childrenOf, sourceOf, unquote, type Walk } from './walk.ts';

/** Adds an element and everything inside it. Fragments are elements without a name and are only walked into. */
export function walkElement(node: Node, walk: Walk): void {
  if (walk.depth > MAX_DEPTH) return;
  const inner = { ...walk, depth: walk.depth + 1 };
  const opening = node.type === 'jsx_element' ? node.childForFieldName('open_tag') : node;
  if (opening !== null) addElement(node, opening, inner);
  if (node.type !== 'jsx_element') return;
  for (const child of childrenOf(node, inner)) {
    if (child.type === 'jsx_opening_element' || child.type === 'jsx_closing_element' || child.type === 'jsx_text')
      continue;
    if (child.type === 'jsx_element' || child.type === 'jsx_self_closing_element') walkElement(child, inner);
    else walkExpression(child, inner);
  }
}

function addElement(node: Node, opening: Node, walk: Walk): void {
  const name = opening.childForFieldName('name');
  const attributes: { name: string; value: Expr | null; span: ReturnType<typeof spanOf> }[] = [];
  if (name !== null) {
    const fact: ElementFact = { name: sourceOf(name, walk), nameSpan: spanOf(name), attributes, span: spanOf(node) };
    walk.sink.elements.push(fact);
  }
  for (const child of childrenOf(opening, walk)) {
    if (child.type === 'jsx_attribute') attributes.push(attributeOf(child, walk));
    else if (child.type === 'jsx_expression') walkExpression(child, walk);
  }
}

function attributeOf(node: Node, walk: Walk) {
  const [name, value] = childrenOf(node, walk);
  const text = name === undefined ? '' : sourceOf(name, walk);
  if (value === undefined) return { name: text, value: null, span: spanOf(node) };
  if (value.type === 'string') {
    const literal: Expr = { kind: 'string', value: unquote(sourceOf(value, walk)), span: spanOf(value) };
    return { name: text, value: literal, span: spanOf(node) };
  }
  const inner = value.type === 'jsx_expression' ? childrenOf(value, walk)[0] : value;
  return { name: text, value: inner === undefined ? null : walkExpression(inner, walk), span: spanOf(node) };
}
