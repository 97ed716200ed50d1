/**
 * Tests that turn a flag of the repository's own library on or off: `FeatureFlag.setEnabled(Feature.PAY, true)`,
 * `FeatureFlag.activate(:pay)`. They are told by the type that is asked elsewhere: what changes a flag there takes it at a parameter of
 * the same type or name. Functions that belong to no type belong to their module, if that is called after flags and they are too
 * (`features.SetFeatureGateDuringTest(t, features.Pay, true)`). What declares a flag to that type (`manager.add("organizations:x")`) is told in the same way, anywhere. What an SDK or a mocking library gives tests is `stubs.ts`' and the SDKs' business.
 */
import type { FunctionFact, ParameterFact } from '../../languages/facts.ts';
import { changesFlag } from '../names/changingVerbs.ts';
import { isFlagNoun, speaksOfFlags, wordsOf } from '../names/flagWords.ts';
import { isTestPath } from '../names/testPaths.ts';
import { type LinkState, type Match, plainMatch } from '../questions/linkState.ts';
import { argumentAt, argumentOfFunction } from '../resolve/arguments.ts';
import { orObjectKey } from '../resolve/objectKeys.ts';
import { asKey } from '../resolve/value.ts';
import type { ArgumentAt } from '../sdk.ts';

/** What changes flags of the repository's own libraries, by name. */
export interface FlagChangers {
  readonly byName: ReadonlyMap<string, readonly Changer[]>;
  /** Words by which other files may call them. */
  readonly words: readonly string[];
}

export interface Changer {
  readonly path: string;
  readonly fn: FunctionFact;
  readonly key: ArgumentAt;
  /** What a test sets, or what makes a flag known to the library. */
  readonly role: 'stub' | 'declaration';
}

/** Functions of the types that wrappers belong to, which change the flag that they are given. */
export function flagChangers(state: Pick<LinkState, 'wrappers' | 'givers' | 'files'>): FlagChangers {
  const byName = new Map<string, Changer[]>();
  const words: string[] = [];
  const known = new Set<string>();
  for (const { path, fn: asked, key } of state.wrappers.values()) {
    const { owner } = asked;
    if (!speaksOfFlags(owner ?? moduleOf(path)) || isTestPath(path) || known.has(`${path}\0${owner}`)) continue;
    known.add(`${path}\0${owner}`);
    state.givers.add(path);
    const model = asked.parameters.find(({ position }) => position === key.position);
    for (const fn of state.files.get(path)!.functions) {
      const role = fn.owner === owner && fn.name !== null ? roleOf(fn.name) : null;
      if (fn.name === null || role === null) continue;
      if (owner === null && (role === 'declaration' || !speaksOfFlags(fn.name))) continue;
      const parameter = fn.parameters.find(candidate => candidate.position >= 0 && isAlike(candidate, model));
      if (parameter === undefined) continue;
      const changer: Changer = { path, fn, key: argumentOfFunction(path, parameter), role };
      byName.set(fn.name, [...(byName.get(fn.name) ?? []), changer]);
      if (owner === null) words.push(fn.name);
      else if (role === 'declaration') words.push(owner);
      else for (const link of ['.', '::']) words.push(`${owner}${link}${fn.name}`);
    }
  }
  return { byName, words };
}

/** Where one test calls them with a key that is known. */
export function changedFlags(state: LinkState, path: string, { byName }: FlagChangers): readonly Match[] {
  if (byName.size === 0) return [];
  const isTest = isTestPath(path);
  const { calls } = state.indexes.get(path)!;
  return [...byName].flatMap(([name, changers]) =>
    (calls.get(name) ?? []).flatMap(call => {
      const callee = state.evaluator.evaluate(call.callee, path);
      const changer = callee.kind === 'function' ? changers.find(({ fn }) => fn === callee.fn) : undefined;
      if (changer === undefined || (changer.role === 'stub' && !isTest)) return [];
      const keyExpr = argumentAt(call, changer.key);
      if (keyExpr === null) return [];
      const value = state.evaluator.evaluate(keyExpr, path);
      if (orObjectKey(state.evaluator, value, asKey(value)).kind !== 'text') return [];
      const match = plainMatch({
        path,
        nameSpan: call.nameSpan,
        end: call.span.end,
        keyExpr,
        system: 'inferred',
        method: name,
        via: 'wrapper',
        confidence: 'likely',
        role: changer.role,
      });
      return [match];
    }),
  );
}

/** `setEnabled`, `enable_for_actor`, `activate`, `turnOff` change a flag; `add`, `register`, `defineFeature` declare one. */
function roleOf(name: string): Changer['role'] | null {
  const [first = '', ...more] = wordsOf(name);
  if (changesFlag(first)) return 'stub';
  return DECLARES.has(first) && more.every(isFlagNoun) ? 'declaration' : null;
}

const DECLARES: ReadonlySet<string> = new Set(['add', 'declare', 'define', 'register']);

/** Whether a parameter takes what the questions of its type take: by its type if that says something, else by its name. */
function isAlike(parameter: ParameterFact, model: ParameterFact | undefined): boolean {
  if (model === undefined) return false;
  const [type, asked] = [nameOf(parameter), nameOf(model)];
  if (asked !== null && wordsOf(asked).some(isFlagNoun)) return type === asked;
  return parameter.name === model.name;
}

function nameOf({ type }: ParameterFact): string | null {
  if (type?.kind === 'member') return type.property;
  return type?.kind === 'name' ? type.name : null;
}

/** What a module is called: a file by its name, unless every folder has one that is called so; one of Go by its folder. */
function moduleOf(path: string): string {
  const [folder = '', file = ''] = path.split('/').slice(-2);
  const name = file.replace(/\..*$/, '');
  return file.endsWith('.go') || /^(?:index|__init__|mod|lib)$/.test(name) ? folder : name;
}
