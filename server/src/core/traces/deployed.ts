/**
 * Which commit of this repository ran: said by whoever asks, or by the text of the trace where the repository really has what it
 * names. Several that differ are stated, and nothing is taken for granted. Git's answers come from `sources/git/deployment.ts`.
 */
import type { MentionStrength, VersionMention } from './versions.ts';

/** A commit, and what says that it ran. */
export interface DeployedCommit {
  /** Its full name. */
  readonly commit: string;
  /** The tag, branch or commit that was named. */
  readonly name: string;
  /** A few words for people, such as `SENTRY_RELEASE=shop@1.4.2 in line 3`. */
  readonly because: string;
  /** 1-based line of the input; null when the caller said it. */
  readonly textLine: number | null;
}

export type Deployed =
  | ({ readonly kind: 'known' } & DeployedCommit)
  /** The text names several that differ: the caller has to choose. */
  | { readonly kind: 'ambiguous'; readonly candidates: readonly DeployedCommit[] }
  /** One sentence for people. */
  | { readonly kind: 'unknown'; readonly reason: string };

/** What the repository has of what was named. */
export interface KnownRevisions {
  /** Full names of the commits of tags. */
  readonly tags: ReadonlyMap<string, string>;
  /** Full names by the names that mentions used; a name that fits several commits is left out. */
  readonly commits: ReadonlyMap<string, string>;
}

/** Decides by the strongest mention; `ownNames` are what the repository and its parts are called. */
export function chooseDeployed(
  mentions: readonly VersionMention[],
  { tags, commits }: KnownRevisions,
  ownNames: ReadonlySet<string>,
): Deployed {
  for (const strength of STRONGEST_FIRST) {
    const candidates = new Map<string, DeployedCommit>();
    for (const mention of mentions.filter(one => one.strength === strength)) {
      for (const { commit, name } of revisionsOf(mention, tags, commits, ownNames)) {
        const because = `${mention.written} in line ${mention.textLine}`;
        if (!candidates.has(commit)) candidates.set(commit, { commit, name, because, textLine: mention.textLine });
      }
    }
    const [only, ...others] = candidates.values();
    if (only !== undefined) {
      return others.length === 0 ? { kind: 'known', ...only } : { kind: 'ambiguous', candidates: [only, ...others] };
    }
  }
  const [first] = mentions.filter(({ strength, name }) => strength === 'declared' || isOwn(name, ownNames));
  const reason =
    first === undefined
      ? 'The text names no version or commit of this repository.'
      : `The text names ${first.written} (line ${first.textLine}), but this repository has no such tag or commit.`;
  return { kind: 'unknown', reason };
}

const STRONGEST_FIRST: readonly MentionStrength[] = ['declared', 'named', 'loose'];

/** One sentence for people: which commit lines are followed from, or why from none. */
export function deployedText(deployed: Deployed): string {
  switch (deployed.kind) {
    case 'known': {
      const short = deployed.commit.slice(0, 10);
      const name = deployed.commit.startsWith(deployed.name) ? short : `${deployed.name} (${short})`;
      return `Lines are followed from ${name}, ${deployed.because}.`;
    }
    case 'ambiguous': {
      const named = deployed.candidates.slice(0, 4).map(({ because }) => because);
      return `Which commit ran is not clear: ${named.join('; ')}. Name it with --commit.`;
    }
    case 'unknown':
      return `Which commit ran is unknown, so lines are as printed. ${deployed.reason}`;
  }
}

/** What the repository may be called in a version: its folder, and the folders that hold a manifest. Lower case. */
export function ownNamesOf(paths: Iterable<string>, rootName: string): ReadonlySet<string> {
  const names = new Set([rootName.toLowerCase()]);
  for (const path of paths) {
    if (!MANIFEST.test(path)) continue;
    const folder = path.split('/').at(-2);
    if (folder !== undefined) names.add(folder.toLowerCase());
  }
  return names;
}

const MANIFEST =
  /(?:^|\/)(?:package\.json|go\.mod|pyproject\.toml|setup\.py|pom\.xml|build\.gradle(?:\.kts)?|Cargo\.toml|composer\.json|Gemfile|mix\.exs|Dockerfile|[^/]+\.(?:csproj|gemspec))$/;

function revisionsOf(
  { kind, value, name, strength }: VersionMention,
  tags: ReadonlyMap<string, string>,
  commits: ReadonlyMap<string, string>,
  ownNames: ReadonlySet<string>,
): readonly { readonly commit: string; readonly name: string }[] {
  if (kind === 'commit') {
    const commit = commits.get(value);
    return commit === undefined ? [] : [{ commit, name: value }];
  }
  const version = value.replace(/^v(?=\d)/, '');
  const names = name === null ? [] : [...new Set([name, name.slice(name.lastIndexOf('/') + 1)])];
  const named = found(
    names.flatMap(one => NAMED_FORMS.map(form => form(one, version))),
    tags,
  );
  if (named.length > 0) return named;
  // Somebody else's version must not pick a tag of ours: `express@4.18.2` is no `v4.18.2` of this repository.
  if (name !== null && strength !== 'declared' && !isOwn(name, ownNames)) return [];
  return found(
    PLAIN_FORMS.map(form => form(version)),
    tags,
  );
}

const NAMED_FORMS: readonly ((name: string, version: string) => string)[] = [
  '@',
  '@v',
  '-',
  '-v',
  '/',
  '/v',
  '_',
  '_v',
].map(between => (name, version) => `${name}${between}${version}`);
const PLAIN_FORMS: readonly ((version: string) => string)[] = [
  '',
  'v',
  'V',
  'release-',
  'release/',
  'release-v',
  'releases/',
  'version-',
  'rel-',
].map(start => version => `${start}${version}`);

function found(names: readonly string[], tags: ReadonlyMap<string, string>) {
  return names.flatMap(name => {
    const commit = tags.get(name);
    return commit === undefined ? [] : [{ commit, name }];
  });
}

function isOwn(name: string | null, ownNames: ReadonlySet<string>): boolean {
  return name !== null && ownNames.has(name.slice(name.lastIndexOf('/') + 1).toLowerCase());
}
