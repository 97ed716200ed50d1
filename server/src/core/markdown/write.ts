/**
 * Writing Markdown of which parts come from elsewhere: keys, titles, messages, paths that a repository or a pasted text made up.
 * None of it may become a link, a command, an image, HTML or a new block. Reading Markdown is the business of `document.ts`.
 */
import { printable } from '../flags/rollout/describe.ts';

/**
 * Text on one line in which nothing is markup, an address or a mention. Backslashes alone do it: readers that make links of
 * bare addresses, as VS Code and GitHub do, look for `://`, `www.` and `@` in what is written.
 */
export function escapeMarkdown(text: string): string {
  return printable(text.replace(/\s+/g, ' '))
    .replace(/[\\`*_{}[\]()<>#+!|~$&@]/g, '\\$&')
    .replace(/^ ?[-=]|^ ?\d+(?=\.)/, start => (/\d/.test(start) ? `${start}\\` : start.replace(/[-=]/, '\\$&')))
    .replaceAll('://', '\\://')
    .replace(/\bwww\./gi, match => `${match.slice(0, 3)}\\.`);
}

/** Text as it is, in inline code: the fence is longer than any run of backticks inside. Empty for an empty text. */
export function inlineCode(text: string): string {
  const line = printable(text.replace(/\s/g, ' '));
  if (line === '') return '';
  const runs = line.match(/`+/g) ?? [];
  const fence = '`'.repeat(1 + runs.reduce((longest, run) => Math.max(longest, run.length), 0));
  const needsRoom = line.startsWith('`') || line.endsWith('`') || line.trim() === '';
  return needsRoom ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}

/** An address as the destination of a link: nothing in it ends the link or begins a title. Escapes that it has stay. */
export function linkDestination(address: string): string {
  // Half a surrogate pair has no UTF-8, and the encoder would throw for it; `printable` has none.
  return encodeURI(printable(address))

    .replaceAll('%25', '%')
    .replace(/[()\\]/g, character => encodeCharacter(character));
}

/** A path of a repository as part of an address. */
export function encodePath(path: string): string {
  return path
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    .split('/')
    .map(encodeURIComponent)
    .join('/');
}

/** Words that stand out; blanks alone can't, and would be read as something else. */
export function strongText(text: string): string {
  return text.trim() === '' ? escapeMarkdown(text) : `**${escapeMarkdown(text)}**`;
}

function encodeCharacter(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
