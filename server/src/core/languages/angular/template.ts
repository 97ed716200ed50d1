/**
 * What an Angular template says: structural directives as elements named `*directive` and pipes of constant texts as elements named
 * `|pipe`, whose operand is the attribute `0`; tags with their attributes and inputs; calls and members in expressions, in which a name is
 * `this.name`, since a template's names are its component's. What they mean is not told here.
 */
import type { Span } from '../../text.ts';
import type { CallExpr, ElementFact, Expr } from '../facts.ts';
import { createSink, type FactSink } from '../language.ts';
import {
  closingBracket,
  type MarkupAttribute,
  type MarkupTag,
  MOST_OPEN,
  simpleExpression,
  tagAt,
  textValue,
} from '../markup.ts';
import { memberNamed } from '../shapes.ts';
import { addTagExpressions, tagOperands } from '../tagExpressions.ts';

/** Adds what stands in a span of the text that is a template. */
export function addAngularTemplate(text: string, { start, end }: Span, sink: FactSink): void {
  const opening = /<|\{\{|@(?:if|else if|switch|case|for|let)\b/g;
  opening.lastIndex = start;
  let unclosed = 0;
  for (let match = opening.exec(text); match !== null && match.index < end; match = opening.exec(text)) {
    const at = match.index;
    if (match[0] === '<') {
      const next = addTag(text, at, end, sink);
      if (next === null) return;
      opening.lastIndex = next;
    } else if (match[0] === '{{') {
      const close = text.indexOf('}}', at + 2);
      if (close < 0 || close > end) return;
      addExpression(text, { start: at + 2, end: close }, sink);
      opening.lastIndex = close + 2;
    } else {
      const inside = blockHead(text, opening.lastIndex, end, match[0] === '@let');
      if (inside === null && ++unclosed > MOST_OPEN) return;
      if (inside !== null) addExpression(text, inside, sink);
      opening.lastIndex = inside?.end ?? opening.lastIndex;
    }
  }
}

/** A tag, or what is none; the offset behind it, or null where nothing more can be read. */
function addTag(text: string, at: number, end: number, sink: FactSink): number | null {
  if (text.startsWith('<!--', at)) {
    const close = text.indexOf('-->', at + 4);
    return close < 0 ? null : close + 3;
  }
  const tag = tagAt(text, at);
  if (tag === null || tag.span.end > end) return at + 1;
  if (tag.form === 'close') return tag.span.end;
  if (tag.attributes.length > 0) addAttributes(text, tag, sink);
  const isCode = tag.form === 'open' && (tag.name === 'script' || tag.name === 'style');
  const close = isCode ? text.indexOf(`</${tag.name}`, tag.span.end) : tag.span.end;
  return close < 0 ? null : close;
}

/** The condition of `@if (…)`, or the value of `@let name = …;`. */
function blockHead(text: string, at: number, end: number, isLet: boolean): Span | null {
  if (isLet) {
    const close = text.indexOf(';', at);
    return close < 0 || close > end ? null : { start: at, end: close };
  }
  const open = /\s{0,8}\(/y;
  open.lastIndex = at;
  if (!open.test(text)) return null;
  const close = closingBracket(text, open.lastIndex - 1);
  return close === null || close > end ? null : { start: open.lastIndex, end: close };
}

function addAttributes(text: string, { name, nameSpan, attributes, span }: MarkupTag, sink: FactSink): void {
  const own: ElementFact['attributes'][number][] = [];
  for (const attribute of attributes) {
    const { value, quote } = attribute;
    const kind = kindOf(attribute.name);
    if (kind === null) continue;
    const end = value === null ? attribute.nameSpan.end : value.end + (quote === '' ? 0 : 1);
    const placed = { start: attribute.nameSpan.start + attribute.name.indexOf(kind.name), end };
    if (kind.form === 'structural') sink.elements.push(structural(text, attribute, placed));
    if (kind.form === 'plain' || kind.form === 'bound') {
      const bound = kind.form === 'bound';
      const given = value === null ? null : bound ? givenIn(text, value) : textValue(text, value);
      own.push({ name: kind.name, value: given, span: placed });
    }
    if (value === null) continue;
    if (kind.form !== 'plain') addExpression(text, value, sink);
    else addInterpolations(text, value, sink);
  }
  if (own.length > 0) sink.elements.push({ name, nameSpan, attributes: own, span });
}

/** What an attribute's name says; null of a name for the element itself (`#form`). */
function kindOf(
  name: string,
): { readonly form: 'structural' | 'bound' | 'event' | 'plain'; readonly name: string } | null {
  if (name.startsWith('*')) return { form: 'structural', name: name.slice(1) };
  const bound = /^\[\(?([\w.-]+)\)?\]$/.exec(name)?.[1];
  if (bound !== undefined) return { form: 'bound', name: bound };
  if (name.startsWith('(')) return { form: 'event', name };
  return /^[A-Za-z][\w-]*$/.test(name) ? { form: 'plain', name } : null;
}

/** `*ifFeature="'pay'; else old"` is an element `*ifFeature` with the operand `'pay'` and the attribute `else`. */
function structural(text: string, { nameSpan, value }: MarkupAttribute, span: Span): ElementFact {
  const named = { start: nameSpan.start + 1, end: nameSpan.end };
  const attributes: ElementFact['attributes'][number][] = [];
  if (value !== null) {
    const source = text.slice(value.start, value.end);
    const [first] = MICRO_VALUE.exec(source) ?? [''];
    const operand = { start: value.start, end: value.start + first.length };
    if (first.trim() !== '') attributes.push({ name: '0', value: givenIn(text, operand), span: operand });
    MICRO_KEY.lastIndex = first.length;
    for (let match = MICRO_KEY.exec(source); match !== null; match = MICRO_KEY.exec(source)) {
      const end = value.start + MICRO_KEY.lastIndex;
      const given = { start: end - match[2]!.length, end };
      attributes.push({ name: match[1]!, value: givenIn(text, given), span: given });
    }
  }
  return { name: text.slice(nameSpan.start, nameSpan.end), nameSpan: named, attributes, span };
}

/** What a structural directive is given first, up to its further keys. */
const MICRO_VALUE = /^\s*(?:'[^']*'|\[[^\]]*\]|[^\s;,'"[]+)\s*(?=$|[;,]|(?:else|as|default)\b)/;
const MICRO_KEY = /[\s;,]{0,40}([a-z]\w{0,40}):?\s{1,40}('[^']{0,200}'|[\w$.]{1,200})/y;

function givenIn(text: string, span: Span): Expr {
  const source = text.slice(span.start, span.end).trim();
  if (source === 'true' || source === 'false') return { kind: 'literal', value: source === 'true', span };
  if (/^\[\s*'[^\]]*\]$/.test(source)) {
    const items = tagOperands(text, { start: text.indexOf('[', span.start) + 1, end: span.end });
    return { kind: 'array', items, span };
  }
  return ofComponent(simpleExpression(text, span), new Map());
}

function addInterpolations(text: string, { start, end }: Span, sink: FactSink): void {
  for (let at = text.indexOf('{{', start); at >= 0 && at < end; at = text.indexOf('{{', at)) {
    const close = text.indexOf('}}', at + 2);
    if (close < 0 || close > end) return;
    addExpression(text, { start: at + 2, end: close }, sink);
    at = close + 2;
  }
}

/** Calls and members, and pipes of constant texts. */
function addExpression(text: string, span: Span, sink: FactSink): void {
  const read = createSink();
  addTagExpressions(text, span, read);
  const calls: Rewritten = new Map();
  for (const call of read.calls) {
    const [given] = call.args;
    // What stands before its name is piped into it.
    if (given === undefined || given.value.span.end > call.nameSpan.start)
      sink.calls.push(callOfComponent(call, calls));
    else {
      const name = text.slice(call.nameSpan.start, call.nameSpan.end);
      const operand = { name: '0', value: given.value, span: given.value.span };
      sink.elements.push({ name: `|${name}`, nameSpan: call.nameSpan, attributes: [operand], span: call.span });
    }
  }
  for (const member of read.members) {
    const own = ofComponent(member, calls);
    if (own.kind === 'member') sink.members.push(own);
  }
}

/** Calls by what they were read as: each is one fact wherever it stands. */
type Rewritten = Map<CallExpr, CallExpr>;

/** What a template names is a member of its component. */
function ofComponent(expr: Expr, calls: Rewritten): Expr {
  if (expr.kind === 'name' && expr.name !== 'this') {
    const self: Expr = { kind: 'name', name: 'this', span: { start: expr.span.start, end: expr.span.start } };
    return memberNamed(self, expr, expr.span);
  }
  if (expr.kind === 'member') return { ...expr, object: ofComponent(expr.object, calls) };
  return expr.kind === 'call' ? callOfComponent(expr, calls) : expr;
}

function callOfComponent(call: CallExpr, calls: Rewritten): CallExpr {
  const known = calls.get(call);
  if (known !== undefined) return known;
  const args = call.args.map(argument => ({ ...argument, value: ofComponent(argument.value, calls) }));
  const own = { ...call, callee: ofComponent(call.callee, calls), args };
  calls.set(call, own);
  return own;
}
