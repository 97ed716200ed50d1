/** Asks git whether the repository has the versions and commits that a text names. What counts is decided in `core/traces`. */
import { chooseDeployed, type Deployed, type KnownRevisions } from '../../core/traces/deployed.ts';
import type { VersionMention } from '../../core/traces/versions.ts';
import { resolveRevision } from './repository.ts';
import { readGitText } from './run.ts';

/** The commit that ran: the given revision, else what a text mentions. Never rejects. */
export async function findDeployed(
  root: string,
  mentions: readonly VersionMention[],
  given: string | null,
  ownNames: ReadonlySet<string>,
  signal?: AbortSignal,
): Promise<Deployed> {
  if (given !== null) {
    const resolved = await resolveRevision(root, given, signal);
    if (resolved.kind === 'failed') return { kind: 'unknown', reason: resolved.reason };
    return { kind: 'known', commit: resolved.commit, name: given, because: 'as given', textLine: null };
  }
  const known = await readRevisions(root, mentions, signal);
  return chooseDeployed(mentions, known, ownNames);
}

const MOST_BYTES = 64 * 1024 * 1024;

async function readRevisions(
  root: string,
  mentions: readonly VersionMention[],
  signal?: AbortSignal,
): Promise<KnownRevisions> {
  const hashes = [...new Set(mentions.flatMap(({ kind, value }) => (kind === 'commit' ? [value] : [])))];
  const hasVersions = mentions.some(({ kind }) => kind === 'version');
  const [tags, commits] = await Promise.all([
    hasVersions ? readTags(root, signal) : new Map<string, string>(),
    readCommits(root, hashes, signal),
  ]);
  return { tags, commits };
}

async function readTags(root: string, signal?: AbortSignal): Promise<ReadonlyMap<string, string>> {
  const args = ['for-each-ref', '--format=%(objectname) %(*objectname) %(refname:strip=2)', 'refs/tags/'];
  const result = await readGitText({ directory: root, signal, args }, MOST_BYTES);
  const tags = new Map<string, string>();
  if (result.kind === 'failed') return tags;
  for (const line of result.text.split('\n')) {
    // An annotated tag has an object of its own, and its commit stands second.
    const [object, peeled, ...name] = line.split(' ');
    if (name.length > 0) tags.set(name.join(' '), peeled === '' ? object! : peeled!);
  }
  return tags;
}

/** Names that fit several commits, or none, are left out. */
async function readCommits(
  root: string,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, string>> {
  const commits = new Map<string, string>();
  if (names.length === 0) return commits;
  const input = names.map(name => `${name}^{commit}\n`);
  const args = ['cat-file', '--batch-check=%(objectname) %(objecttype)', '--buffer'];
  const result = await readGitText({ directory: root, signal, args, input }, MOST_BYTES);
  if (result.kind === 'failed') return commits;
  result.text.split('\n').forEach((line, index) => {
    const match = /^([0-9a-f]{40,64}) commit$/.exec(line);
    if (match !== null && names[index] !== undefined) commits.set(names[index], match[1]!);
  });
  return commits;
}
