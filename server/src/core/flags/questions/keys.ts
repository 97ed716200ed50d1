/**
 * The keys of a call: most hold one, some a list or an object of them. Where a key stands is told by the SDK's data; what follows
 * a variable to an object or a list is here, what a key's text is worth is not.
 */
import type { CallExpr, Expr } from '../../languages/facts.ts';
import type { Span } from '../../text.ts';
import { argumentAt, fieldOf } from '../resolve/arguments.ts';
import type { Evaluator } from '../resolve/values.ts';
import type { ArgumentAt, SeveralKeys } from '../sdk.ts';

/** One key of a call. */
export interface KeyAt {
  readonly expr: Expr;
  /** The file in which `expr` stands, when a name led to it; undefined when it is written in the call. */
  readonly path?: string;
  /** Of a key among several: its number, and the place of its own when it is written in the call. */
  readonly item?: number;
  readonly place?: Span;
  readonly fallback?: Expr | null;
  /** `expr` is a list that can't be followed, and what it holds. */
  readonly unlisted?: SeveralKeys;
}

/** The keys that a call in `path` holds at the described place; none when there is nothing that could be a key. */
export function keysAt(call: CallExpr, path: string, at: ArgumentAt, evaluator: Evaluator): readonly KeyAt[] {
  const { property, several, ...argument } = at;
  if (several === 'rest') return furtherKeys(call, at.position);
  const given = argumentAt(call, argument);
  if (given === null) return [];
  const held = property === undefined ? { expr: given } : propertyOf(given, path, property, evaluator);
  if (held === null) return [];
  if (several === undefined) return NO_KEYS.has(held.expr.kind) ? [] : [held];
  return keysIn(held, path, several, evaluator);
}

/** The arguments from a position on; a single one stands where the call does. */
function furtherKeys({ args }: CallExpr, position: number): readonly KeyAt[] {
  const given = args.filter(({ name, spread }) => name === null && !spread).slice(position);
  const keys = given.map(({ value }) => value).filter(value => !NO_KEYS.has(value.kind));
  return keys.length === 1 ? [{ expr: keys[0]! }] : keys.map((expr, item) => ({ expr, place: expr.span, item }));
}

/** The keys in a list, or an object, that stands in the file `path`. */
export function keysIn(held: KeyAt, path: string, several: SeveralKeys, evaluator: Evaluator): readonly KeyAt[] {
  const whole = followed(held, path, evaluator);
  const placed = (expr: Expr, item: number, span: Span): KeyAt =>
    whole.path === undefined ? { expr, place: span } : { expr, path: whole.path, item };
  if (several === 'names') {
    if (whole.expr.kind !== 'object') return [];
    return whole.expr.entries.map(({ key, keySpan }, item) =>
      placed({ kind: 'string', value: key, span: keySpan }, item, keySpan),
    );
  }
  if (several === 'rest') return [held];
  if (several === 'comma') return whole.expr.kind === 'string' ? namesIn(whole.expr, placed) : [held];
  if (whole.expr.kind !== 'array') return [{ ...held, unlisted: several }];
  return whole.expr.items.flatMap((value, item) => {
    if (several === 'items') return NO_KEYS.has(value.kind) ? [] : [placed(value, item, value.span)];
    const key = fieldOf(value, several.property);
    const fallback = several.fallback === undefined ? null : fieldOf(value, several.fallback);
    return key === null ? [] : [{ ...placed(key, item, key.span), fallback }];
  });
}

/** The names in a text, each at its own place if there are several. */
function namesIn(
  { value, span }: Expr & { readonly kind: 'string' },
  placed: (expr: Expr, item: number, span: Span) => KeyAt,
): readonly KeyAt[] {
  if (!value.includes(',')) return [{ expr: { kind: 'string', value: value.trim(), span } }];
  return [...value.matchAll(/[^\s,][^,]*/g)].map(({ index, 0: name }, item) => {
    const start = span.start + index;
    const own = { start, end: start + name.trimEnd().length };
    return placed({ kind: 'string', value: name.trimEnd(), span: own }, item, own);
  });
}

/**
 * What a match says of a key and its place: a key among several stands for itself where it is written in the call, any other
 * stands where its call, or its element, does.
 */
export function placeOf(whole: { readonly nameSpan: Span; readonly end: number }, key: KeyAt, fallback: Expr | null) {
  return {
    nameSpan: key.place ?? whole.nameSpan,
    end: key.place?.end ?? whole.end,
    keyExpr: key.expr,
    fallbackExpr: key.fallback === undefined ? fallback : key.fallback,
    ...(key.path === undefined ? {} : { keyPath: key.path }),
    ...(key.item === undefined ? {} : { item: key.item }),
    ...(key.unlisted === undefined ? {} : { unlisted: key.unlisted }),
  };
}

/** What can't be a key, wherever it stands. */
const NO_KEYS: ReadonlySet<Expr['kind']> = new Set(['object', 'array', 'function', 'literal']);

/** A property of an object that is written in place, or that a name stands for. */
function propertyOf(expr: Expr, path: string, property: string, evaluator: Evaluator): KeyAt | null {
  const whole = followed({ expr }, path, evaluator);
  const value = fieldOf(whole.expr, property);
  return value === null ? null : { ...whole, expr: value };
}

/** The object, list or construction that a name stands for; anything else as it is. */
function followed(held: KeyAt, path: string, evaluator: Evaluator): KeyAt {
  if (held.expr.kind !== 'name' && held.expr.kind !== 'member') return held;
  const value = evaluator.evaluate(held.expr, held.path ?? path);
  if (value.kind === 'object' || value.kind === 'array') return { expr: value.expr, path: value.path };
  if (value.kind === 'external' && value.made !== undefined) return { expr: value.made.call, path: value.made.path };
  return held;
}
