/** What the steps of linking share while one round of it runs, and how a check is put together from a match. */
import type { CallExpr, Expr, FileFacts, FunctionFact, MemberExpr } from '../../languages/facts.ts';
import type { Check, Confidence, JsonValue, Role, ValueType, Via } from '../../model.ts';
import type { Span } from '../../text.ts';
import type { FileIndex, IndexFile } from '../linking/fileIndex.ts';
import { isTestPath } from '../names/testPaths.ts';
import type { Askers } from '../resolve/askers.ts';
import type { ModuleResolver } from '../resolve/modules.ts';
import { enclosingName, type FileSymbols } from '../resolve/symbols.ts';
import type { Value } from '../resolve/value.ts';
import type { ArgumentAt, SeveralKeys } from '../sdk.ts';
import type { KeyedClasses } from './classKeys.ts';
import type { FlagObjectForms } from './flagObjects.ts';

/** A function whose parameter reaches a check as its key: calling it is a check. */
export interface Wrapper {
  readonly path: string;
  readonly fn: FunctionFact;
  readonly key: ArgumentAt;
  /** The fallback is an argument too, or the same for every call. */
  readonly fallback: ArgumentAt | null;
  readonly constantFallback: JsonValue | undefined;
  readonly type: ValueType | null;
  readonly confidence: Confidence;
  /** Constant text around the parameter, as in `` `team-${name}` ``; null when the parameter is the whole key. */
  readonly prefix: string | null;
  /** The constant table in the wrapper's file, by the names that lead to it, that holds the keys under what `key` finds. */
  readonly table?: readonly string[];
  /** Java, C#: how the key is taken out of what `key` finds. */
  readonly through?: readonly KeyStep[];
  /** Java: `fn` is an element of an annotation, which uses of that give. */
  readonly element?: true;
  /** Python, Ruby, PHP: `fn` is a constructor, and constructing its class is the check. */
  readonly made?: true;
  /** `fn` is a method that asks for what its class's field of this name says; whoever extends the class gives it. */
  readonly field?: string;
  /** Other names of `fn`, wherever they are given. */
  readonly aliases?: readonly string[];
}

/** A member on the way to a key, read or called without arguments. */
export interface KeyStep {
  readonly property: string;
  readonly call: boolean;
}

/** Everything one round of linking works on. */
export interface LinkState {
  readonly files: ReadonlyMap<string, FileFacts>;
  readonly modules: ModuleResolver;
  /** Answers for the file that asks: whoever looks at a file says so first (`ask`). */
  readonly evaluator: Askers;
  readonly indexes: ReadonlyMap<string, FileIndex>;
  /** That of any file's facts, looked at or not. */
  readonly indexFile: IndexFile;
  readonly checks: Map<string, Check[]>;
  /** Names under which modules export what has another name where it is made, by that. */
  readonly renamed: ReadonlyMap<string, ReadonlySet<string>>;
  /** By the called name's place, so that no call is reported twice. */
  readonly seen: Set<string>;
  readonly wrappers: Map<FunctionFact, Wrapper>;
  /** Files that others' checks may stand on by more than what can be seen of them: they declare wrappers, accessors, lists of flags. */
  readonly givers: Set<string>;
  /** Files that made a wrapper of another file's function, or hand a question on, and those other files. */
  readonly entangled: Set<string>;
  readonly flagObjects: FlagObjectForms;
  /** How SDKs name flags by classes, by the SDK's id. */
  readonly keyedClasses: ReadonlyMap<string, KeyedClasses>;
  /** Namespaces of what holds flag objects, by container; see `registeredFlags.ts`. */
  readonly registered: Map<string, string | null>;
  /** Whether a type here is one of flags that are asked by a word that all files hold; see `heldFlags.ts`. */
  readonly hasFlagValues: boolean;
  /** Files in which no call is a check. */
  readonly isExcluded: (path: string) => boolean;
}

/** What a match knows of a check. */
export interface Match {
  readonly path: string;
  readonly nameSpan: Span;
  readonly end: number;
  readonly keyExpr: Expr | null;
  /** The file in which `keyExpr` stands, when it is another one. */
  readonly keyPath?: string;
  /** Of a key among several that share the place of the call: its number. */
  readonly item?: number;
  /** `keyExpr` is a list that can't be followed, and what it holds. */
  readonly unlisted?: SeveralKeys;
  /** What the key may begin with that does not belong to it. */
  readonly negation?: string;
  readonly fallbackExpr: Expr | null;
  readonly constantFallback: JsonValue | undefined;
  readonly system: string;
  readonly method: string;
  readonly type: ValueType | null;
  readonly via: Via | null;
  readonly confidence: Confidence;
  readonly role: Role;
}

/** A check of which nothing is known but what `known` says: no fallback, no type, found on the line itself. */
export function plainMatch(
  known: Pick<Match, 'path' | 'nameSpan' | 'end' | 'keyExpr' | 'system' | 'method' | 'confidence'> & Partial<Match>,
): Match {
  return { fallbackExpr: null, constantFallback: undefined, type: null, via: null, role: 'check', ...known };
}

/** The read of a flag by a property that is called as it is, from what is guessed to hold flags. */
export function flagProperty(
  path: string,
  { property, propertySpan }: Pick<MemberExpr, 'property' | 'propertySpan'>,
): Match {
  return plainMatch({
    path,
    nameSpan: propertySpan,
    end: propertySpan.end,
    keyExpr: { kind: 'string', value: property, span: propertySpan },
    system: 'inferred',
    method: 'flags',
    via: 'property',
    confidence: 'likely',
  });
}

/** The place of a check, for telling whether it is known already. */
export function placeKey(path: string, span: Span): string {
  return `${path}\0${span.start}`;
}

/** Whether a match's place has a check already. */
export function isSeen(state: LinkState, match: Match): boolean {
  return state.seen.has(matchKey(match));
}

function matchKey({ path, nameSpan, item }: Match): string {
  return item === undefined ? placeKey(path, nameSpan) : `${placeKey(path, nameSpan)}\0${item}`;
}

/** Adds a check. `key` is the value of its key expression. */
export function addCheck(state: LinkState, match: Match, key: Value, fallback: JsonValue | undefined): void {
  const place = matchKey(match);
  const facts = state.files.get(match.path);
  if (facts === undefined || state.seen.has(place) || state.isExcluded(match.path)) return;
  state.seen.add(place);
  const check = checkFrom(match, key, fallback, facts.language, state.evaluator.symbols(match.path));
  const list = state.checks.get(match.path);
  if (list === undefined) state.checks.set(match.path, [check]);
  else list.push(check);
}

/** The check that a match is, with the value of its key expression. */
export function checkFrom(
  match: Match,
  key: Value,
  fallback: JsonValue | undefined,
  language: FileFacts['language'],
  symbols: FileSymbols | null,
): Check {
  const keySpan = match.keyPath === undefined ? (match.keyExpr?.span ?? null) : null;
  const isElsewhere = key.kind === 'text' && (key.place.path !== match.path || key.place.span !== keySpan);
  return {
    path: match.path,
    language,
    span: { start: match.nameSpan.start, end: match.end },
    nameSpan: match.nameSpan,
    keySpan,
    key: key.kind === 'text' ? key.text : null,
    keyPrefix: key.kind === 'prefix' ? key.prefix : null,
    keyPlace: key.kind === 'text' && isElsewhere ? key.place : null,
    system: match.system,
    method: match.method,
    type: match.type,
    fallback,
    fallbackSpan: match.fallbackExpr?.span ?? null,
    via: viaOf(key, match.via),
    role: match.role,
    function: symbols === null ? null : enclosingName(symbols, match.nameSpan.start),
    test: isTestPath(match.path),
    confidence: match.confidence,
  };
}

/** The steps of the key, then the step of the call. */
function viaOf(key: Value, last: Via | null): readonly Via[] {
  const steps: readonly Via[] = key.kind === 'text' || key.kind === 'prefix' ? key.via : [];
  if (last === null) return steps;
  // The property's name is the key: nothing literal was read.
  return last === 'property' ? [last] : [...steps, last];
}

/** Where a call's text ends; its closing parenthesis included. */
export function endOf(call: CallExpr): number {
  return call.span.end;
}
