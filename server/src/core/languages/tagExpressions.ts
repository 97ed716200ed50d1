/**
 * The expressions of template engines (Django, Jinja, Twig), as far as flags are asked in them: names, members, calls and constant
 * arguments. These languages have operators and filters of their own and no grammar that is kept; whatever else stands between
 * the names is passed over. What the tags around an expression mean is the language folders' business.
 */
import type { Span } from '../text.ts';
import type { Argument, CallExpr, Expr } from './facts.ts';
import type { FactSink } from './language.ts';
import { spaceEnd } from './markup.ts';

/** Adds the calls and member accesses of a span to the sink. */
export function addTagExpressions(text: string, span: Span, sink: FactSink): void {
  const reading: Reading = { text, end: span.end, at: span.start, sink };
  readAll(reading, '', 0);
}

/** The operands of a tag: `flag "a" as b` has the string `a`, and the names `as` and `b`, behind its own name. */
export function tagOperands(text: string, span: Span): readonly Expr[] {
  const reading: Reading = { text, end: span.end, at: span.start, sink: null };
  return readAll(reading, '', 0);
}

interface Reading {
  readonly text: string;
  readonly end: number;
  at: number;
  readonly sink: FactSink | null;
}

/** Calls nested deeper than this are left out. */
const DEEPEST = 40;

const TOKEN =
  /\s+|([A-Za-z_$][\w$]*)|"((?:[^"\\]|\\[\s\S])*)"|'((?:[^'\\]|\\[\s\S])*)'|(\d[\w.]*)|([([{])|([)\]}])|([\s\S])/y;

/** The operands up to a closing bracket, in order. */
function readAll(reading: Reading, close: string, depth: number): Expr[] {
  const found: Expr[] = [];
  for (;;) {
    const expr = readOperand(reading, depth);
    if (expr === null) return found;
    if (expr === 'close') {
      if (close !== '') return found;
    } else if (expr !== 'other') found.push(expr);
  }
}

/** A string, or a name with what follows it. `other` is any sign that is none. */
function readOperand(reading: Reading, depth: number): Expr | 'close' | 'other' | null {
  if (reading.at >= reading.end) return null;
  const start = reading.at;
  TOKEN.lastIndex = start;
  const match = TOKEN.exec(reading.text);
  if (match === null || start + match[0].length > reading.end) {
    reading.at = reading.end;
    return null;
  }
  const [whole, name, double, single, number, open, close] = match;
  reading.at = start + whole.length;
  const span = { start, end: reading.at };
  const quoted = double ?? single;
  if (name !== undefined) return readChain({ kind: 'name', name, span }, reading, depth);
  if (quoted !== undefined) {
    const text: Expr = { kind: 'string', value: quoted.replace(/\\([\s\S])/g, '$1'), span };
    addFilter(text, reading);
    return text;
  }
  if (number !== undefined) return { kind: 'literal', value: Number.parseFloat(number), span };
  if (open !== undefined && depth < DEEPEST) {
    const [value, pipe, ...more] = readAll(reading, open, depth + 1);
    // `(flags$ | async)?.newNav` is read from what is awaited.
    const isAwaited = pipe?.kind === 'name' && pipe.name === 'async' && more.length === 0;
    if (value !== undefined && isAwaited && /[?!]?\./y.test(reading.text.slice(reading.at, reading.at + 2)))
      return readChain(value, reading, depth);
  }
  return close !== undefined ? 'close' : 'other';
}

/** `"new-nav"|feature_enabled`: a filter is a call of its name with what stands before it. */
function addFilter(value: Expr, { text, end, at, sink }: Reading): void {
  const filter = /\s{0,8}\|\s{0,8}([A-Za-z_]\w*)/y;
  filter.lastIndex = at;
  const [whole, name] = filter.exec(text) ?? [];
  if (whole === undefined || name === undefined || at + whole.length > end) return;
  const nameSpan = { start: at + whole.length - name.length, end: at + whole.length };
  sink?.calls.push({
    kind: 'call',
    callee: { kind: 'name', name, span: nameSpan },
    args: [{ name: null, value, spread: false }],
    construct: false,
    nameSpan,
    span: { start: value.span.start, end: nameSpan.end },
  });
}

/** What follows a name: `.name`, `["name"]`, `(…)`. */
function readChain(first: Expr, reading: Reading, depth: number): Expr {
  let expr = first;
  for (;;) {
    const next = reading.text.charAt(reading.at);
    if (reading.at >= reading.end) break;
    if (next === '.' || next === '?' || next === '!') {
      const name = /[?!]?\.([A-Za-z_$][\w$]*)/y;
      name.lastIndex = reading.at;
      const [whole, property] = name.exec(reading.text) ?? [];
      if (whole === undefined || property === undefined || reading.at + whole.length > reading.end) break;
      const propertySpan = { start: reading.at + whole.length - property.length, end: reading.at + whole.length };
      reading.at = propertySpan.end;
      expr = {
        kind: 'member',
        object: expr,
        property,
        propertySpan,
        span: { start: first.span.start, end: reading.at },
      };
    } else if (next === '[') {
      const name = /\[\s*(?:"([^"\\\]]*)"|'([^'\\\]]*)')\s*\]/y;
      name.lastIndex = reading.at;
      const [whole, double, single] = name.exec(reading.text) ?? [];
      const property = double ?? single;
      if (whole === undefined || property === undefined || reading.at + whole.length > reading.end) break;
      const open = reading.at + whole.search(/["']/);
      const propertySpan = { start: open, end: open + property.length + 2 };
      reading.at += whole.length;
      expr = {
        kind: 'member',
        object: expr,
        property,
        propertySpan,
        span: { start: first.span.start, end: reading.at },
      };
    } else if (next === '(' && depth < DEEPEST) expr = readCall(expr, reading, depth);
    else break;
  }
  if (expr.kind === 'member') reading.sink?.members.push(expr);
  return expr;
}

function readCall(callee: Expr, reading: Reading, depth: number): CallExpr {
  const args: Argument[] = [];
  reading.at++;
  for (let done = false; !done; ) {
    let value: Expr | null = null;
    let plain = true;
    for (;;) {
      const comma = spaceEnd(reading.text, reading.at);
      if (comma < reading.end && reading.text.charAt(comma) === ',') {
        reading.at = comma + 1;
        break;
      }
      const operand = readOperand(reading, depth + 1);
      if (operand === null || operand === 'close') {
        done = true;
        break;
      }
      if (operand === 'other') plain &&= /\s/.test(reading.text.charAt(reading.at - 1));
      else if (value === null) value = operand;
      else plain = false;
    }
    if (value !== null)
      args.push({ name: null, value: plain ? value : { kind: 'other', span: value.span }, spread: false });
  }
  const span = { start: callee.span.start, end: reading.at };
  const nameSpan = callee.kind === 'member' ? callee.propertySpan : callee.span;
  const call: CallExpr = { kind: 'call', callee, args, construct: false, nameSpan, span };
  reading.sink?.calls.push(call);
  return call;
}
