/**
 * Whether a file says nothing by itself: linked alone it has no check, asks for nothing that would tell more, lists nothing, and holds nothing that
 * others ask by its name. Of a large repository's files that speak of flags most are such: `HasFlag(Style.Bold)`, `IsEnabled(EventLevel)`. They
 * need not be held until somebody wishes for them, as for any file that speaks of nothing. Who asks for them again is the business of
 * `sources/project`.
 */
import { type FileFacts, isNominal } from '../../languages/facts.ts';
import { declaresFlagValues } from '../guessed/heldFlags.ts';
import { lastName } from '../names/lastName.ts';
import { standingOf } from '../names/listNames.ts';
import { indexReads } from '../questions/memberReads.ts';
import { linkAll } from './checks.ts';
import type { LinkInput, Survey } from './linkMemory.ts';

/** What a file is linked with, besides itself. */
export type Surroundings = Omit<LinkInput, 'files' | 'knownKeys' | 'hasFlagValues'>;

/**
 * Whether the facts of the file at `path` say nothing by themselves. `mayRead` tells which wishes for files can come true. In languages where flags are
 * read as properties or looked up in modules without a name, more would have to be known, so that their files say something.
 */
export function saysNothing(
  surroundings: Surroundings,
  path: string,
  facts: FileFacts,
  mayRead: (path: string) => boolean,
): boolean {
  if (!isNominal(facts.language) || declaresFlagValues(facts)) return false;
  const index = surroundings.indexFile(facts);
  if (index.imported.length > 0 || index.questions(path).length > 0 || index.listings(path).length > 0) return false;
  // A list whose name may mean flags is believed when others ask for its keys, wherever those are written.
  if (index.codeLists(path).some(({ standing }) => standing !== 'none')) return false;
  // Tags of a template belong to whatever SDK the repository uses.
  if (facts.elements.length > 0 || readsCalledLists(facts)) return false;
  // Elsewhere flags may be declared that are asked by words as plain as `get`.
  const input: LinkInput = { ...surroundings, files: new Map([[path, facts]]), knownKeys: NONE, hasFlagValues: true };
  const { result, memory } = linkAll(input);
  return (
    result.checks.size === 0 &&
    result.listed.size === 0 &&
    result.callersOf.size === 0 &&
    result.undeclared.size === 0 &&
    result.sought.size === 0 &&
    ![...result.missing].some(mayRead) &&
    memory.givers.size === 0 &&
    memory.entangled.size === 0
  );
}

/** Whether a file reads by an index what is called as lists of flags are: no word of others tells who does (`typedToggles.ts`). */
function readsCalledLists(facts: FileFacts): boolean {
  return indexReads(facts).some(({ object }) => lastName(object) !== '' && standingOf(lastName(object), '') !== null);
}

/**
 * The names by which files that say nothing by themselves may ask for flags all the same: functions that are questions for flags if somebody
 * asks them for one, what lists of flags list, and whatever the SDKs are asked by that other files import. Names of what was found to be asked
 * are wished for.
 */
export function namesThatCount({ questions, lists, frame }: Survey): ReadonlySet<string> {
  const names = new Set([...questions.names, ...lists.keys]);
  for (const { languages, calls, flagObjects = [] } of frame.used) {
    if (!languages.some(isNominal)) continue;
    const objects = flagObjects.flatMap(({ names, methods, properties = [] }) => [
      ...Object.keys(names),
      ...methods,
      ...properties,
    ]);
    for (const name of [...calls.flatMap(call => Object.keys(call.names)), ...objects]) names.add(name);
  }
  return names;
}

const NONE: ReadonlySet<string> = new Set();
