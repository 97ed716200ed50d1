/**
 * Where a walk through Python is: in which scope, class and function. Contexts are copied on the way down; the sink, the
 * map of names declared elsewhere and the list of returned values are what the walk fills.
 */
import type { Span } from '../../text.ts';
import type { BindingFact, Expr } from '../facts.ts';
import type { FactSink } from '../language.ts';
import { type PlainNode, sourceOf, spanOfPlain } from '../plainTree.ts';

/** The class a member belongs to. */
export interface Owner {
  readonly name: string;
  readonly span: Span;
  /** `enum` for classes whose plain members are enum members; `string-enum` where `auto()` is the lower-cased name. */
  readonly form: 'class' | 'enum' | 'string-enum';
}

export interface Context {
  readonly text: string;
  readonly sink: FactSink;
  /** Where a name assigned here is visible: the enclosing function, or the file. */
  readonly scope: Span;
  /** The scope around that one, for `nonlocal`. */
  readonly outerScope: Span;
  /** Names that `global` or `nonlocal` declared in this function, with their scope. */
  readonly elsewhere: Map<string, Span>;
  /** The class whose body this is, when it is directly in one. */
  readonly body: Owner | null;
  /** The receiver's name in the enclosing method, and its class. */
  readonly self: { readonly name: string; readonly owner: Owner } | null;
  /** Collects what the enclosing function returns. */
  readonly returns: Expr[] | null;
}

/** Adds a binding of a plain name, a class member if it stands directly in a class body. A missing name is left out. */
export function bindName(nameNode: PlainNode, value: Expr | null, type: Expr | null, context: Context): void {
  const name = sourceOf(nameNode, context);
  if (name === '') return;
  const { body } = context;
  context.sink.bindings.push({
    name,
    nameSpan: spanOfPlain(nameNode),
    owner: body?.name ?? null,
    value: body === null ? value : memberValue(name, value, body),
    type,
    form: formOf(name, value, body),
    scope: body?.span ?? context.elsewhere.get(name) ?? context.scope,
  });
}

/** Names in capitals are constants by convention: whether one is assigned twice, no chunk can tell. */
function formOf(name: string, value: Expr | null, body: Owner | null): BindingFact['form'] {
  if (body !== null && body.form !== 'class' && value !== null && value.kind !== 'function') return 'enum-member';
  if (/^_*[A-Z][A-Z0-9_]*$/.test(name)) return 'constant';
  return body === null ? 'variable' : 'field';
}

/** `auto()` in a `StrEnum` is the lower-cased name; `X = 'value', 'label'` is how Django's choices are written. */
function memberValue(name: string, value: Expr | null, body: Owner): Expr | null {
  if (value === null || body.form === 'class') return value;
  if (value.kind === 'array') return value.items[0] ?? value;
  if (body.form !== 'string-enum' || value.kind !== 'call') return value;
  const { callee } = value;
  const called = callee.kind === 'name' ? callee.name : callee.kind === 'member' ? callee.property : null;
  return called === 'auto' ? { kind: 'string', value: name.toLowerCase(), span: value.span } : value;
}
