/**
 * Python: flags that are names of a module called features: `features.NEW_NAV`, where the module fills its names from the configuration
 * when the program starts, or says of them yes or no. A name that holds anything else is a setting, or the key of a flag. What is found is *likely*.
 */
import type { CallExpr, Expr, FileFacts, MemberExpr } from '../../languages/facts.ts';
import type { FileIndex } from '../linking/fileIndex.ts';
import { wordsOf } from '../names/flagWords.ts';
import { lastName } from '../names/lastName.ts';
import { isTestPath } from '../names/testPaths.ts';
import { flagProperty, type LinkState, type Match, plainMatch } from '../questions/linkState.ts';
import { memberReads } from '../questions/memberReads.ts';

/** A text that may read such a name, or replace it in a test. */
export const MODULE_FLAG_TEXT = /\bfeatures\.[A-Z][A-Z0-9_]{2}|\b(?:getattr|object)\(\s?features,/;

/** Such reads in one file. */
export function moduleFlagMatches(state: LinkState, path: string): readonly Match[] {
  const facts = state.files.get(path)!;
  if (facts.language !== 'python') return [];
  const stubs = isTestPath(path) ? replacedIn(facts, path) : [];
  const modules = state.indexes.get(path)!.found(flagModules);
  if (modules.size === 0) return stubs;
  const isFlag = (object: Expr, name: string): boolean =>
    object.kind === 'name' && modules.has(object.name) && NAME.test(name) && mayBeFlag(state, path, object, name);
  const read = memberReads(facts).filter(({ object, property }) => isFlag(object, property));
  return [...distinct(read).map(each => flagProperty(path, each)), ...stubs];
}

function distinct(reads: readonly MemberExpr[]): readonly MemberExpr[] {
  return [...new Map(reads.map(read => [read.span.start, read])).values()];
}

/** The names of modules that are called features. */
function flagModules({ facts }: FileIndex): ReadonlySet<string> {
  return new Set(facts.imports.flatMap(({ local }) => (MODULE.test(local) ? [local] : [])));
}

const MODULE = /^(?:features|feature_(?:flags|toggles))$/;
const NAME = /^[A-Z][A-Z0-9_]{2,}$/;

/** Whether the module is here, and leaves the name to who fills it, or says yes or no. */
function mayBeFlag(state: LinkState, path: string, object: Expr, name: string): boolean {
  const module = state.evaluator.evaluate(object, path);
  if (module.kind !== 'module') return false;
  return module.paths.some(place => {
    const facts = state.files.get(place);
    if (facts === undefined) return false;
    state.givers.add(place);
    const binding = state.evaluator.symbols(place)?.fileBindings.get(name)?.[0];
    if (binding !== undefined) return binding.value !== null && saysYesOrNo(binding.value);
    return !facts.imports.some(({ local }) => local === name || local === '*') && fillsItself(facts);
  });
}

function saysYesOrNo(value: Expr): boolean {
  if (value.kind === 'literal') return typeof value.value === 'boolean';
  return value.kind === 'other' || (value.kind === 'call' && wordsOf(lastName(value.callee)).includes('bool'));
}

/** A module that makes names while it runs: `globals()[name] = …`, `def __getattr__(name)`. */
function fillsItself({ calls, functions }: FileFacts): boolean {
  return (
    calls.some(({ callee }) => callee.kind === 'name' && (callee.name === 'globals' || callee.name === 'setattr')) ||
    functions.some(({ name, owner }) => name === '__getattr__' && owner === null)
  );
}

/** What a test puts in place of a flag: `@patch("features.NEW_NAV", True)`, `patch.object(features, "NEW_NAV", True)`. */
function replacedIn({ calls, decorators }: FileFacts, path: string): readonly Match[] {
  return [...calls, ...decorators].flatMap(call => {
    const [target, name] = call.args;
    if (!PATCHES.test(lastName(call.callee)) || target?.value.kind !== 'string') {
      const isObject = target?.value.kind === 'name' && MODULE.test(target.value.name) && name?.value.kind === 'string';
      const isPatched = call.callee.kind === 'member' && call.callee.property === 'object';
      return isObject && isPatched && NAME.test(name.value.value)
        ? [{ ...matchOf(path, call, name.value), role: 'stub' as const }]
        : [];
    }
    const { value, span } = target.value;
    const flag = /(?:^|\.)(?:features|feature_(?:flags|toggles))\.([A-Z][A-Z0-9_]{2,})$/.exec(value)?.[1];
    if (flag === undefined) return [];
    return [{ ...matchOf(path, call, { kind: 'string', value: flag, span }), role: 'stub' as const }];
  });
}

const PATCHES = /(?:^|_)patch$/;

function matchOf(path: string, { nameSpan, span, callee }: CallExpr, keyExpr: Expr): Match {
  const known = { path, nameSpan, end: span.end, keyExpr, system: 'inferred', method: lastName(callee) } as const;
  return plainMatch({ ...known, confidence: 'likely' });
}
