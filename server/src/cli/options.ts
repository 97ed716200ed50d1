/** Options that all commands share, decoded. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { UnusableInput } from './failure.ts';

/** As commander hands them over. */
export interface CommonFlags {
  readonly cwd?: string;
  readonly config?: string;
  readonly now?: string;
  readonly offline?: boolean;
  readonly cache?: boolean;
}

export interface CommonOptions {
  /** Absolute. */
  readonly directory: string;
  /** Absolute path of a configuration that stands for `flagbook.json`, or null. */
  readonly configFile: string | null;
  /** The clock, milliseconds since 1970. */
  readonly now: number;
  readonly offline: boolean;
  readonly cache: boolean;
}

/** Declares the common options on the program: they may stand before and after a command's name. */
export function addCommonOptions(program: Command): Command {
  return program
    .option('--cwd <dir>', 'work as if started in this directory')
    .option('--config <file>', "a configuration instead of the repository's flagbook.json")
    .option('--now <time>', 'the clock, RFC 3339, for repeatable output')
    .option('--offline', 'ask no flag system over the network')
    .option('--no-cache', 'remember nothing between runs');
}

export function formatOption(formats: readonly string[]): Option {
  return new Option('--format <format>', 'how to print it').choices([...formats]).default('text');
}

export function decodeCommonOptions(flags: CommonFlags): CommonOptions {
  const directory = resolve(flags.cwd ?? '.');
  if (!isDirectory(directory)) {
    throw new UnusableInput(`--cwd ${flags.cwd ?? directory}: there is no such directory.`);
  }
  const configFile = flags.config === undefined ? null : resolve(directory, flags.config);
  return {
    directory,
    configFile,
    now: flags.now === undefined ? Date.now() : decodeTime('--now', flags.now),
    offline: flags.offline === true,
    cache: flags.cache !== false,
  };
}

function isDirectory(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** RFC 3339, or a date, which means midnight in UTC; a day that no calendar has is neither. `option` is named when it is neither. */
export function decodeTime(option: string, text: string): number {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:[Zz]|[+-]\d{2}:\d{2}))?$/.exec(text);
  const time = match === null ? Number.NaN : Date.parse(text.replace(' ', 'T').toUpperCase());
  if (Number.isNaN(time) || !isDay(match![1]!)) {
    const advice =
      'write a time such as 2026-03-02T10:12:00Z or 2026-03-02T11:12+01:00, or a day (its midnight in UTC)';
    throw new UnusableInput(`${option} ${JSON.stringify(text)}: ${advice}.`);
  }
  return time;
}

/** JavaScript takes 30 February for 2 March. */
function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
