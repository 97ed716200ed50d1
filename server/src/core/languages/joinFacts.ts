/**
 * The facts of all chunks as those of a file. This runs on every keystroke, so a list in which the edited chunks have no part is the
 * same as before, and the others are copied as a whole: what is left over from growing lists is what makes a keystroke slow.
 */
import type { Span } from '../text.ts';
import { type Chunk, chunkAt } from './chunks.ts';
import type { CommentFact, FileFacts } from './facts.ts';
import { createSink, type FactList, type FactSink } from './language.ts';
import { type Layout, placeOf } from './layout.ts';
import { shiftComments } from './shiftFacts.ts';

/** Chunks, and the facts that were joined from them. */
export interface Joined {
  readonly chunks: readonly Chunk[];
  readonly facts: FactLists;
}

export type FactLists = Omit<FileFacts, 'language' | 'broken'>;

/** The facts of all chunks, one after the other. */
export function joinFacts(chunks: readonly Chunk[], before: Joined | null): FactLists {
  const change = before === null ? null : changeBetween(before.chunks, chunks);
  const joined = <T>(listOf: (facts: FactLists) => readonly T[]): readonly T[] =>
    before === null || change === null ? joinAll(chunks, listOf) : joinChanged(listOf(before.facts), change, listOf);
  return {
    packageName: chunks.find(chunk => chunk.facts.packageName !== null)?.facts.packageName ?? null,
    imports: joined(facts => facts.imports),
    exports: joined(facts => facts.exports),
    functions: joined(facts => facts.functions),
    bindings: joined(facts => facts.bindings),
    types: joined(facts => facts.types),
    calls: joined(facts => facts.calls),
    decorators: joined(facts => facts.decorators),
    members: joined(facts => facts.members),
    elements: joined(facts => facts.elements),
    branches: joined(facts => facts.branches),
    comments: joined(facts => facts.comments),
  };
}

/** The facts of chunks that were read from one text, as those of one chunk. */
export function joinSinks(chunks: readonly Chunk[]): FactSink {
  const all = createSink();
  for (const { facts } of chunks) {
    all.packageName ??= facts.packageName;
    for (const list of LISTS) for (const fact of facts[list]) (all[list] as unknown[]).push(fact);
  }
  return all;
}

const LISTS = Object.keys(createSink()).filter(name => name !== 'packageName') as FactList[];

/** The facts at their places in the text. They are looked for when somebody reads them: after most keystrokes nobody does. */
export function placedFacts(layout: Layout, anchored: FileFacts): FileFacts {
  if (layout.anchors === 'text') return anchored;
  const { chunks, starts } = layout;
  const around = ({ start, end }: Span): Span => ({ start: placeOf(layout, start), end: placeOf(layout, end) });
  let all: FactLists | null = null;
  let comments: readonly CommentFact[] | null = null;
  const placed = (): FactLists => {
    all ??= joinFacts(
      chunks.map((chunk, at) => chunkAt(chunk, starts[at]!, around)),
      null,
    );
    return all;
  };
  return {
    language: anchored.language,
    packageName: anchored.packageName,
    get imports() {
      return placed().imports;
    },
    exports: anchored.exports,
    get functions() {
      return placed().functions;
    },
    get bindings() {
      return placed().bindings;
    },
    get types() {
      return placed().types;
    },
    get calls() {
      return placed().calls;
    },
    get decorators() {
      return placed().decorators;
    },
    get members() {
      return placed().members;
    },
    get elements() {
      return placed().elements;
    },
    get branches() {
      return placed().branches;
    },
    // Annotations are looked for in them after every keystroke.
    get comments() {
      comments ??= chunks.flatMap(({ facts, anchor }, at) => shiftComments(facts.comments, starts[at]! - anchor));
      return comments;
    },
    broken: anchored.broken,
  };
}

/** Where two lists of chunks differ: behind `first` of them, `removed` gave way to `added`. */
interface Change {
  readonly first: readonly Chunk[];
  readonly removed: readonly Chunk[];
  readonly added: readonly Chunk[];
  readonly all: readonly Chunk[];
}

function changeBetween(before: readonly Chunk[], after: readonly Chunk[]): Change {
  const shorter = Math.min(before.length, after.length);
  let first = 0;
  while (first < shorter && before[first] === after[first]) first++;
  let last = 0;
  while (last < shorter - first && before[before.length - 1 - last] === after[after.length - 1 - last]) last++;
  return {
    first: after.slice(0, first),
    removed: before.slice(first, before.length - last),
    added: after.slice(first, after.length - last),
    all: after,
  };
}

function joinChanged<T>(
  before: readonly T[],
  change: Change,
  listOf: (facts: FactLists) => readonly T[],
): readonly T[] {
  const [removed, added] = [lengthOf(change.removed, listOf), lengthOf(change.added, listOf)];
  if (removed === 0 && added === 0) return before;
  if (removed !== added) return joinAll(change.all, listOf);
  const all = before.slice();
  let at = lengthOf(change.first, listOf);
  for (const { facts } of change.added) for (const fact of listOf(facts)) all[at++] = fact;
  return all;
}

function joinAll<T>(chunks: readonly Chunk[], listOf: (facts: FactLists) => readonly T[]): readonly T[] {
  const all = new Array<T>(lengthOf(chunks, listOf));
  let at = 0;
  for (const { facts } of chunks) for (const fact of listOf(facts)) all[at++] = fact;
  return all;
}

function lengthOf<T>(chunks: readonly Chunk[], listOf: (facts: FactLists) => readonly T[]): number {
  let length = 0;
  for (const { facts } of chunks) length += listOf(facts).length;
  return length;
}
