/**
 * `flagbook flags`: every flag with its state, its ages and the verdict; one flag's story with a key; with `check` what is
 * wrong with the flag files.
 */
import type { Command } from 'commander';
import { flagFileHealth } from '../../core/features/flagFileHealth.ts';
import { toFlagsDocument } from '../../core/flags/telling/document.ts';
import { flagStoryMarkdown, flagsMarkdown } from '../../core/flags/telling/markdown.ts';
import { renderFlagStory, renderFlagsTable } from '../../core/flags/telling/text.ts';
import { allKeys } from '../../core/flags/verdicts/flagIndex.ts';
import { closest } from '../../core/runbooks/closest.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { type FailOn, failOnOption, statusOf } from '../failOn.ts';
import { UnusableInput } from '../failure.ts';
import { findRoot, openProject } from '../openProject.ts';
import { type CommonFlags, decodeCommonOptions, formatOption } from '../options.ts';
import { jsonLines, jsonText, type Output } from '../output.ts';
import { renderFindings } from '../renderHealth.ts';
import { flagsAt } from './flagsAt.ts';

interface FlagsFlags extends CommonFlags {
  readonly at?: string;
  readonly format: string;
}

export function addFlags(program: Command, output: Output): void {
  const command = program
    .command('flags')
    .summary('every flag: state, ages, checks, verdict')
    .description('Prints every flag, the stale ones first. With a key: everything that is known of that flag.')
    .argument('[key...]', 'flags to tell of (default: all)')
    .addOption(formatOption(['text', 'json', 'jsonl', 'markdown']))
    .option('--at <time>', 'what they did then, by git and by the logs of flag servers')
    .addHelpText(
      'after',
      `
Examples:
  flagbook flags                             all flags, those to clean up first
  flagbook flags express-checkout            one flag's story
  flagbook flags express-checkout --at 2026-03-02T10:12:00Z   what it did at an incident's time
  flagbook flags --format json | jq '.flags[] | select(.verdict.stale) | .key'`,
    )
    .action((keys: string[], _flags: unknown, command: Command) => flags(keys, command.optsWithGlobals(), output));
  command
    .command('check')
    .summary('what is wrong with the flag files')
    .description(
      'Looks for duplicate keys, unknown variations and prerequisites, rules that never apply, flags nobody checks.',
    )
    .addOption(formatOption(['text', 'json']))
    .addOption(failOnOption())
    .addHelpText('after', '\nExample, in CI:\n  flagbook flags check --fail-on warning')
    .action((_flags: unknown, command: Command) => check(command.optsWithGlobals(), output));
}

async function check(flags: FlagsFlags & { readonly failOn: FailOn }, output: Output): Promise<void> {
  const options = decodeCommonOptions(flags);
  const opened = await openProject(await findRoot(options.directory), options, output, { history: 'left out' });
  const findings = flagFileHealth(opened.snapshot());
  if (flags.format === 'json') output.print(jsonText({ version: 1, findings }));
  else output.print(renderFindings(findings, 'the flag files', output));
  process.exitCode = statusOf(findings, flags.failOn);
}

async function flags(given: readonly string[], flags: FlagsFlags, output: Output): Promise<void> {
  const options = decodeCommonOptions(flags);
  if (flags.at !== undefined) return flagsAt(given, flags.at, flags.format, options, output);
  const root = await findRoot(options.directory);
  const { snapshot: take } = await openProject(root, options, output, { history: 'read', servers: 'asked' });
  const snapshot = take();
  const keys = given.length === 0 ? allKeys(snapshot) : [...new Set(given)];
  for (const key of given) refuseUnknown(snapshot, key);
  const { paint, width } = output;
  if (flags.format === 'json') output.print(jsonText(toFlagsDocument(snapshot, keys)));
  else if (flags.format === 'jsonl') {
    output.print(jsonLines(toFlagsDocument(snapshot, keys).flags.map(flag => ({ version: 1, ...flag }))));
  } else if (flags.format === 'markdown') {
    const stories = () => keys.map(key => flagStoryMarkdown(snapshot, key)).join('\n');
    output.print(given.length === 0 ? flagsMarkdown(snapshot) : stories());
  } else if (given.length === 0) output.print(renderFlagsTable(snapshot, { width, paint }));
  else output.print(keys.map(key => renderFlagStory(snapshot, key, { width, paint })).join('\n'));
}

function refuseUnknown(snapshot: Snapshot, key: string): void {
  if (snapshot.flags.has(key) || snapshot.checks.has(key)) return;
  const near = closest(key, allKeys(snapshot), known => known);
  const advice = near === null ? 'flagbook flags lists all' : `did you mean ${near}?`;
  throw new UnusableInput(`There is no flag ${key} in this repository: ${advice}`);
}
