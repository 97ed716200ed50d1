/** JSX elements: their names and attributes as facts, and the walk into attribute values and children. */

import type { ElementFact, Expr } from '../facts.ts';
import { childIn, type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';

import { walkExpression } from './expressions.ts';
import { unquote, type Walk } from './walk.ts';

/** Adds an element and everything inside it. Fragments are elements without a name and are only walked into. */
export function walkElement(node: PlainNode, walk: Walk): void {
  const opening = node.type === 'jsx_element' ? childIn(node, 'open_tag') : node;
  if (opening !== undefined) addElement(node, opening, walk);
  if (node.type !== 'jsx_element') return;
  for (const child of node.children) {
    if (child.type === 'jsx_opening_element' || child.type === 'jsx_closing_element' || child.type === 'jsx_text')
      continue;
    if (child.type === 'jsx_element' || child.type === 'jsx_self_closing_element') walkElement(child, walk);
    else walkExpression(child, walk);
  }
}

function addElement(node: PlainNode, opening: PlainNode, walk: Walk): void {
  const name = childIn(opening, 'name');
  const attributes: { name: string; value: Expr | null; span: ReturnType<typeof spanOfPlain> }[] = [];
  if (name !== undefined) {
    const fact: ElementFact = {
      name: sourceOf(name, walk),
      nameSpan: spanOfPlain(name),
      attributes,
      span: spanOfPlain(node),
    };
    walk.sink.elements.push(fact);
  }
  for (const child of opening.children) {
    if (child.type === 'jsx_attribute') attributes.push(attributeOf(child, walk));
    else if (child.type === 'jsx_expression') walkExpression(child, walk);
  }
}

function attributeOf(node: PlainNode, walk: Walk) {
  const [name, value] = node.children;
  const text = name === undefined ? '' : sourceOf(name, walk);
  if (value === undefined) return { name: text, value: null, span: spanOfPlain(node) };
  if (value.type === 'string') {
    const literal: Expr = { kind: 'string', value: unquote(sourceOf(value, walk)), span: spanOfPlain(value) };
    return { name: text, value: literal, span: spanOfPlain(node) };
  }
  const inner = value.type === 'jsx_expression' ? value.children[0] : value;
  return { name: text, value: inner === undefined ? null : walkExpression(inner, walk), span: spanOfPlain(node) };
}
