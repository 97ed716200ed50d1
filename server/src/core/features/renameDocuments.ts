/** Where documents name flags for certain: every flag file, and the front matter of runbooks and incidents. */
import { flagFilesOf } from '../flags/verdicts/flagIndex.ts';
import { parseMarkdown } from '../markdown/document.ts';
import { yamlItems, yamlText } from '../markdown/yamlTree.ts';
import { firstOf } from '../runbooks/runbook.ts';
import type { Snapshot } from '../snapshot.ts';
import type { Span } from '../text.ts';
import { flagNamed } from './flagFileNavigation.ts';
import type { RenameEdit } from './rename.ts';

/** The edits of all flag files: definitions in every environment's file, prerequisites, and entries that name their flag. */
export function flagFilePlaces(
  snapshot: Snapshot,
  key: string,
  newKey: string,
  system: string | null,
): readonly RenameEdit[] {
  return flagFilesOf(snapshot).flatMap(({ path, places, system: own }) => {
    const doubt = system === null || system === own ? null : 'system';
    const text = snapshot.files.get(path)?.text ?? '';
    const isYaml = /\.ya?ml$/i.test(path);
    return (places ?? [])
      .filter(place => flagNamed(place) === key)
      .map(({ span }): RenameEdit => {
        return { path, span, text: documentText(newKey, text, span, isYaml), doubt };
      });
  });
}

export interface ListedKey {
  readonly key: string;
  readonly span: Span;
  readonly write: (key: string) => string;
}

/** The keys that the front matter of a runbook or an incident lists. */
export function documentPlaces(snapshot: Snapshot, path: string): readonly ListedKey[] {
  const isListing = ({ path: own, flags }: { path: string; flags: readonly string[] }) =>
    own === path && flags.length > 0;
  if (!snapshot.runbooks.some(isListing) && !snapshot.incidents.some(isListing)) return [];
  const text = snapshot.files.get(path)?.text ?? '';
  const list = firstOf(parseMarkdown(path, text).frontMatter, ['flags', 'flag', 'feature_flags', 'feature-flags']);
  return yamlItems(list).flatMap((item): readonly ListedKey[] => {
    const key = yamlText(item);
    if (key === null) return [];
    return [{ key, span: item.span, write: newKey => documentText(newKey, text, item.span, true) }];
  });
}

/** A key as it is written in the place of another: with the escapes of its quotes, and in quotes where it needs some. */
function documentText(newKey: string, text: string, span: Span, isYaml: boolean): string {
  const quote = text.charAt(span.start - 1);
  const isQuoted = (quote === '"' || quote === "'") && text.charAt(span.end) === quote;
  if (!isYaml || (isQuoted && quote === '"')) return JSON.stringify(newKey).slice(1, -1);
  if (isQuoted) return newKey.replaceAll("'", "''");
  return PLAIN.test(newKey) ? newKey : JSON.stringify(newKey);
}

/** What YAML reads as this very text without quotes. */
const PLAIN = /^(?!(?:y|n|yes|no|on|off|true|false|null)$)[A-Za-z_][\w./-]*$/i;
