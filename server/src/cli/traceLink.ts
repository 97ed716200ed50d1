/** `flagbook trace --link` and `--open`: a link that opens a trace in the editor, printed for a chat message or opened here. */
import { spawn } from 'node:child_process';
import { createReadStream, realpathSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { type DeepLink, LONGEST_LINK, writeDeepLink } from '../core/traces/deepLink.ts';
import { parseTraces } from '../core/traces/parse.ts';
import { redactText } from '../core/traces/redact.ts';
import { environmentWithoutTokens } from '../sources/flag-servers/heldTokens.ts';
import { UnusableInput } from './failure.ts';
import type { Output } from './output.ts';

export interface TraceLinkOptions {
  /** The only file, or `-` for standard input. */
  readonly file: string;
  /** What `file` is relative to. */
  readonly directory: string;
  /** The repository's root. */
  readonly root: string;
  readonly deployed: string | null;
  readonly masking: 'masked' | 'as-printed';
  /** The editor's scheme, such as `vscode` or `vscode-insiders`. */
  readonly editor: string;
}

/** The link to print. It names no folder of this machine: whoever follows it has their own. */
export async function linkForOthers(options: TraceLinkOptions): Promise<string> {
  return makeLink(options, null);
}

/**
 * Opens the trace in the editor of this machine, and prints the link all the same, for whoever works on another one. Where nothing
 * opens links that is said, and no error: the link is there.
 */
export async function openInEditor(options: TraceLinkOptions, output: Output): Promise<void> {
  const link = await makeLink(options, options.root);
  output.print(`${link}\n`);
  if (!(await openLink(link))) output.note('flagbook: nothing here opens such links; follow the link in the editor.');
}

/** Checks what was given as `--editor`. */
export function editorScheme(given: string): string {
  if (/^[a-z][a-z0-9+.-]{0,40}$/.test(given)) return given;
  throw new UnusableInput(
    `--editor ${given}: it is the scheme of an editor's links, such as vscode or vscode-insiders.`,
  );
}

async function makeLink(options: TraceLinkOptions, folder: string | null): Promise<string> {
  const { deployed, editor } = options;
  const path = options.masking === 'masked' ? null : pathInRepository(options);
  const text = await readText(options);
  if (parseTraces(text).traces.length === 0) throw new UnusableInput(`${options.file}: there is no stack trace in it.`);
  const content: DeepLink['content'] =
    path === null
      ? { kind: 'text', text: options.masking === 'masked' ? redactText(text) : text }
      : { kind: 'file', path };
  const link = await writeDeepLink({ content, deployed, folder }, editor);
  if (link !== null) return link;
  throw new UnusableInput(
    `${options.file}: its trace does not fit into a link of ${LONGEST_LINK} characters; cut out the part that matters, or save it in the repository.`,
  );
}

/** Null for standard input and for what is not in the repository. */
function pathInRepository({ file, directory, root }: TraceLinkOptions): string | null {
  if (file === '-') return null;
  try {
    // Both with their links resolved, or a link would make a file of the repository look like another.
    const path = relative(root, realpathSync(resolve(directory, file)))
      .split(sep)
      .join('/');
    return path === '' || path.startsWith('../') || path === '..' || /^[A-Za-z]:/.test(path) ? null : path;
  } catch {
    return null;
  }
}

/** More than that the editor does not read. */
const LONGEST_TEXT = 1024 * 1024;

async function readText({ file, directory }: TraceLinkOptions): Promise<string> {
  const bytes = file === '-' ? process.stdin : createReadStream(resolve(directory, file));
  const decoder = new TextDecoder();
  let text = '';
  try {
    for await (const piece of bytes as AsyncIterable<Uint8Array>) {
      text += decoder.decode(piece, { stream: true });
      if (text.length > LONGEST_TEXT) {
        throw new UnusableInput(`${file}: it is too long for a link; cut out the trace.`);
      }
    }
  } catch (error) {
    if (error instanceof UnusableInput) throw error;
    const { code } = error as NodeJS.ErrnoException;
    throw new UnusableInput(
      code === 'ENOENT'
        ? `${file}: there is no such file.`
        : `${file}: it can't be read (${code ?? 'reading failed'}); check its permissions.`,
    );
  }
  return text + decoder.decode();
}

/** The system's own opener, without a shell: a link has characters that shells read. */
const OPENERS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  darwin: ['open'],
  win32: ['rundll32', 'url.dll,FileProtocolHandler'],
};

function openLink(link: string): Promise<boolean> {
  const [program, ...args] = OPENERS[process.platform] ?? ['xdg-open'];
  return new Promise(done => {
    const child = spawn(program, [...args, link], { stdio: 'ignore', env: environmentWithoutTokens(process.env) });
    child.on('error', () => done(false));
    child.on('exit', status => done(status === 0));
  });
}
