/**
 * Who owns a path, by a CODEOWNERS file as GitHub and GitLab read it: the last rule that matches wins, in GitLab's case the
 * last of each section. Where the file lies and what an owner is called in other systems is not decided here.
 */
import { type IgnoreRule, matchesIgnoreRule, parseIgnorePattern } from '../ignoreRules.ts';

/** Where the forges look for the file, in their order. */
export const CODEOWNERS_PATHS = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS', '.gitlab/CODEOWNERS'] as const;

/** The owners of a path (relative to the root, with `/`) as written, such as `@acme/payments`; empty when it has none. */
export type OwnersOf = (path: string) => readonly string[];

/** Reads a CODEOWNERS file. Never throws: a line that can't be read is no rule. */
export function parseCodeOwners(text: string): OwnersOf {
  const rules: { readonly rule: IgnoreRule; readonly owners: readonly string[] }[] = [];
  let sectionOwners: readonly string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const content = line.replace(/(^|\s)#.*$/, '').trim();
    if (content === '') continue;
    const section = /^\^?\[[^\]]+\](?:\[\d+\])?\s*(.*)$/.exec(content);
    if (section !== null) {
      sectionOwners = words(section[1]!);
      continue;
    }
    const [pattern, ...owners] = words(content);
    // Git's negation does not exist in these files.
    if (pattern === undefined || pattern.startsWith('!')) continue;
    const rule = parseIgnorePattern(pattern);
    if (rule !== null) rules.push({ rule, owners: owners.length === 0 ? sectionOwners : owners });
  }
  rules.reverse();
  return path => (path === '' ? [] : (rules.find(({ rule }) => covers(rule, path.split('/')))?.owners ?? []));
}

/** Whether a pattern matches the file or a folder it lies in. */
function covers(rule: IgnoreRule, path: readonly string[]): boolean {
  if (matchesIgnoreRule(rule, path, 'file')) return true;
  return path.some((_, end) => end > 0 && matchesIgnoreRule(rule, path.slice(0, end), 'folder'));
}

/** Blanks separate words unless a backslash stands before them. */
function words(text: string): readonly string[] {
  return (text.match(/(?:\\.|\S)+/g) ?? []).map(word => word.replaceAll('\\ ', ' '));
}
