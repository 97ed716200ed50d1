/** Finds every regular expression of the product, and texts that make a backtracking one work hardest. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadGrammars } from '../../support/facts.ts';

const SOURCES = join(import.meta.dirname, '..', '..', '..', 'server', 'src');

export interface Written {
  readonly source: string;
  readonly flags: string;
  /** File and 1-based line of the first place it stands at. */
  readonly where: string;
}

/** The regular expressions that stand in the server's sources as literals, each once. */
export async function writtenExpressions(): Promise<readonly Written[]> {
  const grammars = await loadGrammars('typescript');
  const found = new Map<string, Written>();
  const files = readdirSync(SOURCES, { recursive: true, encoding: 'utf8' }).filter(path => path.endsWith('.ts'));
  for (const path of files.sort()) {
    const tree = grammars.parse('typescript', readFileSync(join(SOURCES, path), 'utf8'), null);
    for (const node of tree?.rootNode.descendantsOfType('regex') ?? []) {
      if (node === null || found.has(node.text)) continue;
      const end = node.text.lastIndexOf('/');
      const where = `${path}:${node.startPosition.row + 1}`;
      found.set(node.text, { source: node.text.slice(1, end), flags: node.text.slice(end + 1), where });
    }
    tree?.delete();
  }
  return [...found.values()];
}

/** A text is `head`, then `pump` up to a length, then `tail`. */
export interface Provocation {
  readonly head: string;
  readonly pump: string;
  readonly tail: string;
}

export function textOf({ head, pump, tail }: Provocation, length: number): string {
  return head + pump.repeat(Math.ceil(length / pump.length)) + tail;
}

/** One of every class that expressions tell apart. */
const CHARACTERS = ['a', 'A', '0', ' ', '\t', '\n', '\r\n', 'é', '_', '-', '.', '/', ':', '\u001b[', '\0'];

/** What an expression may go on reading, without end and then without success: its own words and signs, alone and in pairs. */
export function provocationsOf(source: string): readonly Provocation[] {
  const words = unique([...plain(source).matchAll(/[A-Za-z]{2,}/g)].map(([word]) => word)).slice(0, 8);
  const signs = unique([...plain(source)].filter(character => /[^\w\s]/.test(character))).slice(0, 16);
  const pieces = unique([...CHARACTERS, ...signs]);
  const pumps = unique([
    ...pieces,
    ...signs.flatMap(sign => ['a', '0', ' ', ...signs].flatMap(other => [sign + other, other + sign])),
    ...['a ', 'a.', 'a:', 'a/', 'a-', 'a\n', '\n ', ' \n', '0:', '0.', '0-', 'aA', 'A0', 'a, '],
    ...words.flatMap(word => [word, `${word} `, `${word}:`, `${word}(`]),
  ]);
  const found: Provocation[] = [];
  for (const pump of pumps) {
    const heads = pump.length === 1 ? ['', 'a', ...words, ...signs] : ['', 'a '];
    for (const head of heads) for (const tail of ['', '\u0000x']) found.push({ head, pump, tail });
  }
  return found;
}

/** The source without what is no text: classes by letter, names of groups. */
function plain(source: string): string {
  return source.replace(/\(\?<\w+>/g, '(').replace(/\\u[0-9a-fA-F]{4}|\\[a-zA-Z]/g, ' ');
}

function unique(items: readonly string[]): readonly string[] {
  return [...new Set(items)];
}
