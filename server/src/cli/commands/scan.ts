/** `flagbook scan`: every flag check under the paths. */
import { type Command, Option } from 'commander';
import { scanRecords } from '../../core/flags/scanRecords.ts';
import { renderScan, scanSummary, suggestionText } from '../../core/flags/scanText.ts';
import { suggestedPatterns } from '../../core/flags/suggestions.ts';
import { UnusableInput } from '../failure.ts';
import { findRoot, openProject, repositoryPath, startingDirectory } from '../openProject.ts';
import { type CommonFlags, decodeCommonOptions, formatOption } from '../options.ts';
import { jsonLines, jsonText, type Output } from '../output.ts';
import { skippedText } from '../skipped.ts';

const ROLES = ['check', 'declaration', 'stub', 'reference', 'all'];

interface ScanFlags extends CommonFlags {
  readonly format: string;
  readonly role: string;
}

export function addScan(program: Command, output: Output): void {
  program
    .command('scan')
    .summary('every flag check under the paths')
    .description('Prints every place that evaluates a flag, and the places that only name one.')
    .argument('[path...]', 'files and folders (default: the whole repository)')
    .addOption(formatOption(['text', 'json', 'jsonl']))
    .addOption(new Option('--role <role>', 'only places of this role').choices(ROLES).default('all'))
    .addHelpText(
      'after',
      `
Examples:
  flagbook scan                              the repository you are in
  flagbook scan services/checkout --role check
  flagbook scan --format jsonl | jq -r .key | sort | uniq -c`,
    )
    .action((paths: string[], _flags: unknown, command: Command) => scan(paths, command.optsWithGlobals(), output));
}

async function scan(paths: readonly string[], flags: ScanFlags, output: Output): Promise<void> {
  const options = decodeCommonOptions(flags);
  const root = await findRoot(startingDirectory(paths, options.directory));
  const wanted = paths.map(path => repositoryPath(root, path, options.directory));
  const opened = await openProject(root, options, output, { history: 'left out', grammars: 'as needed' });
  const snapshot = opened.snapshot();
  for (const [index, path] of wanted.entries()) {
    if (path !== '' && ![...snapshot.paths].some(known => isUnder(known, path))) {
      throw new UnusableInput(`${paths[index]}: git ignores it, or it is vendored; flagbook reads no such files.`);
    }
  }
  const all = scanRecords(snapshot, path => wanted.length === 0 || wanted.some(folder => isUnder(path, folder)));
  const records = all.filter(record => flags.role === 'all' || record.role === flags.role);
  const versioned = records.map(record => ({ version: 1, ...record }));
  if (flags.format === 'jsonl') output.print(jsonLines(versioned));
  else if (flags.format === 'json') output.print(jsonText({ version: 1, checks: records }));
  else output.print(renderScan(records, output.paint));
  const suggestion = suggestionText(suggestedPatterns(snapshot));
  if (flags.format === 'text' && suggestion !== '') output.note(suggestion);
  output.note(`${scanSummary(records)}. ${skippedText(opened.summary)}`);
}

function isUnder(path: string, folder: string): boolean {
  return folder === '' || path === folder || path.startsWith(`${folder}/`);
}
