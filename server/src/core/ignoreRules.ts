/**
 * The rules of a `.gitignore` file, and of others that borrow its patterns (CODEOWNERS). Such files are written by whoever
 * writes to the repository, and as regular expressions five `**` already take seconds on a deep path; these are matched in
 * time that grows with the lengths alone. Which files' rules count where is the business of whoever walks the folders.
 */
import { matchesSegments } from './glob.ts';

export interface IgnoreRule {
  /** Begins with `!`: what it matches is wanted after all. */
  readonly negated: boolean;
  /** Ends with `/`: it matches folders alone. */
  readonly foldersOnly: boolean;
  /** The pattern from the folder of its file on, by segment. */
  readonly segments: readonly string[];
}

/** Rules beyond this number are left out: no list that people keep is longer. */
const MOST_RULES = 2_000;

/** The rules of a file, in order. Never throws; a line that is no pattern is no rule. */
export function parseIgnoreRules(text: string): readonly IgnoreRule[] {
  const rules: IgnoreRule[] = [];
  for (const line of text.split('\n')) {
    if (rules.length === MOST_RULES) break;
    const written = withoutTrailingBlanks(line.replace(/\r$/, ''));
    if (written === '' || written.startsWith('#')) continue;
    const negated = written.startsWith('!');
    const rule = parseIgnorePattern(negated ? written.slice(1) : written);
    if (rule !== null) rules.push({ ...rule, negated });
  }
  return rules;
}

/** One pattern without its `!`; null when it can match nothing. */
export function parseIgnorePattern(pattern: string): IgnoreRule | null {
  const foldersOnly = pattern.endsWith('/');
  const bare = foldersOnly ? pattern.slice(0, -1) : pattern;
  const isAnchored = bare.includes('/');
  const segments = bare.replace(/^\//, '').split('/');
  if (segments.some(segment => segment === '')) return null;
  // `a/**` is what is in `a`, and not `a` itself.
  if (segments.at(-1) === '**') segments.push('*');
  return { negated: false, foldersOnly, segments: isAnchored ? segments : ['**', ...segments] };
}

/** Whether a rule's pattern matches this very path, relative to the folder of the rule's file, with `/`. */
export function matchesIgnoreRule(rule: IgnoreRule, path: readonly string[], kind: 'file' | 'folder'): boolean {
  return (kind === 'folder' || !rule.foldersOnly) && matchesSegments(rule.segments, path);
}

/** What the rules say of this very path: the last that matches counts. Null when none does. */
export function verdictOfRules(
  rules: readonly IgnoreRule[],
  path: readonly string[],
  kind: 'file' | 'folder',
): 'ignored' | 'wanted' | null {
  for (let at = rules.length - 1; at >= 0; at--) {
    const rule = rules[at]!;
    if (matchesIgnoreRule(rule, path, kind)) return rule.negated ? 'wanted' : 'ignored';
  }
  return null;
}

/** Blanks at the end count only behind a backslash. */
function withoutTrailingBlanks(line: string): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === ' ') end--;
  return end < line.length && line[end - 1] === '\\' ? line.slice(0, end + 1) : line.slice(0, end);
}
