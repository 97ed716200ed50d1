/** The command line. Decides nothing: every command is one file of `commands/`, and what it prints is made in the core. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command, CommanderError } from 'commander';
import { closest } from '../core/runbooks/closest.ts';
import { sayCrashes } from '../sources/crashOutput.ts';
import { holdTokens } from '../sources/flag-servers/heldTokens.ts';
import { addExplain } from './commands/explain.ts';
import { addFlags } from './commands/flags.ts';
import { addIncidents } from './commands/incidents.ts';
import { addLsp } from './commands/lsp.ts';
import { addReview } from './commands/review.ts';
import { addRunbooks } from './commands/runbooks.ts';
import { addScan } from './commands/scan.ts';
import { addTrace } from './commands/trace.ts';
import { UnusableInput } from './failure.ts';
import { addCommonOptions } from './options.ts';
import { type Output, processOutput } from './output.ts';
import type { BegunScan } from './quickScan.ts';

/** Does what the arguments of the process say; `begun` is what is known by then of a plain scan. */
export function runProgram(begun: BegunScan | null): void {
  const output = processOutput();
  // Errors of libraries quote what they like.
  const { clean } = holdTokens(process.env);
  sayCrashes(clean);
  const program = createProgram(output, begun);
  program.parseAsync(process.argv).catch((error: unknown) => {
    output.progress(null);
    const help = helpFor(program, process.argv.slice(2));
    process.exitCode = statusOf(error, { output, help, clean });
  });
}

function createProgram(output: Output, begun: BegunScan | null): Command {
  const program = addCommonOptions(new Command('flagbook'))
    .description('Knows the feature flags, runbooks and incidents behind the lines of a repository.')
    .version(version(), '--version', 'print the version')
    .helpOption('-h, --help', 'show this help')
    .helpCommand(false)
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({ writeOut: text => output.print(text), writeErr: () => {}, outputError: () => {} })
    .exitOverride()
    .allowExcessArguments()
    .action((_flags: unknown, command: Command) => refuseOrHelp(command))
    .addHelpText(
      'after',
      `
Exit status: 0 fine; 1 findings (--fail-on); 2 something can't be used, and a
line on stderr says what.
More of one command: flagbook COMMAND --help`,
    );
  addScan(program, output, begun);
  addFlags(program, output);
  addExplain(program, output);
  addReview(program, output);
  addTrace(program, output);
  addRunbooks(program, output);
  addIncidents(program, output);
  addLsp(program);
  return program;
}

/** Without a command there is help; a word that is none is an error with the nearest one. */
function refuseOrHelp(program: Command): void {
  const [word] = program.args;
  if (word === undefined) program.outputHelp();
  else {
    const names = program.commands.map(command => command.name());
    const near = closest(word, names, name => name);
    throw new UnusableInput(
      `there is no command ${word}${near === null ? ': flagbook --help lists them' : `: did you mean ${near}?`}`,
    );
  }
}

function version(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(__dirname, '..', '..', 'package.json'), 'utf8'));
  return String((manifest as { version?: unknown }).version);
}

/** The help that lists what the command in these words takes: its own, where they name one. */
function helpFor(program: Command, words: readonly string[]): string {
  const named = program.commands.map(command => command.name()).find(name => words.includes(name));
  return named === undefined ? 'flagbook --help' : `flagbook ${named} --help`;
}

interface Saying {
  readonly output: Output;
  /** How to get the help that fits. */
  readonly help: string;
  /** Takes tokens out of a text. */
  readonly clean: (text: string) => string;
}

/** Says on one line what went wrong. */
function statusOf(error: unknown, { output, help, clean }: Saying): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    const message = oneLine(error.message.replace(/^error: /, ''));
    const advice = /\bhelp\b/.test(message) ? '' : ` (${help} lists what there is)`;
    output.note(`flagbook: ${message}${advice}`);
    return 2;
  }
  const message = error instanceof Error ? error.message : String(error);
  const said = clean(oneLine(message));
  output.note(error instanceof UnusableInput ? `flagbook: ${said}` : `flagbook: internal error: ${said}`);
  return 2;
}

function oneLine(text: string): string {
  return text
    .split('\n')
    .map(line => line.trim())
    .join(' ');
}
