/**
 * Which version or commit ran, as the text around a trace tells it: release and commit variables, labels, image tags,
 * `name@version`. Found here as written; whether the repository has such a tag or commit is decided in `deployed.ts`.
 */

/** `declared`: a field or variable for this very purpose. `named`: a name with a version. `loose`: in a sentence. */
export type MentionStrength = 'declared' | 'named' | 'loose';

export interface VersionMention {
  /** A commit's name (7 to 40 hexadecimal digits), or a version. */
  readonly kind: 'commit' | 'version';
  readonly value: string;
  /** What has that version, such as `shop` in `shop@1.4.2`. */
  readonly name: string | null;
  readonly strength: MentionStrength;
  /** As it stands in the text, shortened. */
  readonly written: string;
  /** 1-based line of the input. */
  readonly textLine: number;
}

/** Mentions that are looked at; a log that repeats its version counts it once. */
const MOST_MENTIONS = 100;
/** Longer lines are data. */
const LONGEST_LINE = 20_000;
/** Characters after which a program has said what it is. */
const MOST_READ = 8 * 1024 * 1024;

/** Reads a text that comes in pieces. */
export interface VersionReader {
  readonly push: (piece: string) => void;
  /** Everything that was found, the strongest first. The reader is used up then. */
  readonly finish: () => readonly VersionMention[];
}

/** Finds versions and commits. Linear in the text's length. */
export function findVersions(text: string): readonly VersionMention[] {
  const reader = createVersionReader();
  reader.push(text);
  return reader.finish();
}

/** As `findVersions`, for a text of any size: only its beginning is looked at, and a piece may end anywhere. */
export function createVersionReader(): VersionReader {
  const found = new Map<string, VersionMention>();
  let textLine = 0;
  let read = 0;
  let begun = '';
  const readLine = (line: string): void => {
    textLine++;
    if (found.size >= 2 * MOST_MENTIONS || !/\d/.test(line)) return;
    // What sentences say of other things must not crowd out what is declared further below.
    for (const mention of mentionsIn(line, found.size < MOST_MENTIONS ? 'all' : 'declared')) {
      const key = `${mention.kind} ${mention.name} ${mention.value}`;
      const known = found.get(key);
      if (known !== undefined && RANK[mention.strength] <= RANK[known.strength]) continue;
      found.set(key, { ...mention, textLine });
    }
  };
  return {
    push(piece) {
      if (read > MOST_READ) return;
      read += piece.length;
      let start = 0;
      for (let end = piece.indexOf('\n'); end >= 0; end = piece.indexOf('\n', start)) {
        readLine((begun + piece.slice(start, Math.min(end, start + LONGEST_LINE))).slice(0, LONGEST_LINE));
        begun = '';
        start = end + 1;
      }
      if (begun.length < LONGEST_LINE) begun += piece.slice(start, start + LONGEST_LINE);
    },
    finish() {
      readLine(begun.slice(0, LONGEST_LINE));
      return [...found.values()].sort((one, other) => RANK[other.strength] - RANK[one.strength]);
    },
  };
}

const RANK: Readonly<Record<MentionStrength, number>> = { declared: 2, named: 1, loose: 0 };

type Mention = Omit<VersionMention, 'textLine'>;

// Each pattern starts where a word starts and is bounded, so that no line takes more than linear time.
const FIELD =
  /(?<![\w./-])([A-Za-z][\w./-]{1,60})["'\\]{0,3}[ \t]{0,2}[:=][ \t]{0,2}["'\\]{0,3}([\w@][\w.@+/:-]{0,150})/g;
const NAMED = /(?<![\w@./-])((?:@[\w.-]{1,60}\/)?[\w.-]{1,60})@(v?\d[\w.+-]{0,80})/g;
const IMAGE = /(?<![\w./:-])((?:[\w.-]{1,80}(?::\d{2,5})?\/){1,8}[\w.-]{1,80}):([\w][\w.-]{0,127})/g;
const SPOKEN = /(?<![\w./-])([A-Za-z][\w.-]{1,40})[ \t]{1,2}(v?\d[\w.+-]{2,80})/g;
const HASH = /(?<![\w-])[0-9a-f]{40}(?![\w-])/g;
const SPOKEN_HASH = /(?<![\w./-])(?:commit|revision|rev|sha|git)[ \t]{1,2}([0-9a-f]{7,40})(?![\w-])/gi;

// Most lines of a log name no version: these say so at a glance, so that the patterns above are tried on few.
/** Every name of a field below holds one of these, and so does every word before a commit. */
const WORD = /commit|sha|rev|version|release|tag|image|git|vcs/i;
const MAY_BE_IMAGE = /\/[\w.-]{1,80}:\w/;
const MAY_BE_SPOKEN = /[ \t]v?\d{1,8}[.-]\d/;

const COMMIT_FIELDS = new Set(
  `commit commitid commithash commitsha gitcommit gitcommitid gitcommitidabbrev gitcommithash gitcommitsha githash gitsha gitrev
  gitrevision revision sha vcsrevision vcsrefheadrevision sourcecommit sourceversion buildcommit buildsha buildrevision
  buildvcsnumber cicommitsha cicommitshortsha githubsha herokuslugcommit herokubuildcommit rendergitcommit vercelgitcommitsha
  railwaygitcommitsha ddgitcommitsha appcommit appsha apprevision deployedcommit deploycommit deployedsha releasecommit
  orgopencontainersimagerevision imagerevision scmrevision`.split(/\s+/),
);
const VERSION_FIELDS = new Set(
  `gitversion release sentryrelease releaseversion releasename version appversion apprelease applicationversion serviceversion
  servicerelease buildversion deployversion deployedversion gittag gitdescribe tag imagetag packageversion projectversion
  appkubernetesioversion orgopencontainersimageversion ddversion implementationversion`.split(/\s+/),
);
const IMAGE_FIELDS = new Set([
  'image',
  'containerimage',
  'containerimagename',
  'dockerimage',
  'imageid',
  'k8scontainerimage',
]);
const SAID = new Set([
  'version',
  'release',
  'released',
  'deployed',
  'deploying',
  'tag',
  'build',
  'running',
  'starting',
]);

function mentionsIn(line: string, wanted: 'all' | 'declared'): readonly Mention[] {
  const mentions: Mention[] = [];
  const add = (mention: Mention | null): void => {
    if (mention !== null) mentions.push({ ...mention, written: mention.written.replace(/["'\\]/g, '').slice(0, 80) });
  };
  const mayName = WORD.test(line);
  if (mayName) {
    for (const [written, field, value] of line.matchAll(FIELD)) {
      const name = field!.toLowerCase().replace(/[^a-z0-9]/g, '');
      if (COMMIT_FIELDS.has(name))
        add(hashMention(value!, null, 'declared', written) ?? describedVersion(value!, written));
      else if (VERSION_FIELDS.has(name)) add(describedVersion(value!, written));
      else if (IMAGE_FIELDS.has(name)) add(imageMention(value!, 'declared', written));
    }
  }
  if (wanted === 'declared') return mentions;
  if (line.includes('@')) {
    for (const [written, name, version] of line.matchAll(NAMED)) add(versionMention(version!, name!, 'named', written));
  }
  if (MAY_BE_IMAGE.test(line)) {
    for (const [written] of line.matchAll(IMAGE)) add(imageMention(written, 'named', written));
  }
  if (MAY_BE_SPOKEN.test(line)) {
    for (const [written, word, version] of line.matchAll(SPOKEN)) {
      const isSaid = SAID.has(word!.toLowerCase());
      if (isDotted(version!)) add(versionMention(version!, isSaid ? null : word!, isSaid ? 'loose' : 'named', written));
    }
  }
  if (line.length >= 40) for (const [hash] of line.matchAll(HASH)) add(hashMention(hash, null, 'loose', hash));
  if (mayName) {
    for (const [written, hash] of line.matchAll(SPOKEN_HASH)) add(hashMention(hash!, null, 'loose', written));
  }
  return mentions;
}

/** The value of a version field: a version, `name@version`, an image, or a commit. */
function describedVersion(value: string, written: string): Mention | null {
  const at = value.lastIndexOf('@');
  if (at > 0) return versionMention(value.slice(at + 1), value.slice(0, at), 'declared', written);
  const colon = value.lastIndexOf(':');
  if (colon > 0) return versionMention(value.slice(colon + 1), lastSegment(value.slice(0, colon)), 'declared', written);
  return versionMention(value, null, 'declared', written);
}

function imageMention(value: string, strength: MentionStrength, written: string): Mention | null {
  const [image] = value.split('@');
  const colon = image!.lastIndexOf(':');
  if (colon <= 0 || image!.indexOf('/', colon) >= 0) return null;
  return versionMention(image!.slice(colon + 1), lastSegment(image!.slice(0, colon)), strength, written);
}

/** A version may carry its commit: as `git describe` and Go's pseudo-versions do, behind a `+`, or as an image's whole tag. */
function versionMention(
  value: string,
  name: string | null,
  strength: MentionStrength,
  written: string,
): Mention | null {
  const version = withoutEnd(value);
  const inside =
    /-\d+-g([0-9a-f]{7,40})$/.exec(version) ??
    /-(?:0\.)?\d{14}-([0-9a-f]{12})$/.exec(version) ??
    /^(?:[A-Za-z][\w.]{0,30}-)?([0-9a-f]{7,40})$/.exec(version) ??
    /[+.-](?:g|sha[.-]?)?([0-9a-f]{7,40})$/.exec(version);
  const hash = inside === null ? null : hashMention(inside[1]!, name, strength, written);
  if (hash !== null) return hash;
  return isDotted(version) ? { kind: 'version', value: version, name, strength, written } : null;
}

/** A sentence ends behind a version, too. */
function withoutEnd(value: string): string {
  let end = value.length;
  while (end > 0 && '.+-'.includes(value[end - 1]!)) end--;
  return value.slice(0, end);
}

/** All digits would be a number, a time or a build; all letters a word. */
function hashMention(value: string, name: string | null, strength: MentionStrength, written: string): Mention | null {
  const isHash = /^[0-9a-f]{7,40}$/.test(value) && (value.length === 40 || (/\d/.test(value) && /[a-f]/.test(value)));
  return isHash ? { kind: 'commit', value, name, strength, written } : null;
}

/** `1.4`, `v1.4.2-rc.1`, `2026.09.1`; not an address of four numbers. */
function isDotted(version: string): boolean {
  return /^v?\d{1,8}[.-]\d/.test(version) && !/^\d{1,3}(?:\.\d{1,3}){3}$/.test(version);
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
