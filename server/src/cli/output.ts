/**
 * What a command says and how: everything on stdout at once and only when it is complete, colour on a terminal only, progress
 * on stderr only where somebody watches.
 */
import { printable } from '../core/flags/rollout/describe.ts';
import type { Paint, TextStyle } from '../core/flags/telling/text.ts';

export interface Output {
  /** Columns of the terminal; 80 where there is none. */
  readonly width: number;
  readonly paint: Paint;
  /** The whole output of the command, or a first part that stands by itself while a long work goes on, and what follows then. */
  readonly print: (text: string) => void;
  /** A line on stderr. */
  readonly note: (text: string) => void;
  /** Replaces the line that says how far a long work is; null takes it away. */
  readonly progress: (text: string | null) => void;
}

/** The process's own streams. A reader that goes away (`| head -1`) ends the program without a word. */
export function processOutput(): Output {
  const { stdout, stderr, env } = process;
  const quit = (error: NodeJS.ErrnoException): void => {
    if (error.code === 'EPIPE') process.exit();
    stderr.write(`flagbook: the output can't be written (${error.code ?? error.message}).\n`, () => process.exit(2));
  };
  stdout.on('error', quit);
  stderr.on('error', () => process.exit());
  const started = Date.now();
  let shown = false;
  const progress = (text: string | null): void => {
    if (stderr.isTTY !== true) return;
    if (text === null) {
      if (shown) stderr.write('\r\x1b[K');
      shown = false;
    } else if (Date.now() - started > SILENT_FOR) {
      stderr.write(`\r\x1b[K${text.slice(0, (stderr.columns ?? 80) - 1)}`);
      shown = true;
    }
  };
  return {
    width: stdout.columns ?? (Number(env.COLUMNS) || 80),
    paint: hasColour(stdout.isTTY === true, env) ? ansi : (_style, text) => text,
    print(text) {
      progress(null);
      stdout.write(text);
    },
    note(text) {
      progress(null);
      // It may name what stands in a file or on the command line.
      stderr.write(`${text.split('\n').map(printable).join('\n')}\n`);
    },
    progress,
  };
}

/** Work that is done by then needs no progress, in milliseconds. */
const SILENT_FOR = 700;

/** `NO_COLOR` (no-color.org) wins over everything, `FORCE_COLOR` over the lack of a terminal. */
function hasColour(isTerminal: boolean, env: NodeJS.ProcessEnv): boolean {
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== '0';
  return isTerminal && env.TERM !== 'dumb';
}

const CODES: Readonly<Record<TextStyle, readonly [number, number]>> = {
  heading: [1, 22],
  key: [36, 39],
  faint: [2, 22],
  stale: [33, 39],
  warning: [33, 39],
  good: [32, 39],
};

function ansi(style: TextStyle, text: string): string {
  const [on, off] = CODES[style];
  return text === '' ? '' : `\x1b[${on}m${text}\x1b[${off}m`;
}

/** A JSON document, indented. Ends in a line break. */
export function jsonText(document: unknown): string {
  return `${escapeInvisible(JSON.stringify(document, null, 2))}\n`;
}

/** One record a line. */
export function jsonLines(records: readonly unknown[]): string {
  return records.map(record => `${escapeInvisible(JSON.stringify(record))}\n`).join('');
}

/** JSON leaves some characters as they are that steer terminals or turn the direction of writing; its own escapes say the same. */
function escapeInvisible(json: string): string {
  return json.replace(
    /[\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
