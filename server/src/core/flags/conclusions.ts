/**
 * What follows from all checks together: the places where code writes the keys that they use, the flags that only lists name, and what is
 * wished for. It is made again whenever one file was linked again, and keeps what it can of what it made before.
 */
import type { Check } from '../model.ts';
import type { LinkMemory, LinkResult } from './linkMemory.ts';
import { checkFrom, type Match } from './linkState.ts';
import { listedFlags } from './listedFlags.ts';

/**
 * The result of a link. Lists of checks, flags and names that are as before are those of `before`, so that whoever has made something
 * of them can tell.
 */
export function conclude({ input, survey, shares }: LinkMemory, before: LinkResult | null): LinkResult {
  const { files, indexFile, knownKeys } = input;
  const declared = declarations({ input, shares });
  const checks = new Map<string, readonly Check[]>();
  for (const [path, share] of shares) {
    const more = declared.get(path);
    const own =
      more === undefined ? share.checks : [...share.checks, ...more].sort((a, b) => a.span.start - b.span.start);
    if (own.length === 0) continue;
    const known = before?.checks.get(path);
    checks.set(path, known !== undefined && sameItems(known, own) ? known : own);
  }
  const missing = new Set(survey.wishes.missing);
  const undeclared = new Set(survey.wishes.undeclared);
  const callersOf = new Set(survey.names);
  for (const { wishes, names } of shares.values()) {
    for (const path of wishes.missing) missing.add(path);
    for (const type of wishes.undeclared) undeclared.add(type);
    for (const name of names) callersOf.add(name);
  }
  const listed = listedFlags(files, (path, facts) => indexFile(facts).codeLists(path), checks, knownKeys);
  return { checks, missing, callersOf, undeclared, listed };
}

function sameItems(some: readonly Check[], others: readonly Check[]): boolean {
  return (
    some.length === others.length &&
    some.every((check, at) => check === others[at] || sameDeclaration(check, others[at]!))
  );
}

/** Declarations are made anew each time. */
function sameDeclaration(one: Check, other: Check): boolean {
  return (
    one.role === 'declaration' &&
    other.role === 'declaration' &&
    one.keyPlace === null &&
    one.key === other.key &&
    one.nameSpan.start === other.nameSpan.start &&
    one.nameSpan.end === other.nameSpan.end &&
    one.span.end === other.span.end &&
    one.system === other.system &&
    one.method === other.method &&
    one.type === other.type &&
    one.confidence === other.confidence &&
    one.function === other.function &&
    one.fallback === undefined &&
    other.fallback === undefined &&
    one.via.length === other.via.length &&
    one.via.every((step, at) => step === other.via[at])
  );
}

/** By path, the places where constants, enum members and objects write the keys that checks use. */
function declarations({ input, shares }: Pick<LinkMemory, 'input' | 'shares'>): ReadonlyMap<string, readonly Check[]> {
  const { files, indexFile, isExcluded } = input;
  const found = new Map<string, Check[]>();
  const takenIn = new Map<string, Set<number>>();
  for (const { checks } of shares.values()) {
    for (const check of checks) {
      if (check.role !== 'check' || check.keyPlace === null || check.key === null) continue;
      const { path, span } = check.keyPlace;
      const taken = takenIn.get(path) ?? new Set(shares.get(path)?.checks.map(({ nameSpan }) => nameSpan.start));
      takenIn.set(path, taken);
      const facts = files.get(path);
      if (taken.has(span.start) || facts === undefined || isExcluded(path)) continue;
      taken.add(span.start);
      const made = declarationOf(check, check.key, facts.language, indexFile(facts).symbols);
      const list = found.get(path);
      if (list === undefined) found.set(path, [made]);
      else list.push(made);
    }
  }
  return found;
}

function declarationOf(
  check: Check,
  key: string,
  language: Check['language'],
  symbols: Parameters<typeof checkFrom>[4],
): Check {
  const place = check.keyPlace!;
  const match: Match = {
    path: place.path,
    nameSpan: place.span,
    end: place.span.end,
    keyExpr: { kind: 'string', value: key, span: place.span },
    fallbackExpr: null,
    constantFallback: undefined,
    system: check.system,
    method: check.method,
    type: check.type,
    via: null,
    confidence: check.confidence,
    role: 'declaration',
  };
  return checkFrom(match, { kind: 'text', text: key, place, via: ['literal'] }, undefined, language, symbols);
}
