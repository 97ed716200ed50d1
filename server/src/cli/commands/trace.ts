/** `flagbook trace`: stack traces against this repository. */
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { renderAdded, renderLastChanges } from '../../core/traces/addedText.ts';
import type { TraceAnalysis } from '../../core/traces/analyse.ts';
import { toTraceDocument } from '../../core/traces/document.ts';
import { withEqualThreadsCounted } from '../../core/traces/equalThreads.ts';
import { tracesMarkdownToPaste } from '../../core/traces/markdown.ts';
import type { ParsedTraces } from '../../core/traces/model.ts';
import { createTraceReader } from '../../core/traces/parse.ts';
import { parseR8Mapping } from '../../core/traces/r8Mapping.ts';
import { redactAnalysis, redactPath } from '../../core/traces/redact.ts';
import { retraceTraces } from '../../core/traces/retrace.ts';
import { renderTraces } from '../../core/traces/text.ts';
import { UnusableInput } from '../failure.ts';
import { findRoot } from '../openProject.ts';
import { type CommonFlags, type CommonOptions, decodeCommonOptions, formatOption } from '../options.ts';
import { jsonLines, jsonText, type Output } from '../output.ts';
import { editorScheme, linkForOthers, openInEditor, type TraceLinkOptions } from '../traceLink.ts';
import { analyseInputs } from '../traceReading.ts';

interface TraceFlags extends CommonFlags {
  readonly format: string;
  readonly commit?: string;
  /** The older name of `commit`. */
  readonly deployed?: string;
  readonly mapping?: string;
  readonly redact?: boolean;
  readonly quick?: boolean;
  readonly link?: boolean;
  readonly open?: boolean;
  readonly editor: string;
}

interface Input {
  /** As the caller wrote it; `-` is standard input. */
  readonly name: string;
  readonly parsed: ParsedTraces;
}

export function addTrace(program: Command, output: Output): void {
  program
    .command('trace')
    .summary('stack traces: frames, flags, runbooks, incidents')
    .description(
      'Finds the frames of stack traces in this repository, the flags on the way, and the runbooks and incidents that fit.',
    )
    .argument('[file...]', 'files with traces in them; - or nothing is standard input')
    .addOption(formatOption(['text', 'json', 'jsonl', 'markdown']))
    .option(
      '--commit <revision>',
      'the commit, tag or branch that ran: lines are followed to the working tree (default: what the text names)',
    )
    .option(
      '--mapping <file>',
      'the mapping of R8 or ProGuard for an obfuscated trace (default: one in the repository)',
    )
    .option('--redact', 'mask mails, tokens, addresses, ids and user names, for pasting into a ticket')
    .option(
      '--quick',
      'read no more than the files of the frames and what they import: an answer within a moment in a repository that was never read, without flags that only the rest of it tells',
    )
    .option('--link', 'print a link that opens the trace in the editor, for a chat message or an alert')
    .option('--open', 'open the trace in the editor, and print the link')
    .option('--editor <scheme>', "the scheme of the editor's links", 'vscode')
    .addOption(new Option('--deployed <revision>', 'the same as --commit').hideHelp())
    .addHelpText(
      'after',
      `
Examples:
  flagbook trace crash.log
  kubectl logs deploy/checkout | flagbook trace
  flagbook trace --commit v2026.09.1 crash.log
  flagbook trace --redact --format markdown crash.log   for a ticket
  flagbook trace --mapping app/build/outputs/mapping/release/mapping.txt crash.log
  flagbook trace --open crash.log                       in VS Code
  flagbook trace --format jsonl traces/*.txt   one document a line`,
    )
    .action((files: string[], _flags: unknown, command: Command) => trace(files, command.optsWithGlobals(), output));
}

async function trace(files: readonly string[], flags: TraceFlags, output: Output): Promise<void> {
  const options = decodeCommonOptions(flags);
  if (flags.link || flags.open) return linkTo(files, options, flags, output);
  const read = await readInputs(files.length === 0 ? ['-'] : files, options.directory);
  const inputs = flags.mapping === undefined ? read : await retraced(read, flags.mapping, options.directory);
  const masked = (found: readonly TraceAnalysis[]) => (flags.redact ? found.map(redactAnalysis) : found);
  const nameOf = ({ name }: Input) => (flags.redact ? redactPath(name) : name);
  let shown: readonly TraceAnalysis[] | null = null;
  const show = (found: readonly TraceAnalysis[]): void => {
    const next = masked(found);
    const text = shown === null ? textOf(inputs.map(nameOf), next, output) : changesTextOf(shown, next, output);
    shown = next;
    if (text !== '') output.print(`${text}\n`);
  };
  const { analyses: found, reading } = await analyseInputs(
    inputs.map(({ parsed }) => parsed),
    options,
    {
      commit: flags.commit ?? flags.deployed ?? null,
      hasMapping: flags.mapping !== undefined,
      hasFolder: flags.config !== undefined || flags.cwd !== undefined,
      patience: flags.quick ? 'a moment' : 'for all',
      show: flags.format === 'text' ? show : null,
    },
    output,
  );
  const analyses = masked(found);
  const documents = () => inputs.map((input, index) => toTraceDocument(nameOf(input), analyses[index]!, reading));
  switch (flags.format) {
    case 'json':
      // Several documents in one output can only stand one a line.
      output.print(inputs.length === 1 ? jsonText(documents()[0]) : jsonLines(documents()));
      break;
    case 'jsonl':
      output.print(jsonLines(documents()));
      break;
    case 'markdown':
      output.print(analyses.map(withEqualThreadsCounted).map(tracesMarkdownToPaste).join('\n'));
      break;
    default:
      if (shown === null) output.print(textOf(inputs.map(nameOf), analyses, output));
      else if (reading === 'focused') output.print(ONLY_FOCUSED);
      else output.print(addedTextOf(inputs.map(nameOf), shown, analyses, output));
  }
}

const ONLY_FOCUSED =
  'Only the files of these frames and what they import were read (--quick); flags known by their use elsewhere are not told.\n';

function textOf(names: readonly string[], analyses: readonly TraceAnalysis[], { paint }: Output): string {
  return names
    .map((name, index) => renderTraces(shownName(name), withEqualThreadsCounted(analyses[index]!), paint))
    .join('\n');
}

function addedTextOf(
  names: readonly string[],
  first: readonly TraceAnalysis[],
  analyses: readonly TraceAnalysis[],
  { paint }: Output,
): string {
  const nameOf = (name: string) => (names.length === 1 ? null : shownName(name));
  return names.map((name, index) => renderAdded(nameOf(name), first[index]!, analyses[index]!, paint)).join('\n');
}

function changesTextOf(first: readonly TraceAnalysis[], then: readonly TraceAnalysis[], { paint }: Output): string {
  return then.map((analysis, index) => renderLastChanges(first[index]!, analysis, paint)).join('');
}

async function linkTo(
  files: readonly string[],
  { directory }: CommonOptions,
  flags: TraceFlags,
  output: Output,
): Promise<void> {
  const [file = '-', ...others] = files;
  if (others.length > 0) throw new UnusableInput('trace: a link opens one file; name one.');
  if (file === '-' && process.stdin.isTTY) throw new UnusableInput(NO_INPUT);
  const options: TraceLinkOptions = {
    file,
    directory,
    root: (await findRoot(directory)).path,
    deployed: flags.commit ?? flags.deployed ?? null,
    masking: flags.redact ? 'masked' : 'as-printed',
    editor: editorScheme(flags.editor),
  };
  if (flags.open) await openInEditor(options, output);
  else output.print(`${await linkForOthers(options)}\n`);
}

function shownName(name: string): string {
  return name === '-' ? 'standard input' : name;
}

const NO_INPUT = 'trace: name a file with a stack trace, or pipe one in: flagbook trace crash.log';

async function readInputs(files: readonly string[], directory: string): Promise<readonly Input[]> {
  const inputs: Input[] = [];
  for (const name of files) {
    if (name === '-' && process.stdin.isTTY) {
      throw new UnusableInput(NO_INPUT);
    }
    const bytes = name === '-' ? process.stdin : createReadStream(resolve(directory, name), { highWaterMark: 262144 });
    inputs.push({ name, parsed: await readTraces(bytes, name) });
  }
  return inputs;
}

/** Reads a stream piece by piece: a log may be larger than memory. */
async function readTraces(bytes: AsyncIterable<Uint8Array>, name: string): Promise<ParsedTraces> {
  const reader = createTraceReader();
  let decoder: TextDecoder | null = null;
  try {
    for await (const piece of bytes) {
      decoder ??= new TextDecoder(piece[0] === 0xff && piece[1] === 0xfe ? 'utf-16le' : 'utf-8');
      reader.push(decoder.decode(piece, { stream: true }));
    }
  } catch (error) {
    throw new UnusableInput(whyUnreadable(name, (error as NodeJS.ErrnoException).code));
  }
  if (decoder) reader.push(decoder.decode());
  return reader.finish();
}

function whyUnreadable(name: string, code: string | undefined): string {
  if (code === 'ENOENT') return `${name}: there is no such file.`;
  if (code === 'EISDIR') return `${name}: this is a directory; name files, such as ${name}/*.txt`;
  return `${name}: it can't be read (${code ?? 'reading failed'}); check its permissions.`;
}

/** Retraces every input with the mapping that was named. */
async function retraced(inputs: readonly Input[], file: string, directory: string): Promise<readonly Input[]> {
  const text = await readFile(resolve(directory, file), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new UnusableInput(`--mapping ${whyUnreadable(file, error.code)}`);
  });
  const mapping = parseR8Mapping(text);
  if (mapping === null) {
    throw new UnusableInput(
      `--mapping ${file}: it holds no class of R8's or ProGuard's format ("com.example.Cart -> a.b:").`,
    );
  }
  return inputs.map(input => ({ ...input, parsed: retraceTraces(input.parsed, mapping) }));
}
