/**
 * Texts that look like a flag's key and may be it: strings in code that no check reads, comments, documentation, other files.
 * They are only offered; what is certain is found in `renameCode.ts` and `renameDocuments.ts`.
 */
import { isTestPath } from '../flags/names/testPaths.ts';
import type { CommentFact } from '../languages/facts.ts';
import { languageOfPath } from '../languages/registry.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Doubt, RenameEdit } from './rename.ts';

/** At most this many are offered: a key that is everyday's word is better renamed with other means. */
const MOST_MENTIONS = 500;

/** Mentions of the key outside of the places already edited. `texts` are files beside those of the snapshot. */
export function mentionsOf(
  snapshot: Snapshot,
  key: string,
  newKey: string,
  edited: readonly RenameEdit[],
  texts: ReadonlyMap<string, string>,
): readonly RenameEdit[] {
  const taken = new Map<string, Set<number>>();
  for (const { path, span } of edited) taken.set(path, (taken.get(path) ?? new Set()).add(span.start));
  const found: RenameEdit[] = [];
  const look = (path: string, text: string, comments: readonly CommentFact[] | null) => {
    for (let at = text.indexOf(key); at >= 0; at = text.indexOf(key, at + key.length)) {
      if (found.length >= MOST_MENTIONS) return;
      if (taken.get(path)?.has(at)) continue;
      const doubt = doubtAt(path, text, at, key, comments);
      if (doubt !== null) found.push({ path, span: { start: at, end: at + key.length }, text: newKey, doubt });
    }
  };
  for (const { path, text, facts, flagFile } of snapshot.files.values()) {
    if (snapshot.holds?.(path) === false) continue;
    // In a flag file the names of flags are known; other texts there are values. Code may list flags in its comments.
    if (flagFile === null || facts !== null) look(path, text, facts?.comments ?? null);
  }
  for (const [path, text] of texts) {
    if (!snapshot.files.has(path) && snapshot.holds?.(path) !== false) look(path, text, null);
  }
  return found;
}

/** What a mention may be, or null when the characters are only a part of something else. */
function doubtAt(
  path: string,
  text: string,
  at: number,
  key: string,
  comments: readonly CommentFact[] | null,
): Doubt | null {
  const before = text.charAt(at - 1);
  const after = text.charAt(at + key.length);
  if (WORD.test(before) || WORD.test(after)) return null;
  if (/\.(?:md|mdx|markdown|rst|adoc|txt)$/i.test(path)) return 'documentation';
  const isQuoted = /["'`]/.test(before) && after === before;
  if (languageOfPath(path) === null) return isQuoted || key.length > 3 ? 'text' : null;
  if ((comments ?? []).some(({ span }) => span.start <= at && at < span.end)) return 'comment';
  if (comments === null && startsComment(text, at)) return 'comment';
  if (!isQuoted) return null;
  return isTestPath(path) ? 'test' : 'text';
}

/** For files that were not parsed: whether a comment's mark stands before an offset on its line. */
function startsComment(text: string, at: number): boolean {
  const line = text.slice(Math.max(text.lastIndexOf('\n', at - 1) + 1, at - 1000), at);
  return /(?:^|\s)(?:\/\/|#|\*|\/\*|<!--)/.test(line);
}

/** A key that goes on with one of these is another key. */
const WORD = /[\w-]/;
