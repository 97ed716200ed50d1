/** A file's calls by the name they mean: an import's alias counts as the name it was imported under. */
import type { CallExpr, FileFacts } from '../languages/facts.ts';

export type CallIndex = ReadonlyMap<string, readonly CallExpr[]>;

/** Indexes calls (or decorators) by called name. */
export function indexCalls(facts: FileFacts, calls: readonly CallExpr[]): CallIndex {
  const aliases = new Map(facts.imports.map(imported => [imported.local, imported.imported]));
  const index = new Map<string, CallExpr[]>();
  for (const call of calls) {
    const name = calledName(call, aliases);
    if (name === null) continue;
    const known = index.get(name);
    if (known === undefined) index.set(name, [call]);
    else known.push(call);
  }
  return index;
}

function calledName(call: CallExpr, aliases: ReadonlyMap<string, string>): string | null {
  if (call.callee.kind === 'member') return call.callee.property;
  if (call.callee.kind !== 'name') return null;
  const imported = aliases.get(call.callee.name);
  return imported === undefined || imported === '*' || imported === 'default' ? call.callee.name : imported;
}
