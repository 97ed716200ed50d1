/**
 * Other names of functions in Python, Ruby and PHP: `on = flags.is_on`, `alias_method :on?, :feature_on?`, `on = partial(is_on, user=None)`. A
 * call is looked for by its name, so that wrappers must know by which other names they are called. What a name means is the
 * interpreter's business.
 */
import { type Expr, type FileFacts, isNominal, isScript } from '../../languages/facts.ts';
import { lastName } from '../names/lastName.ts';
import type { LinkState, Wrapper } from './linkState.ts';
import { templateAliases } from './templateDirectives.ts';

/** The other names that a file gives, by the name of what they stand for. */
export type Aliases = ReadonlyMap<string, readonly string[]>;

export function aliasesOf(facts: FileFacts): Aliases {
  const { language, bindings } = facts;
  if (isScript(language)) return templateAliases(facts);
  if (isNominal(language) || language === 'go') return NONE;
  const found = new Map<string, string[]>();
  for (const { name, value } of bindings) {
    const meant = value === null ? null : targetOf(value);
    if (meant !== null && meant !== name && CALLABLE.test(name)) found.set(meant, [...(found.get(meant) ?? []), name]);
  }
  return found;
}

/** Wrappers with their other names, as all files give them. */
export function withAliases(state: LinkState, wrappers: readonly Wrapper[]): readonly Wrapper[] {
  return wrappers.map(wrapper => {
    const { fn, made } = wrapper;
    if (fn.name === null || made === true) return wrapper;
    const aliases = new Set<string>();
    for (const index of state.indexes.values())
      for (const alias of index.aliases.get(fn.name) ?? []) aliases.add(alias);
    return aliases.size === 0 ? wrapper : { ...wrapper, aliases: [...aliases] };
  });
}

function targetOf(value: Expr): string | null {
  if (value.kind === 'name') return value.name;
  if (value.kind === 'member') return value.property;
  const isPartial = value.kind === 'call' && !value.construct && lastName(value.callee) === 'partial';
  const fn = isPartial ? value.args[0]?.value : undefined;
  return fn === undefined ? null : lastName(fn) || null;
}

const NONE: Aliases = new Map();
/** A single letter is a loop's. */
const CALLABLE = /^[a-z_]\w+[?!]?$/;
