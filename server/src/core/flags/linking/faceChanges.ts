/**
 * Which names of a file others would find something else under after an edit: those that `resolve/reads.ts` keeps of who looked
 * what up. Whether anybody did is the business of `relink.ts`.
 */
import type { FileFacts, FunctionFact } from '../../languages/facts.ts';
import { readName, WHOLE } from '../resolve/reads.ts';
import { alike, type Move } from './factsAlike.ts';

/**
 * The names that changed, none if all is as before; null where everything did. Results of functions count where somebody else looked at
 * them (`touched`); calls, reads and elements are the file's own affair.
 */
export function changedNames(
  before: FileFacts,
  after: FileFacts,
  move: Move,
  touched: ReadonlySet<FunctionFact>,
): ReadonlySet<string> | null {
  if (before.language !== after.language || before.packageName !== after.packageName) return null;
  const changed = new Set<string>();
  const compare = <T>(
    [some, others]: readonly [readonly T[], readonly T[]],
    nameOf: (item: T) => string,
    isAlike = (one: T, other: T) => alike(one, other, move),
    add = (name: string, _items: readonly T[]): void => void changed.add(name),
  ): void => {
    // Most edits leave a list as it is.
    if (some.length === others.length && some.every((item, at) => isAlike(item, others[at]!))) return;
    const [old, fresh] = [grouped(some, nameOf), grouped(others, nameOf)];
    for (const name of new Set([...old.keys(), ...fresh.keys()])) {
      const [was, is] = [old.get(name) ?? [], fresh.get(name) ?? []];
      if (was.length === is.length && was.every((item, at) => isAlike(item, is[at]!))) continue;
      add(name, [...was, ...is]);
    }
  };
  compare([before.functions, after.functions], readName, functionsAlike(move, touched), (name, functions) => {
    changed.add(name);
    for (const { parameters } of functions) for (const parameter of parameters) changed.add(parameter.name);
  });
  compare([before.bindings, after.bindings], readName);
  compare(
    [before.types, after.types],
    ({ name }) => name,
    undefined,
    name => changed.add(name).add(WHOLE.types),
  );
  compare(
    [before.imports, after.imports],
    ({ local }) => local,
    undefined,
    name => changed.add(name === '*' ? WHOLE.stars : name).add(WHOLE.imports),
  );
  compare(
    [before.exports, after.exports],
    ({ name }) => name,
    undefined,
    name => changed.add(name === '*' ? WHOLE.stars : name),
  );
  // Whatever was read as a whole.
  if (changed.size > 0) changed.add(WHOLE.rest);
  return changed;
}

function functionsAlike(move: Move, touched: ReadonlySet<FunctionFact>) {
  return (fn: FunctionFact, other: FunctionFact): boolean => {
    if (fn === other) return true;
    const { returns, ...face } = fn;
    const { returns: otherReturns, ...otherFace } = other;
    return alike(face, otherFace, move) && (!touched.has(fn) || alike(returns, otherReturns, move));
  };
}

function grouped<T>(items: readonly T[], nameOf: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const name = nameOf(item);
    const known = groups.get(name);
    if (known === undefined) groups.set(name, [item]);
    else known.push(item);
  }
  return groups;
}
