/**
 * What to write into `flagbook.json` for a flag library of the repository's own: patterns for the calls by which its likely
 * checks ask. Which checks are likely is decided by `homegrown.ts`; what a pattern matches, by `patterns.ts`.
 */
import type { CallExpr, Expr, FileFacts, MemberExpr } from '../../languages/facts.ts';
import type { Check } from '../../model.ts';
import type { FileView, Snapshot } from '../../snapshot.ts';
import { speaksOfFlags, wordsOf } from '../names/flagWords.ts';
import { memberReads } from '../questions/memberReads.ts';
import { areFeatureFlags } from './namedLists.ts';

export interface SuggestedPattern {
  /** Such as `flags.isOn($KEY)`. */
  readonly pattern: string;
  /** How many likely checks it makes certain. */
  readonly checks: number;
}

/** Patterns for the likely checks, those that cover most first; at most six, and none for a call that stands alone. */
export function suggestedPatterns(snapshot: Snapshot): readonly SuggestedPattern[] {
  const counts = new Map<string, number>();
  for (const file of snapshot.files.values()) {
    const checks = file.checks.filter(
      ({ test, role, confidence, keySpan }) => !test && role === 'check' && confidence === 'likely' && keySpan !== null,
    );
    if (checks.length === 0 || file.facts === null) continue;
    const asked = askedIn(file.facts);
    for (const check of checks) {
      const pattern = patternOf(file, asked, check);
      if (pattern !== null) counts.set(pattern, (counts.get(pattern) ?? 0) + 1);
    }
  }
  return [...counts]
    .filter(([, checks]) => checks >= LEAST)
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, MOST)
    .map(([pattern, checks]) => ({ pattern, checks }));
}

const LEAST = 2;
/** With what stands around them, ten lines of configuration. */
const MOST = 6;

/** What a file asks, by the offset of the name that asks: of `ask('k')()` the first call. */
interface Asked {
  readonly calls: ReadonlyMap<number, CallExpr>;
  readonly reads: ReadonlyMap<number, MemberExpr>;
}

function askedIn(facts: FileFacts): Asked {
  return {
    calls: new Map(facts.calls.toReversed().map(call => [call.nameSpan.start, call])),
    reads: new Map(
      memberReads(facts)
        .toReversed()
        .map(read => [read.propertySpan.start, read]),
    ),
  };
}

function patternOf(file: FileView, asked: Asked, check: Check): string | null {
  const call = asked.calls.get(check.nameSpan.start);
  if (call === undefined) return listPattern(asked.reads.get(check.nameSpan.start));
  const callee = calleeText(call, file);
  const position = call.args.findIndex(
    ({ value, name }) =>
      name === null && value.span.start <= check.keySpan!.start && check.keySpan!.end <= value.span.end,
  );
  if (callee === null || position < 0) return null;
  return `${callee}(${[...Array.from({ length: position }, () => '$_'), '$KEY'].join(', ')})`;
}

/** `featureFlags.$KEY`, for a property of what is called flags of features. */
function listPattern(read: MemberExpr | undefined): string | null {
  const owner = read === undefined ? null : lastName(read.object);
  return owner !== null && areFeatureFlags(owner.name) ? `${owner.name}.$KEY` : null;
}

/** The called name with the one before it, as they are written: what stands further in front differs from caller to caller. */
function calleeText(call: CallExpr, file: FileView): string | null {
  const { callee } = call;
  // Called without a receiver, `isEnabled` may be anybody's.
  if (callee.kind === 'name') return isPlain(callee.name) && isTelling(callee.name) ? callee.name : null;
  if (callee.kind !== 'member') return null;
  const owner = lastName(callee.object);
  // `this.isOn(…)` may be anybody's.
  if (owner === null || /^(?:this|self|super|it)$/.test(owner.name)) return null;
  const between = file.text.slice(owner.end, callee.propertySpan.start);
  return /^\??(?:\.|::|->)$/.test(between) ? `${owner.name}${between.replace('?', '')}${callee.property}` : null;
}

function lastName(expr: Expr): { readonly name: string; readonly end: number } | null {
  const name = expr.kind === 'name' ? expr.name : expr.kind === 'member' ? expr.property : null;
  return name === null || !isPlain(name) ? null : { name, end: expr.span.end };
}

function isTelling(name: string): boolean {
  return speaksOfFlags(name) || wordsOf(name).some(word => word.startsWith('switch'));
}

function isPlain(name: string): boolean {
  return /^[@$]?[A-Za-z_][\w]*[?!]?$/.test(name);
}
