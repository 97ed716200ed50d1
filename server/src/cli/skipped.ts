/** What was looked at and what was left out, in one sentence. */
import { countText } from '../core/flags/rollout/describe.ts';
import type { SkipReason, UnparsedReason } from '../sources/files/access.ts';
import type { IndexSummary } from '../sources/project/indexing.ts';

/** `Looked at 183 files; left out 2 larger than 1 MB and 1 binary.` */
export function skippedText(summary: Pick<IndexSummary, 'files' | 'skipped'>): string {
  const reasons = [...summary.skipped].map(([reason, count]) => WORDS[reason](count));
  const left = reasons.length === 0 ? '' : `; left out: ${reasons.join(', ')}`;
  return `Looked at ${countText(summary.files, 'file')}${left}.`;
}

const WORDS: Readonly<Record<SkipReason | UnparsedReason, (count: number) => string>> = {
  large: count => `${count} larger than 1 MB`,
  minified: count => `${count} minified`,
  binary: count => `${count} binary`,
  unreadable: count => `${count} unreadable`,
  missing: count => `${count} missing`,
  link: count => countText(count, 'symbolic link'),
  failed: count => `${count} that can't be parsed`,
  nested: count => `${count} nested too deeply to be parsed (checks in them are not found)`,
  slow: count => `${count} over which the parser takes too long (checks in them are not found)`,
  cut: count => `the rest of ${count} over which the parser takes too long (checks in their beginning are found)`,
};
