/** What names of types say of whether they list flags. Whether such a type is believed is `typedToggles.ts`' business. */
import { OTHER_FLAGS, wordsOf } from './flagWords.ts';

/** What a type's name says: `FeatureFlags` and `AppConfig.features` are lists of flags, `UiFlags` and `FlagSet` may be. */
export function standingOf(name: string, path: string): 'unmistakable' | 'possible' | null {
  const words = wordsOf(name.slice(name.lastIndexOf('.') + 1)).filter(word => !FILLING.has(word));
  const last = words.at(-1);
  if (last === undefined || words.some(word => OTHER_FLAGS.has(word)) || OTHER_PLACE.test(path)) return null;
  // `GetScoresForExperimentsProps`: what a function is given.
  if (words.some(word => GIVEN.has(word))) return null;
  if (last === 'toggles' || last === 'experiments') return 'unmistakable';
  if (last === 'switches') return words.includes('feature') ? 'unmistakable' : 'possible';
  if (last === 'flags') return words.includes('feature') ? 'unmistakable' : 'possible';
  if (last === 'set' || last === 'map') {
    const before = words.at(-2);
    if (before === 'toggle' || (before === 'flag' && words.at(-3) === 'feature')) return 'unmistakable';
    return before === 'flag' ? 'possible' : null;
  }
  if (last !== 'features') return null;
  return words.some(word => SWITCHED.has(word)) ? 'unmistakable' : 'possible';
}

/** `{ table, userIdColumn }`, `{ enabled, optInto }`: where something is kept, and whether it is used at all. */
export function areSettings(members: readonly string[]): boolean {
  const parts = members.filter(name => PARTS.has(wordsOf(name).at(-1)!)).length;
  return parts * 2 > members.length || (members.includes('enabled') && members.length < 4);
}

const PARTS: ReadonlySet<string> = new Set(['column', 'id', 'name', 'path', 'query', 'table', 'url']);

/** Whether what a file imports reads command lines: flags that only may be those of features are the command's there. */
export function readsCommandLine(imports: readonly { readonly from: string }[]): boolean {
  return imports.some(({ from }) => COMMAND_LINES.test(from));
}

const COMMAND_LINES =
  /^(?:flag|github\.com\/(?:spf13\/(?:pflag|cobra)|urfave\/cli|jessevdk\/go-flags|alecthomas\/(?:kong|kingpin)).*|argparse|click|typer|absl(?:\.flags)?|clap(?:::.*)?|structopt|scopt.*|picocli.*|com\.beust\.jcommander.*|com\.github\.ajalt\.clikt.*|System\.CommandLine.*|ArgumentParser|commander|yargs|meow|minimist|cac)$/;

/** `RuntimeTogglableFeatures`, `ExperimentalFeatures`: not those that something has, but those that can be had. */
const SWITCHED: ReadonlySet<string> = new Set(['experimental', 'togglable', 'toggleable']);

/** Words that say nothing of what is listed. */
const FILLING: ReadonlySet<string> = new Set([
  'i',
  'config',
  'configuration',
  'options',
  'schema',
  'settings',
  'type',
  'state',
  'values',
  'all',
  'props',
]);
/** Words of a type that says what is given to a function, or what it gives. */
const GIVEN: ReadonlySet<string> = new Set([
  'args',
  'by',
  'for',
  'from',
  'input',
  'of',
  'params',
  'request',
  'response',
  'to',
  'with',
]);
const OTHER_PLACE = /(?:^|\/)(?:cli|commands|compiler|scripts|bin)\//;
