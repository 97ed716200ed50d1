/**
 * What a runbook or an incident says it is about: `services/checkout/**`, `src/pay.ts#charge`. Reading such a pattern and
 * matching it against a place in the code live here; who wins when several match is the business of `coverage.ts`.
 */

import { matchesGlob } from '../glob.ts';
import type { YamlNode } from '../markdown/yamlTree.ts';
import { yamlItems, yamlText } from '../markdown/yamlTree.ts';
import type { CodePattern, Problem } from '../model.ts';
import type { Span } from '../text.ts';

/** A place in the code: a file, and the functions around it (innermost first; `charge` or `Payments.charge`). */
export interface CodePlace {
  readonly path: string;
  readonly functionNames: readonly string[];
}

const longestGlob = 300;
/** Reads `glob` or `glob#symbol`. Null when it is blank or longer than 300 characters. */
export function parseCodePattern(text: string, span: Span | null): CodePattern | null {
  const hash = text.lastIndexOf('#');
  const written = (hash < 0 ? text : text.slice(0, hash)).trim();
  const symbol =
    hash < 0
      ? ''
      : text
          .slice(hash + 1)
          .trim()
          .replace(/\(\)$/, '');
  const glob = written.replaceAll('\\', '/').replace(/^(\.\/|\/)+/, '');
  if (glob === '' || glob.length > longestGlob) return null;
  return { glob, symbol: symbol === '' ? null : symbol, span };
}

/** The patterns of a front matter value (one text or a list), and a problem for each entry that is none. */
export function decodeCodePatterns(
  value: YamlNode | null,
  path: string,
): { readonly patterns: readonly CodePattern[]; readonly problems: readonly Problem[] } {
  const patterns: CodePattern[] = [];
  const problems: Problem[] = [];
  for (const item of yamlItems(value)) {
    const text = yamlText(item);
    const pattern = text === null ? null : parseCodePattern(text, item.span);
    if (pattern !== null) patterns.push(pattern);
    else problems.push(badPattern(path, item.span));
  }
  return { patterns, problems };
}

/**
 * How exactly a pattern names a place: 0 (not at all) to 1 (file and function). A pattern without wildcards names a file or
 * a whole folder; one with a symbol matches only inside a function of that name.
 */
export function matchCodePattern(pattern: CodePattern, place: CodePlace): number {
  if (pattern.symbol !== null && !place.functionNames.some(name => namesSymbol(name, pattern.symbol!))) return 0;
  if (!matchesPath(pattern.glob, place.path)) return 0;
  if (pattern.symbol !== null) return 1;
  if (pattern.glob === place.path) return 0.9;
  return 0.4 + 0.08 * Math.min(5, fixedSegments(pattern.glob));
}

/** The pattern as it was written, for people. */
export function showCodePattern(pattern: CodePattern): string {
  return pattern.symbol === null ? pattern.glob : `${pattern.glob}#${pattern.symbol}`;
}

/** Whether a glob, or a plain file or folder name, matches a path of the repository. */
export function matchesPath(glob: string, path: string): boolean {
  const plain = glob.replace(/(?<!\/)\/+$/, '');
  if (!/[*?[\]{}]/.test(plain)) return path === plain || path.startsWith(`${plain}/`);
  // Paths with brackets are common in routers (`app/[id]/page.tsx`): such a text may also name itself.
  if (path === plain) return true;
  return matchesGlob(plain === glob ? plain : `${plain}/**`, path);
}

function namesSymbol(name: string, symbol: string): boolean {
  if (name === symbol) return true;
  const last = (text: string) => text.split(/[.#:]+/).at(-1);
  // Only one of the two may be the shorter: `A.run` is not `B.run`.
  const oneIsShort = !/[.#:]/.test(name) || !/[.#:]/.test(symbol);
  return oneIsShort && last(name) === last(symbol);
}

function fixedSegments(glob: string): number {
  const first = glob.split('/').findIndex(segment => /[*?[\]{}]/.test(segment));
  return first < 0 ? glob.split('/').length : first;
}

function badPattern(path: string, span: Span): Problem {
  return {
    code: 'front-matter/code',
    severity: 'warning',
    message: `This is no code pattern; write a path or glob such as "services/checkout/**" or "src/pay.ts#charge".`,
    place: { path, span },
  };
}
