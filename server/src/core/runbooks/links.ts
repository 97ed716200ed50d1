/**
 * Where a runbook link leads: from a comment, an alert's `runbook_url`, front matter. A target is a path (relative to the
 * repository or to the file it stands in) or a URL that ends with a path of this repository, be it a forge's file view or a
 * runbook site built from it. What covers a place in the code is found by `coverage.ts`.
 */
import type { Alert, Heading, Incident, Runbook } from '../model.ts';
import { closest } from './closest.ts';

export type LinkResolution =
  /** `heading` is the anchor without `#`; null for the whole file. */
  | { readonly kind: 'file'; readonly path: string; readonly heading: string | null }
  | { readonly kind: 'external'; readonly url: string }
  /**
   * `reason` is a sentence. `suggestion` is a target to put in its place, written the way the broken one is. `path` is the file
   * where that exists and only its heading does not.
   */
  | {
      readonly kind: 'broken';
      readonly reason: string;
      readonly suggestion: string | null;
      readonly path: string | null;
    };

/** What links are resolved against. Make one for many links. */
export interface LinkContext {
  readonly paths: ReadonlySet<string>;
  /** The anchors of a file, or null when they are not known. */
  readonly headingsOf: (path: string) => readonly Heading[] | null;
  /** All documents of the repository, found on first use. */
  readonly documents: () => readonly string[];
  /** Origins (`https://runbooks.example.com`) of sites that are built from this repository: one of their links leads here. */
  readonly ownSites: () => ReadonlySet<string>;
}

/** A link context of a snapshot, or of anything that knows the repository's paths, runbooks, incidents and alerts. */
export function linkContextOf(known: {
  readonly paths: ReadonlySet<string>;
  readonly runbooks: readonly Runbook[];
  readonly incidents: readonly Incident[];
  readonly alerts?: readonly Alert[];
}): LinkContext {
  const headings = new Map(known.runbooks.map(runbook => [runbook.path, runbook.headings]));
  const read = [...headings.keys(), ...known.incidents.map(incident => incident.path)];
  const unlisted = read.filter(path => !known.paths.has(path));
  const paths = unlisted.length === 0 ? known.paths : new Set([...known.paths, ...unlisted]);
  let documents: readonly string[] | null = null;
  let ownSites: ReadonlySet<string> | null = null;
  const context: LinkContext = {
    paths,
    headingsOf: path => headings.get(path) ?? null,
    documents: () => {
      documents ??= [...paths].filter(path => documentExtension.test(path));
      return documents;
    },
    ownSites: () => {
      ownSites ??= sitesOf(known.alerts ?? [], context);
      return ownSites;
    },
  };
  return context;
}

/** Resolves a link target as written. `from` is the path of the file it stands in. */
export function resolveLink(target: string, from: string, context: LinkContext): LinkResolution {
  const written = target.trim().replace(/^<(.*)>$/, '$1');
  if (/^https?:\/\//i.test(written)) return resolveUrl(written, context);
  if (/^[a-z][a-z0-9+.-]+:/i.test(written)) return { kind: 'external', url: written };
  const { path: rawPath, heading } = splitHeading(written);
  const path = decode(rawPath).replaceAll('\\', '/');
  if (path === '') return checkHeading(from, heading, path, context);
  const found = candidatesOf(path, from).find(candidate => context.paths.has(candidate));
  if (found !== undefined) return checkHeading(found, heading, rawPath, context);
  const suggested = suggestPath(path.split('/'), context);
  const suggestion = suggested === null ? null : writeLike(path, suggested, from);
  return {
    kind: 'broken',
    path: null,
    reason: `There is no file ${path} in this repository.`,
    suggestion: withHeading(suggestion, suggested, heading, context),
  };
}

const documentExtension = /\.(?:md|mdx|markdown|mdown|rst|adoc|asciidoc|txt|html?|org|ipynb)$/i;
const runbookFolder = /^(?:run|play)-?books?$/i;

function resolveUrl(url: string, context: LinkContext): LinkResolution {
  const { path: address, heading } = splitHeading(url);
  const segments = segmentsOf(address);
  const forge = forgePath(address, segments);
  const rest = forge ?? segments;
  // A branch may have slashes in its name, a site a prefix: the longest end that is a path of ours counts.
  const fewest = forge === null ? 2 : 1;
  for (let skip = 0; skip <= rest.length - fewest; skip++) {
    const end = rest.slice(skip).join('/');
    const found = [end, `${end}.md`].find(path => context.paths.has(path));
    if (found !== undefined) return checkHeading(found, heading, address, context);
    if (forge !== null && rest.length - skip <= 2) break;
  }
  if (forge !== null) return unknownForgeFile(url, address, rest, context);
  return resolveSite(url, address, heading, segments, context);
}

/** The part of a forge's URL behind the branch (GitHub, GitLab, Gitea, Bitbucket), or null for any other URL. */
function forgePath(address: string, segments: readonly string[]): readonly string[] | null {
  if (/^https?:\/\/raw\.githubusercontent\.com\//i.test(address)) return segments.slice(3);
  const view = segments.findIndex(
    (segment, index) => index >= 2 && /^(?:blob|raw|tree|blame|edit|src)$/.test(segment) && index + 2 < segments.length,
  );
  if (view < 0) return null;
  const gitea = segments[view] === 'src' && segments[view + 1] === 'branch';
  return segments.slice(view + (gitea ? 3 : 2));
}

function unknownForgeFile(url: string, address: string, rest: readonly string[], context: LinkContext): LinkResolution {
  const folder = rest.slice(0, -1).join('/');
  // Without a folder of ours in it, the file is most likely in another repository.
  if (folder === '' || !hasFolder(folder, context)) return { kind: 'external', url };
  const suggested = suggestPath(rest, context);
  const start = address.length - encodeURI(rest.join('/')).length;
  const endsPlainly = address.endsWith(encodeURI(rest.join('/')));
  return {
    kind: 'broken',
    path: null,
    reason: `There is no file ${rest.join('/')} in this repository.`,
    suggestion: suggested === null || !endsPlainly ? suggested : address.slice(0, start) + encodeURI(suggested),
  };
}

/** A site built from the repository: `…/runbooks/<component>/<alertname>`, often lower-cased and without an extension. */
function resolveSite(
  url: string,
  address: string,
  heading: string | null,
  segments: readonly string[],
  context: LinkContext,
): LinkResolution {
  const wanted = sitePath(segments);
  if (wanted === null) return { kind: 'external', url };
  const found = documentOfSite(wanted, context);
  if (found !== undefined) return checkHeading(found, heading, address, context);
  // A site that no other link ties to this repository has its own runbooks: many link to those of kube-prometheus.
  if (!context.ownSites().has(originOf(url))) return { kind: 'external', url };
  const folder = wanted.slice(0, wanted.lastIndexOf('/'));
  const siblings = context.documents().filter(path => `/${path.toLowerCase()}`.includes(`/${folder}/`));
  const name = segments.at(-1)!;
  const near = closest(withoutExtension(name), siblings, path => withoutExtension(path.split('/').at(-1)!));
  const nearName = near === null ? null : withoutExtension(near.split('/').at(-1)!);
  const styled = nearName !== null && name === name.toLowerCase() ? nearName.toLowerCase() : nearName;
  const stem = address.replace(/(?<!\/)\/+$/, '');
  return {
    kind: 'broken',
    path: null,
    reason: `No runbook of this repository is named ${name} (looked in ${folder}/).`,
    suggestion: styled === null ? null : stem.slice(0, stem.lastIndexOf('/') + 1) + styled,
  };
}

/** The end of a site's address that may be a path of ours: from its runbook folder on, in lower case. */
function sitePath(segments: readonly string[]): string | null {
  const at = segments.findIndex(segment => runbookFolder.test(segment));
  return at < 0 || at === segments.length - 1 ? null : withoutExtension(segments.slice(at).join('/')).toLowerCase();
}

function documentOfSite(wanted: string, context: LinkContext): string | undefined {
  return context.documents().find(path => `/${withoutExtension(path).toLowerCase()}`.endsWith(`/${wanted}`));
}

function sitesOf(alerts: readonly Alert[], context: LinkContext): ReadonlySet<string> {
  const sites = new Set<string>();
  for (const { runbook } of alerts) {
    if (runbook === null || sites.has(originOf(runbook.target))) continue;
    const wanted = sitePath(segmentsOf(splitHeading(runbook.target).path));
    if (wanted !== null && documentOfSite(wanted, context) !== undefined) sites.add(originOf(runbook.target));
  }
  return sites;
}

function segmentsOf(address: string): readonly string[] {
  return decode(address.replace(/\?.*$/, '')).split('/').filter(Boolean).slice(2);
}

function originOf(url: string): string {
  return /^https?:\/\/[^/?#]+/i.exec(url)?.[0].toLowerCase() ?? '';
}

function checkHeading(path: string, heading: string | null, written: string, context: LinkContext): LinkResolution {
  if (heading === null) return { kind: 'file', path, heading: null };
  const headings = context.headingsOf(path);
  const wanted = heading.toLowerCase();
  const known = headings?.find(candidate => candidate.slug.toLowerCase() === wanted);
  if (headings === null || known !== undefined) return { kind: 'file', path, heading: known?.slug ?? heading };
  const near =
    closest(wanted, headings, candidate => candidate.slug) ?? headings.find(({ slug }) => slug.includes(wanted));
  return {
    kind: 'broken',
    path,
    reason: `${path} has no heading #${heading}.`,
    suggestion: near === undefined || near === null ? null : `${written}#${near.slug}`,
  };
}

function candidatesOf(path: string, from: string): readonly string[] {
  const here = from.slice(0, from.lastIndexOf('/') + 1);
  const fromRoot = normalise(path.replace(/^\/+/, ''));
  const fromHere = path.startsWith('/') ? null : normalise(here + path);
  const order = /^\.{1,2}\//.test(path) ? [fromHere, fromRoot] : [fromRoot, fromHere];
  const bases = order.filter(candidate => candidate !== null && candidate !== '');
  return bases.flatMap(base => [base!, `${base}.md`, `${base}/README.md`, `${base}/index.md`]);
}

/** Resolves `.` and `..`; null when the path leaves the repository. */
function normalise(path: string): string | null {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return null;
  }
  return parts.join('/');
}

/** A document of the same name elsewhere (it was moved), else the one with the nearest name, nearest folder first. */
function suggestPath(segments: readonly string[], context: LinkContext): string | null {
  const name = segments.at(-1) ?? '';
  const bare = withoutExtension(name).toLowerCase();
  if (bare === '' || bare === 'readme' || bare === 'index') return null;
  const documents = context.documents();
  const folder = segments
    .slice(0, -1)
    .filter(part => part !== '.' && part !== '..')
    .join('/');
  const nameOf = (path: string) => withoutExtension(path.split('/').at(-1)!);
  const moved = documents.find(path => nameOf(path).toLowerCase() === bare);
  if (moved !== undefined) return moved;
  const near = documents.filter(path => folder !== '' && path.includes(folder));
  return closest(bare, near, nameOf) ?? closest(bare, documents, nameOf);
}

/** Writes a path of the repository the way the broken one was written: from the root, from `/`, or relative to the file. */
function writeLike(written: string, path: string, from: string): string {
  if (written.startsWith('/')) return `/${path}`;
  if (!/^\.{1,2}\//.test(written)) return path;
  const here = from.split('/').slice(0, -1);
  const there = path.split('/');
  let shared = 0;
  while (shared < here.length && shared < there.length - 1 && here[shared] === there[shared]) shared++;
  const up = '../'.repeat(here.length - shared);
  return `${up === '' ? './' : up}${there.slice(shared).join('/')}`;
}

function withHeading(suggestion: string | null, path: string | null, heading: string | null, context: LinkContext) {
  if (suggestion === null || path === null || heading === null) return suggestion;
  const known = context.headingsOf(path)?.some(candidate => candidate.slug === heading) ?? false;
  return known ? `${suggestion}#${heading}` : suggestion;
}

function splitHeading(target: string): { readonly path: string; readonly heading: string | null } {
  const hash = target.indexOf('#');
  if (hash < 0) return { path: target, heading: null };
  const heading = decode(target.slice(hash + 1));
  return { path: target.slice(0, hash), heading: heading === '' ? null : heading };
}

function hasFolder(folder: string, context: LinkContext): boolean {
  for (const path of context.paths) if (path.startsWith(`${folder}/`)) return true;
  return false;
}

function withoutExtension(path: string): string {
  return path.replace(documentExtension, '');
}

/** Percent-decoding that leaves malformed escapes as they are. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
