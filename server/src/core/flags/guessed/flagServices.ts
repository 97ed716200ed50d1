/**
 * Services of a company's own package that hand out a flag by a plain word: `featureFlagService.get(NewNavToggle)`, in languages whose
 * values carry types. The type of what is asked or its name leaves no doubt; and what it is given is a
 * constant text, or an object of the repository that stands for one flag. What is found is *likely*. Services inside the
 * repository are `homegrown.ts`' business, questions that say yes or no `foreign.ts`'.
 */
import { type CallExpr, type Expr, type FileFacts, isNominal } from '../../languages/facts.ts';
import type { FileIndex } from '../linking/fileIndex.ts';
import { speaksOfFlags, wordsOf } from '../names/flagWords.ts';
import { looksLikeKey } from '../names/keyShape.ts';
import { lastName } from '../names/lastName.ts';
import { type LinkState, type Match, plainMatch } from '../questions/linkState.ts';
import { expected } from '../resolve/arguments.ts';
import { objectKey } from '../resolve/objectKeys.ts';
import { asKey, type Value } from '../resolve/value.ts';
import { answersForFlags } from './questionsByName.ts';

/** Flags that such services are asked for in one file. */
export function flagServiceMatches(state: LinkState, path: string): readonly Match[] {
  if (!isNominal(state.files.get(path)!.language)) return [];
  const matches: Match[] = [];
  for (const { name, call } of state.indexes.get(path)!.found(callsOfServices)) {
    const key = givenFlag(state, path, call);
    if (key !== null && isService(call, state.evaluator.evaluate(call.callee, path)))
      matches.push(matchOf(path, call, name, key));
  }
  return matches;
}

/** Files are full of calls of `get`: what they are given is followed only where what is asked, or something in the file, is called a service. */
function callsOfServices({ facts, calls }: FileIndex) {
  const isNamed = namesService(facts);
  return [...calls].flatMap(([name, asked]) =>
    !isPlain(name)
      ? []
      : asked.flatMap(call => {
          const { callee, construct } = call;
          if (construct || callee.kind !== 'member') return [];
          return isNamed || answersForFlags(lastName(callee.object)) ? [{ name, call }] : [];
        }),
  );
}

/** Whether what a file imports, holds or is handed is called such a service, by itself or by its type. */
function namesService({ imports, bindings, functions }: FileFacts): boolean {
  const isService = ({ name, type }: { readonly name: string; readonly type: Expr | null }): boolean =>
    answersForFlags(name) || (type !== null && answersForFlags(lastName(type)));
  return (
    imports.some(({ local, imported }) => answersForFlags(local) || answersForFlags(imported)) ||
    bindings.some(isService) ||
    functions.some(({ parameters }) => parameters.some(isService))
  );
}

/** `get`, `getAsync`, `getAsEitherT`: gives what it is asked for, in whatever it wraps it. */
function isPlain(name: string): boolean {
  if (!/^[Gg]et/.test(name)) return false;
  const [first, ...others] = wordsOf(name);
  return first === 'get' && others.every(word => WRAPPED.has(word));
}

const WRAPPED: ReadonlySet<string> = new Set([
  'as',
  'async',
  'either',
  'f',
  'future',
  'mono',
  'option',
  'optional',
  't',
]);

/** By the type of what is asked, or by its name: a mock is of whatever type the mocking library gives. */
function isService({ callee: asked }: CallExpr, callee: Value): boolean {
  if (asked.kind !== 'member' || (callee.kind !== 'external' && callee.kind !== 'unknown')) return false;
  const type = callee.kind === 'external' ? (callee.names.at(-2) ?? null) : null;
  return answersForFlags(type) || answersForFlags(lastName(asked.object));
}

/** The only thing that is asked for, if it is a key or stands for one flag. */
function givenFlag(state: LinkState, path: string, { args }: CallExpr): Expr | null {
  const [only, ...others] = args;
  if (only === undefined || only.spread || others.length > 0) return null;
  const given = expected(only.value);
  const value = state.evaluator.evaluate(given, path);
  const key = asKey(value);
  if (key.kind === 'text') return looksLikeKey(key.text) ? given : null;
  return isFlag(value) && objectKey(state.evaluator, value) !== null ? given : null;
}

/** Whether an object is called a flag, or extends what is. */
function isFlag(value: Value): boolean {
  if (value.kind !== 'type' && value.kind !== 'instance') return false;
  const { name, bases } = value.type;
  return speaksOfFlags(name) || bases.some(base => speaksOfFlags(lastName(base)));
}

function matchOf(path: string, { nameSpan, span }: CallExpr, method: string, keyExpr: Expr): Match {
  return plainMatch({
    path,
    nameSpan,
    end: span.end,
    keyExpr,
    system: 'inferred',
    method,
    confidence: 'likely',
  });
}
