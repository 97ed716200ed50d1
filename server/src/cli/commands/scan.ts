/** `flagbook scan`: every flag check under the paths. */
import { type Command, Option } from 'commander';
import { suggestedPatterns } from '../../core/flags/guessed/suggestions.ts';
import { scanRecords } from '../../core/flags/telling/scanRecords.ts';
import { UnusableInput } from '../failure.ts';
import { findRoot, openProject, repositoryPath, startingDirectory } from '../openProject.ts';
import { type CommonFlags, decodeCommonOptions, formatOption } from '../options.ts';
import type { Output } from '../output.ts';
import { isUnder, printScan, SCAN_FORMATS, SCAN_ROLES } from '../printScan.ts';
import type { BegunScan } from '../quickScan.ts';
import { rememberScan } from '../rememberScan.ts';

interface ScanFlags extends CommonFlags {
  readonly format: string;
  readonly role: string;
}

/** `begun` is what is known by then of a scan of everything. */
export function addScan(program: Command, output: Output, begun: BegunScan | null): void {
  program
    .command('scan')
    .summary('every flag check under the paths')
    .description('Prints every place that evaluates a flag, and the places that only name one.')
    .argument('[path...]', 'files and folders (default: the whole repository)')
    .addOption(formatOption(SCAN_FORMATS))
    .addOption(new Option('--role <role>', 'only places of this role').choices(SCAN_ROLES).default('all'))
    .addHelpText(
      'after',
      `
Examples:
  flagbook scan                              the repository you are in
  flagbook scan services/checkout --role check
  flagbook scan --format jsonl | jq -r .key | sort | uniq -c`,
    )
    .action((paths: string[], _flags: unknown, command: Command) =>
      scan(paths, command.optsWithGlobals(), output, begun),
    );
}

async function scan(
  paths: readonly string[],
  flags: ScanFlags,
  output: Output,
  begun: BegunScan | null,
): Promise<void> {
  const options = decodeCommonOptions(flags);
  const root = begun ?? (await findRoot(startingDirectory(paths, options.directory)));
  const wanted = paths.map(path => repositoryPath(root, path, options.directory));
  const opened = await openProject(root, options, output, {
    history: 'left out',
    grammars: 'as needed',
    ...(begun === null ? {} : { listing: begun.listing, workers: begun.workers }),
  });
  const snapshot = opened.snapshot();
  for (const [index, path] of wanted.entries()) {
    if (path !== '' && ![...snapshot.paths].some(known => isUnder(known, path))) {
      throw new UnusableInput(`${paths[index]}: git ignores it, or it is vendored; flagbook reads no such files.`);
    }
  }
  const found = {
    records: scanRecords(snapshot, () => true),
    suggestions: suggestedPatterns(snapshot),
    summary: opened.summary,
  };
  printScan(found, { format: flags.format, role: flags.role, paths: wanted }, output);
  if (options.cache && options.configFile === null && opened.isEveryGrammarThere()) {
    const { project, summary, access } = opened;
    await rememberScan({ root: root.path, host: project.host, summary, snapshot, access, begun });
  }
}
