/**
 * Links that open a trace in the editor, for chat messages, alerts and the command line: `vscode://flagbook.flagbook/trace?…`
 * with either `file`, a path in the repository, or `text`, the trace itself, compressed. Writing and reading of the link alone:
 * nothing is opened here. A link comes from anywhere, so reading is bounded before anything is unpacked.
 */

/** What a link carries. */
export interface DeepLink {
  readonly content: /** `path` is relative to the repository's root, with `/`, and doesn't climb. */
  { readonly kind: 'file'; readonly path: string } | { readonly kind: 'text'; readonly text: string };
  /** The commit, tag or branch that ran. */
  readonly deployed: string | null;
  /** The folder on the machine where the link was made; absolute. */
  readonly folder: string | null;
}

export type ReadDeepLink =
  | { readonly kind: 'ok'; readonly link: DeepLink }
  /** One sentence for people. */
  | { readonly kind: 'failed'; readonly reason: string };

/** Longer links are cut by chat programs and refused by command lines. */
export const LONGEST_LINK = 8000;
/** What is read of a link, in characters, and of the text in it, in bytes. */
const LONGEST_QUERY = 64 * 1024;
const LARGEST_TEXT = 1024 * 1024;

/** The link, or null when it would be longer than `LONGEST_LINK`. `scheme` is the editor's, such as `vscode`. */
export async function writeDeepLink(link: DeepLink, scheme = 'vscode'): Promise<string | null> {
  const { content, deployed, folder } = link;
  const fields = [
    content.kind === 'file' ? `file=${escapeField(content.path)}` : `text=${await pack(content.text)}`,
    ...(deployed === null ? [] : [`deployed=${escapeField(deployed)}`]),
    ...(folder === null ? [] : [`folder=${escapeField(folder)}`]),
  ];
  const written = `${scheme}://flagbook.flagbook/trace?${fields.join('&')}`;
  return written.length > LONGEST_LINK ? null : written;
}

/** Reads path and query of a link, the query unescaped once, as editors hand it over. Never throws, whatever stands there; unpacks at most 1 MB. */
export async function readDeepLink(path: string, query: string): Promise<ReadDeepLink> {
  if (path !== '/trace') return failed('Flagbook knows no link of this kind: update it, or paste the trace itself.');
  if (query.length > LONGEST_QUERY) return failed('The link is too long: paste the trace itself.');
  const fields = fieldsOf(query);
  const deployed = fields.get('deployed') ?? null;
  const folder = fields.get('folder') ?? null;
  if (deployed !== null && !isRevisionName(deployed)) return failed('The link names a commit that can be none.');
  if (folder !== null && !isAbsoluteFolder(folder)) return failed('The link names a folder that can be none.');
  const file = fields.get('file');
  const text = fields.get('text');
  if (file !== undefined) {
    if (!isInside(file)) return failed('The link names a file outside of the workspace.');
    return { kind: 'ok', link: { content: { kind: 'file', path: file }, deployed, folder } };
  }
  const unpacked = text === undefined ? null : await unpack(text);
  if (unpacked === null) return failed('The trace in the link is damaged or too large: paste the trace itself.');
  return { kind: 'ok', link: { content: { kind: 'text', text: unpacked }, deployed, folder } };
}

/** Editors unescape the query before they split it: what would be taken for more of it is escaped twice. */
function escapeField(value: string): string {
  const escaped = encodeURIComponent(value).replaceAll('%2F', '/');
  return /[&=%#+]/.test(value) ? encodeURIComponent(escaped).replaceAll('%2F', '/') : escaped;
}

/** Not as forms are read, where a plus is a blank. */
function fieldsOf(query: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  for (const field of query.split('&')) {
    const equals = field.indexOf('=');
    if (equals > 0) fields.set(field.slice(0, equals), unescapeField(field.slice(equals + 1)));
  }
  return fields;
}

function unescapeField(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}

/** Git refuses most others; a leading dash would be an option. */
function isRevisionName(name: string): boolean {
  return /^[\w@][\w./@+-]{0,199}$/.test(name);
}

function isAbsoluteFolder(folder: string): boolean {
  return (
    folder.length <= 1000 &&
    /^(?:\/|[A-Za-z]:[\\/])[^\0\r\n]*$/.test(folder) &&
    !/^\/\/|^\\\\/.test(folder) &&
    !climbs(folder)
  );
}

function isInside(path: string): boolean {
  const isPlain = path !== '' && path.length <= 1000 && !/^[/\\]|^[A-Za-z]:|[\0\r\n\\]/.test(path);
  return isPlain && !climbs(path);
}

function climbs(path: string): boolean {
  return path.split(/[/\\]/).includes('..');
}

function failed(reason: string): ReadDeepLink {
  return { kind: 'failed', reason };
}

async function pack(text: string): Promise<string> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const bytes = await readBytes(stream, Number.POSITIVE_INFINITY);
  return toBase64Url(bytes!);
}

/** Null for what is no packed text, or a larger one. */
async function unpack(packed: string): Promise<string | null> {
  try {
    const stream = new Blob([fromBase64Url(packed)]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
    const bytes = await readBytes(stream, LARGEST_TEXT);
    return bytes === null ? null : new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Null as soon as there are more than `limit`: a few kilobytes can unpack to gigabytes. */
async function readBytes(stream: ReadableStream<Uint8Array>, limit: number): Promise<Uint8Array | null> {
  const reader = stream.getReader();
  const pieces: Uint8Array[] = [];
  let size = 0;
  for (let { value } = await reader.read(); value !== undefined; { value } = await reader.read()) {
    size += value.length;
    if (size > limit) {
      await reader.cancel();
      return null;
    }
    pieces.push(value);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function toBase64Url(bytes: Uint8Array): string {
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary)
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/={1,2}$/, '');
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, character => character.charCodeAt(0));
}
