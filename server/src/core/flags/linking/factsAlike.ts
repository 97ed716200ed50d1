/**
 * Whether an edit changed what linking reads of a file, apart from where it stands. Comments and branches are not compared: no check
 * depends on them. Whether a file is linked again is decided in `relink.ts`.
 */
import type { Chunk } from '../../languages/chunks.ts';
import {
  type BindingFact,
  type CallExpr,
  type FileFacts,
  type FunctionFact,
  isNominal,
} from '../../languages/facts.ts';
import { FILE_SCOPE } from '../../languages/language.ts';
import { anchorOfEnd, anchorOfStart, chunkAnchored, type Layout, placeOf } from '../../languages/layout.ts';

/** Where the offsets of a text are after an edit. NaN for those that the edit took away. */
export interface Move {
  /** Of where something starts: what is inserted there stands before it. */
  start(offset: number): number;
  /** Of where something ends: what is inserted there stands behind it. */
  end(offset: number): number;
}

/** The move from one text to another, taken as one edit. */
export function moveBetween(before: string, after: string): Move {
  const shorter = Math.min(before.length, after.length);
  let from = 0;
  // By blocks first: texts of hundreds of thousands of characters are compared on every keystroke.
  while (from + BLOCK <= shorter && before.slice(from, from + BLOCK) === after.slice(from, from + BLOCK)) from += BLOCK;
  while (from < shorter && before.charCodeAt(from) === after.charCodeAt(from)) from++;
  let same = 0;
  const blockAt = (text: string) => text.slice(text.length - same - BLOCK, text.length - same);
  while (same + BLOCK <= shorter - from && blockAt(before) === blockAt(after)) same += BLOCK;
  while (
    same < shorter - from &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  )
    same++;
  const to = before.length - same;
  const delta = after.length - before.length;
  return {
    start: offset => (offset >= to ? offset + delta : offset <= from ? offset : Number.NaN),
    end: offset => (offset <= from || offset === FILE_SCOPE.end ? offset : offset >= to ? offset + delta : Number.NaN),
  };
}

const BLOCK = 1024;

/** The move where facts are known to be alike: what stands between two edits is still there, as the very same facts at the same anchors. */
export function withoutGaps({ start, end }: Move): Move {
  const orAsBefore = (moved: number, offset: number): number => (Number.isNaN(moved) ? offset : moved);
  return { start: offset => orAsBefore(start(offset), offset), end: offset => orAsBefore(end(offset), offset) };
}

/**
 * The move of what facts say, from one layout of a text to the next; null stands for facts at their places in the text. Several edits
 * taken as one can't tell where everything is that stands between them; what is in a part that was kept is where it was.
 */
export function moveOfFacts(inText: Move, before: Layout | null, after: Layout | null): Move {
  if (before === null || after === null) return inText;
  if (before.anchors === 'text' && after.anchors === 'text') return inText;
  const kept = new Set(after.chunks);
  const isKept = (chunk: Chunk | null): boolean => chunk !== null && kept.has(chunk);
  return {
    start: offset =>
      isKept(chunkAnchored(before, offset)) ? offset : anchorOfStart(after, inText.start(placeOf(before, offset))),
    end: offset =>
      isKept(chunkAnchored(before, offset - 1)) ? offset : anchorOfEnd(after, inText.end(placeOf(before, offset))),
  };
}

/** Whether all that linking reads is as before. */
export function sameFacts(before: FileFacts, after: FileFacts, move: Move): boolean {
  return (
    sameOutline(before, after, move) &&
    alike(before.functions, after.functions, move) &&
    alike(before.bindings, after.bindings, move) &&
    alike(before.calls, after.calls, move) &&
    alike(before.members, after.members, move) &&
    alike(before.elements, after.elements, move) &&
    alike(before.decorators, after.decorators, move)
  );
}

/** Whether a file is what it was to those that name it: its language, its package, and what it imports, exports and declares as types. */
function sameOutline(before: FileFacts, after: FileFacts, move: Move): boolean {
  return (
    before.language === after.language &&
    before.packageName === after.packageName &&
    alike(before.imports, after.imports, move) &&
    alike(before.exports, after.exports, move) &&
    alike(before.types, after.types, move)
  );
}

/**
 * Whether all that other files can see is as before: names, types, what is bound to what. What only the file itself can see are
 * calls, reads and elements, the results of functions that nobody else looked at (`touched` are the others), and names bound
 * inside of functions that nothing of the rest mentions.
 */
export function sameFace(before: FileFacts, after: FileFacts, move: Move, touched: ReadonlySet<FunctionFact>): boolean {
  return (
    sameOutline(before, after, move) &&
    sameFunctions(before.functions, after.functions, move, touched) &&
    sameBindings(before, after, move, touched) &&
    (!isNominal(before.language) || alike(baseCalls(before), baseCalls(after), move))
  );
}

function sameFunctions(
  before: readonly FunctionFact[],
  after: readonly FunctionFact[],
  move: Move,
  touched: ReadonlySet<FunctionFact>,
): boolean {
  if (before.length !== after.length) return false;
  return before.every((fn, at) => {
    const other = after[at]!;
    return (
      fn === other ||
      (fn.name === other.name &&
        fn.owner === other.owner &&
        fn.declared === other.declared &&
        alike(fn.span, other.span, move) &&
        alike(fn.nameSpan, other.nameSpan, move) &&
        alike(fn.parameters, other.parameters, move) &&
        alike(fn.resultType, other.resultType, move) &&
        (!touched.has(fn) || alike(fn.returns, other.returns, move)))
    );
  });
}

function sameBindings(before: FileFacts, after: FileFacts, move: Move, touched: ReadonlySet<FunctionFact>): boolean {
  const [open, inner] = byReach(before);
  const [openAfter, innerAfter] = byReach(after);
  if (!alike(open, openAfter, move)) return false;
  const names = new Set<string>();
  addNames(open, names);
  for (const fn of before.functions) {
    addNames(fn.parameters, names);
    addNames(fn.resultType, names);
    if (touched.has(fn)) addNames(fn.returns, names);
  }
  for (const type of before.types) addNames(type.bases, names);
  if (isNominal(before.language)) addNames(baseCalls(before), names);
  // What a name that others come upon is bound to may mention further ones.
  const seen = new Set<BindingFact>();
  for (let size = -1; size < names.size; ) {
    size = names.size;
    for (const binding of inner) {
      if (seen.has(binding) || !names.has(binding.name)) continue;
      seen.add(binding);
      addNames(binding, names);
    }
  }
  const mentioned = (bindings: readonly BindingFact[]) => bindings.filter(({ name }) => names.has(name));
  return alike(mentioned(inner), mentioned(innerAfter), move);
}

/** Bindings that other files may come upon by their names, and those inside of functions, which they can't name. */
function byReach({ bindings, functions }: FileFacts): readonly [readonly BindingFact[], readonly BindingFact[]] {
  const [open, inner]: [BindingFact[], BindingFact[]] = [[], []];
  let [at, end] = [0, 0];
  for (const binding of bindings) {
    const { owner, scope, nameSpan } = binding;
    for (; at < functions.length && functions[at]!.span.start <= nameSpan.start; at++)
      end = Math.max(end, functions[at]!.span.end);
    const isInner = owner === null && scope.end !== FILE_SCOPE.end && nameSpan.end <= end && scope.end <= end;
    (isInner ? inner : open).push(binding);
  }
  return [open, inner];
}

/** Nominal languages: what a type gives the constructor of its base is read by whoever asks one of its objects. */
function baseCalls({ calls, types }: FileFacts): readonly CallExpr[] {
  const bases = new Set(types.flatMap(({ bases: of }) => of.map(({ span }) => span.start)));
  return calls.filter(
    ({ callee }) =>
      bases.has(callee.span.start) || (callee.kind === 'name' && (callee.name === 'base' || callee.name === 'super')),
  );
}

/** The names that expressions in a fact mention. */
function addNames(fact: unknown, names: Set<string>): void {
  if (typeof fact !== 'object' || fact === null) return;
  if (Array.isArray(fact)) {
    for (const item of fact) addNames(item, names);
    return;
  }
  if ('kind' in fact && fact.kind === 'name' && 'name' in fact) names.add(fact.name as string);
  for (const key in fact) addNames((fact as Record<string, unknown>)[key], names);
}

/** Whether two facts, or lists of them, are the same but for a move. A fact that is the very same has not been moved. */
export function alike(before: unknown, after: unknown, move: Move): boolean {
  if (before === after) return true;
  if (typeof before !== 'object' || typeof after !== 'object' || before === null || after === null) return false;
  if (Array.isArray(before)) {
    if (!Array.isArray(after) || before.length !== after.length) return false;
    for (let at = 0; at < before.length; at++) if (!alike(before[at], after[at], move)) return false;
    return true;
  }
  const one = before as Record<string, unknown>;
  const other = after as Record<string, unknown>;
  if (typeof one.start === 'number' && typeof one.end === 'number')
    return move.start(one.start) === other.start && move.end(one.end) === other.end;
  for (const key in one) if (!alike(one[key], other[key], move)) return false;
  for (const key in other) if (!(key in one)) return false;
  return true;
}
