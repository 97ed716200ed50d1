/** What the status item says of all folders: how much is known, whether it is still being read, and what went wrong. */
import type { Notice } from '../core/model.ts';
import type { Snapshot } from '../core/snapshot.ts';
import type { StatusParams } from './protocol.ts';

/** The status of folders with these snapshots. `failure` is why nothing can be read any more; `missing` are grammars that are not there. */
export function statusOf(
  snapshots: readonly Snapshot[],
  isIndexing: boolean,
  failure: string | null,
  missing: readonly Notice[],
): StatusParams {
  const flags = snapshots.reduce((sum, snapshot) => sum + snapshot.flags.size, 0);
  const checks = snapshots.reduce((sum, snapshot) => sum + countChecks(snapshot), 0);
  const notices = uniqueNotices([...missing, ...snapshots.flatMap(noticesIn)]);
  const text = `${flags} ${flags === 1 ? 'flag' : 'flags'} · ${checks} ${checks === 1 ? 'check' : 'checks'}`;
  if (failure !== null) return { state: 'failed', text: failure, notices };
  if (isIndexing || snapshots.some(({ completeness }) => completeness === 'reading'))
    return { state: 'indexing', text: 'Reading the workspace', notices };
  if (snapshots.some(({ history }) => history.kind === 'pending'))
    return { state: 'indexing', text: `${text} · reading ages`, notices };
  return { state: notices.some(notice => notice.severity === 'warning') ? 'limited' : 'ready', text, notices };
}

function countChecks(snapshot: Snapshot): number {
  let count = 0;
  for (const file of snapshot.files.values()) count += file.checks.filter(check => check.role === 'check').length;
  return count;
}

function noticesIn(snapshot: Snapshot): readonly Notice[] {
  const { history } = snapshot;
  // A restricted or a virtual workspace has said already why there are no ages.
  const isSaid = snapshot.notices.some(({ code }) => code === 'restricted' || code === 'virtual');
  if (history.kind === 'unavailable' && snapshot.paths.size > 0 && !isSaid) {
    return [...snapshot.notices, { code: 'no-ages', severity: 'note', message: `No ages: ${history.reason}` }];
  }
  const limit = history.kind === 'known' ? history.limit : null;
  return limit === null
    ? snapshot.notices
    : [...snapshot.notices, { code: 'limited-ages', severity: 'note', message: limit }];
}

function uniqueNotices(notices: readonly Notice[]): readonly Notice[] {
  return [...new Map(notices.map(notice => [notice.message, notice])).values()];
}
