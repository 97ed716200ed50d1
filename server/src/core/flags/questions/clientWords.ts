/**
 * The words by which files ask a client that a package of the repository holds for them: `Gates.Enabled(` where `var Gates` is an
 * SDK's. Files are searched for the called names of SDKs anyway, but not for those that half of all files hold (`common`), and Go's
 * importers of the repository's own package need not name the SDK's.
 */

import type { Expr } from '../../languages/facts.ts';
import type { FileIndex } from '../linking/fileIndex.ts';
import { isPackageOf, type SdkSurface } from '../sdk.ts';
import type { LinkState } from './linkState.ts';
import { leadsToUnread } from './unreadPackages.ts';

/** Such words by the file that holds the client; none where no file imports a package whose called names are common. */
export function clientWords(
  state: LinkState,
  paths: Iterable<string>,
  used: ReadonlySet<SdkSurface>,
): ReadonlyMap<string, readonly string[]> {
  const asked = commonNames(used);
  const found = new Map<string, readonly string[]>();
  if (asked.length === 0) return found;
  for (const path of paths) {
    const words = wordsIn(state, path, asked);
    if (words.length > 0) found.set(path, words);
  }
  return found;
}

interface CommonNames {
  readonly surface: SdkSurface;
  readonly names: readonly string[];
}

function commonNames(used: ReadonlySet<SdkSurface>): readonly CommonNames[] {
  return [...used].flatMap(surface => {
    const names = surface.calls.flatMap(call =>
      call.common === true && call.form === 'method' ? Object.keys(call.names) : [],
    );
    return surface.languages.includes('go') && names.length > 0 ? [{ surface, names }] : [];
  });
}

/** What a file gives other packages by a name of its own, but for texts, numbers and what is written down. */
function exportedObjects({ symbols }: FileIndex): readonly { readonly name: string; readonly value: Expr }[] {
  return [...symbols.fileBindings.values()].flatMap(([binding]) => {
    const { name, value, type } = binding!;
    const held = value ?? type;
    return held !== null && MAY_BE_CLIENT.has(held.kind) && /^\p{Lu}/u.test(name) ? [{ name, value: held }] : [];
  });
}

const MAY_BE_CLIENT: ReadonlySet<Expr['kind']> = new Set(['call', 'choice', 'index', 'member', 'name']);

function wordsIn(state: LinkState, path: string, asked: readonly CommonNames[]): readonly string[] {
  const facts = state.files.get(path)!;
  // No other package sees what a test holds.
  if (facts.language !== 'go' || path.endsWith('_test.go')) return [];
  const words: string[] = [];
  for (const { name, value } of state.indexFile(facts).found(exportedObjects)) {
    if (leadsToUnread(state, path, value)) continue;
    const held = state.evaluator.evaluate(value, path);
    if (held.kind !== 'external') continue;
    for (const { surface, names } of asked) {
      if (isPackageOf(surface, held.from)) for (const method of names) words.push(`${name}.${method}(`);
    }
  }
  return words;
}
