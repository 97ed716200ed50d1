/**
 * Flags whose key is the name of the member that holds them, below the namespace that the class or object around them is registered
 * under: `Rox.register("shop", flags)`, then `flags.newCheckout`. Containers are told by their names, so that an edit which moves
 * them says nothing new. What makes such flags is the SDKs' data; who asks them is `flagObjects.ts`.
 */
import type { CallExpr, Expr, FileFacts } from '../../languages/facts.ts';
import type { Span } from '../../text.ts';
import type { Value } from '../resolve/value.ts';
import { isPackageOf, type SdkSurface } from '../sdk.ts';
import type { KeyAt } from './keys.ts';
import type { LinkState } from './linkState.ts';

/** Namespaces by container; null where it is no constant. The empty one, or none, leaves keys as they are. */
export type Registered = ReadonlyMap<string, string | null>;

/** The containers that the repository registers anywhere. */
export function registeredContainers(state: LinkState, used: ReadonlySet<SdkSurface>): Registered {
  const registered = new Map<string, string | null>();
  const surfaces = [...used].filter(surface => surface.flagObjects?.some(object => object.heldBy !== undefined));
  for (const surface of surfaces) {
    const names = new Set(surface.flagObjects!.flatMap(object => object.heldBy?.registers ?? []));
    for (const [path, { calls }] of state.indexes) {
      if (!surface.languages.includes(state.files.get(path)!.language)) continue;
      for (const name of names) {
        for (const call of calls.get(name) ?? []) addContainer(state, path, call, surface, registered);
      }
    }
  }
  return registered;
}

/** The key of the flag that a call makes: its holder's name; null where nothing holds it. */
export function heldKey(state: LinkState, call: CallExpr, path: string): KeyAt | null {
  const facts = state.files.get(path);
  const holder = facts === undefined ? null : holderOf(facts, call);
  if (holder === null) return null;
  const namespace = state.registered.get(containerKey(path, holder.container ?? ''));
  const span = holder.span;
  if (namespace === null) return { expr: { kind: 'other', span }, path };
  // Ruby's and PHP's fields have a sign that is none of the name.
  const name = holder.name.replace(/^[@$]+/, '');
  const value = namespace === undefined || namespace === '' ? name : `${namespace}.${name}`;
  return { expr: { kind: 'string', value, span }, path };
}

function addContainer(
  state: LinkState,
  path: string,
  call: CallExpr,
  surface: SdkSurface,
  registered: Map<string, string | null>,
): void {
  state.evaluator.ask(path);
  const callee = state.evaluator.evaluate(call.callee, path);
  if (callee.kind !== 'external' || !isPackageOf(surface, callee.from)) return;
  // An edit of either file may name other flags in any file.
  state.givers.add(path);
  state.entangled.add(path);
  let namespace: string | null | undefined;
  for (const { value } of call.args) {
    const given = state.evaluator.evaluate(value, path);
    if (given.kind === 'text') namespace ??= given.text;
    const container = containerOf(state, given);
    if (container === null) {
      if (given.kind !== 'text') namespace ??= null;
      continue;
    }
    state.givers.add(container.path);
    state.entangled.add(container.path);
    registered.set(containerKey(container.path, container.name), namespace === undefined ? '' : namespace);
  }
}

function containerOf(state: LinkState, given: Value): { readonly path: string; readonly name: string } | null {
  if (given.kind === 'instance' || given.kind === 'type') return { path: given.path, name: given.type.name };
  if (given.kind !== 'object') return null;
  const binding = state.files.get(given.path)?.bindings.find(({ value }) => isSame(value, given.expr.span));
  // An object that is written in the call has no name.
  return { path: given.path, name: binding?.name ?? '' };
}

interface Holder {
  readonly name: string;
  readonly span: Span;
  readonly container: string | null;
}

function holderOf(facts: FileFacts, { span }: CallExpr): Holder | null {
  for (const { name, nameSpan, owner, value } of facts.bindings) {
    if (isSame(value, span)) return owner === null ? putInto(facts, name) : { name, span: nameSpan, container: owner };
    const entry = value?.kind === 'object' ? value.entries.find(each => isSame(each.value, span)) : undefined;
    if (entry !== undefined) return { name: entry.key, span: entry.keySpan, container: name };
  }
  for (const { callee, args } of facts.calls) {
    const field = args.find(({ name, value }) => name !== null && isSame(value, span));
    const container = callee.kind === 'name' ? callee.name : callee.kind === 'member' ? callee.property : null;
    if (field !== undefined) return { name: field.name!, span: field.value.span, container };
    const object = args.find(
      ({ value }) => value.kind === 'object' && value.entries.some(each => isSame(each.value, span)),
    );
    if (object?.value.kind !== 'object') continue;
    const entry = object.value.entries.find(each => isSame(each.value, span))!;
    return { name: entry.key, span: entry.keySpan, container: '' };
  }
  return null;
}

/** A variable's flag stands in the object that is made of variables: `{ newCheckout }`. */
function putInto(facts: FileFacts, variable: string): Holder | null {
  const objects: (readonly [container: string, value: Expr | null])[] = [
    ...facts.bindings.map(({ name, value }) => [name, value] as const),
    ...facts.calls.flatMap(({ args }) => args.map(({ value }) => ['', value] as const)),
  ];
  for (const [container, value] of objects) {
    if (value?.kind !== 'object') continue;
    const entry = value.entries.find(each => each.value.kind === 'name' && each.value.name === variable);
    if (entry !== undefined) return { name: entry.key, span: entry.keySpan, container };
  }
  return null;
}

function isSame(value: Expr | null, { start, end }: Span): boolean {
  return value?.span.start === start && value.span.end === end;
}

function containerKey(path: string, name: string): string {
  return `${path}\0${name}`;
}
