/** `flagbook runbooks [check]`: what there is, and what is broken, orphaned or outdated. */
import type { Command } from 'commander';
import { coveredFiles, daysOverdue, runbookFindings } from '../../core/runbooks/health.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { type FailOn, failOnOption, statusOf } from '../failOn.ts';
import { findRoot, openProject } from '../openProject.ts';
import { type CommonFlags, decodeCommonOptions, formatOption } from '../options.ts';
import { jsonText, type Output } from '../output.ts';
import { renderFindings, renderRunbooks } from '../renderHealth.ts';

interface RunbooksFlags extends CommonFlags {
  readonly format: string;
  readonly failOn: FailOn;
}

export function addRunbooks(program: Command, output: Output): void {
  const runbooks = program
    .command('runbooks')
    .summary('runbooks, and what is broken in them')
    .description('Prints the runbooks of the repository and what they cover.');
  runbooks
    .command('list', { isDefault: true })
    .summary('all of them (what happens without a word)')
    .description('Prints the runbooks of the repository and what they cover.')
    .addOption(formatOption(['text', 'json']))
    .action((_flags: unknown, command: Command) => list(command.optsWithGlobals(), output));
  runbooks
    .command('check')
    .summary('broken links, orphaned and outdated runbooks')
    .description('Looks for runbook links that lead nowhere, patterns that match nothing and reviews that are overdue.')
    .addOption(formatOption(['text', 'json']))
    .addOption(failOnOption())
    .addHelpText('after', '\nExample, in CI:\n  flagbook runbooks check --fail-on warning')
    .action((_flags: unknown, command: Command) => check(command.optsWithGlobals(), output));
}

async function take(flags: RunbooksFlags, output: Output): Promise<Snapshot> {
  const options = decodeCommonOptions(flags);
  const opened = await openProject(await findRoot(options.directory), options, output, { history: 'left out' });
  return opened.snapshot();
}

async function list(flags: RunbooksFlags, output: Output): Promise<void> {
  const snapshot = await take(flags, output);
  if (flags.format !== 'json') return output.print(renderRunbooks(snapshot, output));
  const runbooks = [...snapshot.runbooks]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(runbook => ({
      path: runbook.path,
      title: runbook.title,
      owner: runbook.owner,
      code: runbook.code.map(({ glob, symbol }) => (symbol === null ? glob : `${glob}#${symbol}`)),
      coveredFiles: coveredFiles(snapshot, runbook.code),
      flags: runbook.flags,
      alerts: runbook.alerts,
      errors: runbook.errors,
      reviewed: runbook.reviewed,
      reviewEveryDays: runbook.reviewEvery,
      daysOverdue: daysOverdue(runbook, snapshot.now),
    }));
  output.print(jsonText({ version: 1, runbooks }));
}

async function check(flags: RunbooksFlags, output: Output): Promise<void> {
  const findings = runbookFindings(await take(flags, output));
  if (flags.format === 'json') output.print(jsonText({ version: 1, findings }));
  else output.print(renderFindings(findings, 'the runbooks', output));
  process.exitCode = statusOf(findings, flags.failOn);
}
