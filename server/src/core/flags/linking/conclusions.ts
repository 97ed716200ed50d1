/**
 * What follows from all checks together: the places where code writes the keys that they use, the flags that only lists name, and what is
 * wished for. It is made again whenever one file was linked again, and keeps what it can of what it made before.
 */
import type { Check } from '../../model.ts';
import { listedFlags } from '../lists/listedFlags.ts';
import { checkFrom, plainMatch } from '../questions/linkState.ts';
import type { LinkInput, LinkMemory, LinkResult } from './linkMemory.ts';
import { accessorWord } from './wishedWords.ts';

/**
 * The result of a link. Lists of checks, flags and names that are as before are those of `before`, so that whoever has made something
 * of them can tell. `listedBefore` are the flags of lists, where it is known that they are as before.
 */
export function conclude(
  { input, survey, shares }: LinkMemory,
  before: LinkResult | null,
  listedBefore: LinkResult['listed'] | null,
): LinkResult {
  const { files, indexFile, knownKeys } = input;
  const declared = declarations(input, usesOfKeys(shares), shares);
  const checks = new Map<string, readonly Check[]>();
  for (const [path, share] of shares) {
    const more = declared.get(path);
    const own =
      more === undefined ? share.checks : [...share.checks, ...more].sort((a, b) => a.span.start - b.span.start);
    if (own.length === 0) continue;
    const known = before?.checks.get(path);
    checks.set(path, known !== undefined && sameItems(known, own) ? known : own);
  }
  const listed =
    listedBefore ?? listedFlags(files, (path, facts) => indexFile(facts).codeLists(path), checks, knownKeys);
  return { checks, ...wished({ survey, shares }), listed };
}

/** What is wished for. */
export function wished({
  survey,
  shares,
}: Pick<LinkMemory, 'survey' | 'shares'>): Pick<LinkResult, 'missing' | 'sought' | 'callersOf' | 'undeclared'> {
  const missing = new Set(survey.wishes.missing);
  const sought = new Set(survey.wishes.sought);
  const undeclared = new Set(survey.wishes.undeclared);
  const callersOf = new Set(survey.names);
  for (const fn of survey.accessors.checks.keys()) callersOf.add(accessorWord(fn));
  for (const { wishes, names } of shares.values()) {
    for (const path of wishes.missing) missing.add(path);
    for (const text of wishes.sought) sought.add(text);
    for (const type of wishes.undeclared) undeclared.add(type);
    for (const name of names) callersOf.add(name);
  }
  return { missing, sought, callersOf, undeclared };
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

/**
 * By path, and there by where the key is written (UTF-16), the check that uses a key which a constant, an enum member or an object
 * writes. Of several checks that use one, the surest tells what it is for, and that of a flag system before one that was inferred.
 */
export function usesOfKeys(shares: LinkMemory['shares']): ReadonlyMap<string, ReadonlyMap<number, Check>> {
  const usedBy = new Map<string, Map<number, Check>>();
  for (const { checks } of shares.values()) {
    for (const check of checks) {
      if (check.role !== 'check' || check.keyPlace === null || check.key === null) continue;
      const { path, span } = check.keyPlace;
      const known = usedBy.get(path) ?? new Map<number, Check>();
      usedBy.set(path, known);
      const other = known.get(span.start);
      if (other === undefined || doubtOf(check) < doubtOf(other)) known.set(span.start, check);
    }
  }
  return usedBy;
}

/** By path, the declarations at the places where used keys are written, but for those that are checks by themselves. */
export function declarations(
  { files, indexFile, isExcluded }: Pick<LinkInput, 'files' | 'indexFile' | 'isExcluded'>,
  usedBy: ReturnType<typeof usesOfKeys>,
  shares: LinkMemory['shares'],
): ReadonlyMap<string, readonly Check[]> {
  const found = new Map<string, readonly Check[]>();
  for (const [path, all] of usedBy) {
    const facts = files.get(path);
    if (facts === undefined || isExcluded(path)) continue;
    const uses = new Map(all);
    for (const { nameSpan } of shares.get(path)?.checks ?? []) uses.delete(nameSpan.start);
    const { symbols } = indexFile(facts);
    found.set(
      path,
      [...uses.values()].map(check => declarationOf(check, check.key!, facts.language, symbols)),
    );
  }
  return found;
}

function doubtOf({ confidence, system }: Check): number {
  const doubt = confidence === 'certain' ? 0 : confidence === 'likely' ? 2 : 4;
  return system === 'inferred' ? doubt + 1 : doubt;
}

function declarationOf(
  check: Check,
  key: string,
  language: Check['language'],
  symbols: Parameters<typeof checkFrom>[4],
): Check {
  const place = check.keyPlace!;
  const match = plainMatch({
    path: place.path,
    nameSpan: place.span,
    end: place.span.end,
    keyExpr: { kind: 'string', value: key, span: place.span },
    system: check.system,
    method: check.method,
    type: check.type,
    confidence: check.confidence,
    role: 'declaration',
  });
  return checkFrom(match, { kind: 'text', text: key, place, via: ['literal'] }, undefined, language, symbols);
}
