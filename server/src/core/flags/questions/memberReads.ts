/** Every place in a file where a property is read: by itself, destructured, or as what a method is called on. */
import type { Expr, FileFacts, IndexExpr, MemberExpr } from '../../languages/facts.ts';
import type { FileIndex } from '../linking/fileIndex.ts';

/** Reads by an index that is not a text written there, in no particular order. */
export function indexReads(facts: FileFacts): readonly IndexExpr[] {
  return facts.members.filter(read => read.kind === 'index');
}

/** Member accesses, outermost ones, in no particular order. */
export function memberReads(facts: FileFacts): readonly MemberExpr[] {
  const reads = facts.members.filter(read => read.kind === 'member');
  for (const { value } of facts.bindings) if (value?.kind === 'member') reads.push(value);
  for (const { callee } of facts.calls) {
    if (callee.kind === 'member' && callee.object.kind === 'member') reads.push(callee.object);
  }
  return reads;
}

/**
 * Those of them that read a property of one of these names, be it on the way to another; in the order of all. Who looks for few names need
 * not look at all reads of all files.
 */
export function readsOfAny(index: FileIndex, names: ReadonlySet<string>): readonly MemberExpr[] {
  const read = index.found(propertiesRead);
  const [fewer, more] = read.size < names.size ? [read, names] : [names, read];
  const met = [...fewer].filter(name => more.has(name));
  if (met.length === 0) return [];
  const byName = index.found(readsByProperty);
  const places = new Set(met.flatMap(name => byName.places.get(name)!));
  return [...places].sort((a, b) => a - b).map(place => byName.reads[place]!);
}

/** Most files are told by that, which takes little memory. */
function propertiesRead({ facts }: FileIndex): ReadonlySet<string> {
  return new Set(memberReads(facts).flatMap(propertiesOf));
}

function readsByProperty({ facts }: FileIndex) {
  const reads = memberReads(facts);
  const places = new Map<string, number[]>();
  reads.forEach((read, place) => {
    for (const name of propertiesOf(read)) {
      const known = places.get(name);
      if (known === undefined) places.set(name, [place]);
      else known.push(place);
    }
  });
  return { reads, places };
}

function propertiesOf(read: MemberExpr): readonly string[] {
  const names: string[] = [];
  for (let at: Expr = read; at.kind === 'member' || at.kind === 'index'; at = at.object)
    if (at.kind === 'member') names.push(at.property);
  return names;
}

/** What a destructuring says a property is where the object lacks it (`const { newNav = false } = flags`), or null. */
export function defaultOf(facts: FileFacts, read: MemberExpr): Expr | null {
  return facts.bindings.find(({ value }) => value === read)?.defaultValue ?? null;
}
