/** `flagbook explain`: all that is known of one line. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { type ExplainExtras, explain, lineText, toExplainDocument } from '../../core/features/explain.ts';
import { CODEOWNERS_PATHS, parseCodeOwners } from '../../core/owners/codeowners.ts';
import { indexLines } from '../../core/text.ts';
import { lastChangeOfLine } from '../../sources/git/lineHistory.ts';
import { UnusableInput } from '../failure.ts';
import { findRoot, type OpenProject, openProject, repositoryPath, startingDirectory } from '../openProject.ts';
import { type CommonFlags, decodeCommonOptions, formatOption } from '../options.ts';
import { jsonText, type Output } from '../output.ts';
import { renderExplanation } from '../renderExplanation.ts';

interface ExplainFlags extends CommonFlags {
  readonly format: string;
}

export function addExplain(program: Command, output: Output): void {
  program
    .command('explain')
    .summary('all that is known of one line')
    .description('Tells what stands behind a line: flags, their state and age, runbooks, incidents, owners.')
    .argument('<place>', 'FILE:LINE or FILE:LINE:COLUMN, both counted from 1')
    .addOption(formatOption(['text', 'json']))
    .addHelpText(
      'after',
      `
Examples:
  flagbook explain src/pay.ts:26             everything on the line
  flagbook explain src/pay.ts:26:32          only what stands at that column
  flagbook explain flags/shop.flagd.json:12 --format json

The JSON holds path, line, column, functions, checks (as in scan), flags (as in flags), onTheWay
(flags whose checks lead to the line, and the branch), annotations, runbooks, incidents, lastChange (null
where git can't say) and owners.`,
    )
    .action((place: string, _flags: unknown, command: Command) => run(place, command.optsWithGlobals(), output));
}

async function run(argument: string, flags: ExplainFlags, output: Output): Promise<void> {
  const options = decodeCommonOptions(flags);
  const { file, line, column } = parsePlace(argument, options.directory);
  const root = await findRoot(startingDirectory([file], options.directory));
  const path = repositoryPath(root, file, options.directory);
  const opened = await openProject(root, options, output, { history: 'left out', servers: 'asked' });
  const text = await textOf(opened, path, file);
  refuseMissingLine(text, file, line);
  await opened.project.want([path]);
  const place = { path, line, column };
  const undated = opened.snapshot();
  const known = undated.files.get(path);
  const [way = []] = (known && opened.project.checksOnTheWay(known, [place])) ?? [];
  const isDated = explain(undated, place, way).keys.length > 0;
  const snapshot = isDated ? await opened.withHistory(undated) : undated;
  const explanation = explain(snapshot, place, way);
  const extras = await extrasOf(opened, path, line);
  if (flags.format === 'json') output.print(jsonText(toExplainDocument(snapshot, explanation, extras)));
  else {
    const view = snapshot.files.get(path) ?? { text, lines: indexLines(text) };
    output.print(renderExplanation(snapshot, explanation, extras, lineText(view, line) ?? '', output));
  }
}

/** A file's name may hold colons too: what is there wins over what looks like a line. */
function parsePlace(argument: string, directory: string) {
  const match = /^(.+?):(\d{1,9})(?::(\d{1,9}))?$/s.exec(argument);
  if (match === null) {
    throw new UnusableInput(`${argument}: name a line too, such as ${argument.replace(/(?<!:):+$/, '')}:12`);
  }
  const [, file, line, column] = match as unknown as [string, string, string, string | undefined];
  const stats = statSync(resolve(directory, file), { throwIfNoEntry: false });
  if (stats?.isDirectory()) throw new UnusableInput(`${file}: this is a directory; name a file and a line.`);
  if (Number(line) === 0 || Number(column) === 0) throw new UnusableInput(`${argument}: lines and columns begin at 1.`);
  return { file, line: Number(line), column: column === undefined ? null : Number(column) };
}

async function textOf(opened: OpenProject, path: string, file: string): Promise<string> {
  const content = await opened.access.read(path);
  if (content.kind === 'text') return content.text;
  throw new UnusableInput(`${file}: ${UNREADABLE[content.reason]}`);
}

const UNREADABLE = {
  large: 'it is larger than 1 MB; flagbook reads no such files.',
  minified: 'it is minified; its lines say nothing.',
  binary: 'it is a binary file; only text has lines.',
  link: 'it is a symbolic link; name the file it leads to.',
  missing: 'it is not there any more.',
  unreadable: 'it is not readable; check its permissions.',
  failed: 'the parser breaks down on it.',
} as const;

function refuseMissingLine(text: string, file: string, line: number): void {
  const { starts } = indexLines(text);
  if (line <= starts.length) return;
  const count = text.endsWith('\n') ? starts.length - 1 : starts.length;
  throw new UnusableInput(`${file}: it has only ${count} ${count === 1 ? 'line' : 'lines'}; there is no line ${line}.`);
}

async function extrasOf(opened: OpenProject, path: string, line: number): Promise<ExplainExtras> {
  const { root, access } = opened;
  const owners = await ownersOf(opened, path);
  if (root.git.kind === 'failed') return { lastChange: null, lastChangeReason: root.git.reason, owners };
  if (!(await access.list()).includes(path)) {
    return { lastChange: null, lastChangeReason: 'git does not track this file', owners };
  }
  const change = await lastChangeOfLine(root.path, path, line);
  return change.kind === 'known'
    ? { lastChange: change.moment, lastChangeReason: null, owners }
    : { lastChange: null, lastChangeReason: change.reason, owners };
}

async function ownersOf({ access, snapshot }: OpenProject, path: string): Promise<readonly string[]> {
  const { paths } = snapshot();
  const file = CODEOWNERS_PATHS.find(candidate => paths.has(candidate));
  const content = file === undefined ? null : await access.read(file);
  return content?.kind === 'text' ? parseCodeOwners(content.text)(path) : [];
}
