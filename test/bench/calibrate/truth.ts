// What became of a line, told commit by commit: `git blame --reverse` says how long it stood unchanged, the commit behind that how
// it was edited, and blame's own search for copies where it went. Nothing of Flagbook's way of following lines is in it.
import { execFileSync } from 'node:child_process';

/** A line of a file at a commit; `line` is 1-based. */
export interface Place {
  readonly path: string;
  readonly line: number;
}

/** `kept`: the same text all along. `edited`: followed through at least one edit. `moved`: it left its place as it was. */
export type Fate = { readonly kind: 'kept' | 'edited' | 'moved'; readonly place: Place } | { readonly kind: 'gone' };

export interface History {
  readonly root: string;
  readonly head: string;
  /** The first parents from the deployed commit (first) to the head (last). */
  readonly commits: readonly string[];
}

export function git(root: string, ...args: string[]): string {
  return execFileSync('git', ['--no-pager', ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' },
  });
}

/** The mainline commit of so many days before the head, and what came behind it. */
export function historyOf(root: string, days: number): History | null {
  const head = git(root, 'rev-parse', 'HEAD').trim();
  const time = Number(git(root, 'log', '-1', '--format=%ct', head));
  const before = `--before=${time - days * 86_400}`;
  const deployed = git(root, 'rev-list', '-1', '--first-parent', before, head).trim();
  if (deployed === '') return null;
  const later = git(root, 'rev-list', '--first-parent', '--reverse', `${deployed}..${head}`)
    .split('\n')
    .filter(Boolean);
  return { root, head, commits: [deployed, ...later] };
}

interface Reached extends Place {
  readonly commit: string;
}

/** For each line of a file at a commit: the last commit in which it stands unchanged, and where. */
export function lastSeen(
  history: History,
  from: string,
  path: string,
  more: readonly string[] = [],
): readonly Reached[] {
  const range = `${from}..${history.head}`;
  if (from === history.head) return [];
  const args = ['blame', '--reverse', '--first-parent', '--porcelain', ...more, range, '--', path];
  let text: string;
  try {
    text = git(history.root, ...args);
  } catch {
    // Blame gives up on a path that is a file on one side and a folder on the other.
    return [];
  }
  const reached: Reached[] = [];
  const paths = new Map<string, string>();
  let current: { commit: string; line: number; final: number } | null = null;
  for (const line of text.split('\n')) {
    if (current === null) {
      const header = /^([0-9a-f]{40}) (\d+) (\d+)/.exec(line);
      if (header) current = { commit: header[1]!, line: Number(header[2]), final: Number(header[3]) };
    } else if (line.startsWith('filename ')) paths.set(current.commit, line.slice(9));
    else if (line.startsWith('\t')) {
      reached[current.final - 1] = {
        commit: current.commit,
        line: current.line,
        path: paths.get(current.commit) ?? path,
      };
      current = null;
    }
  }
  return reached;
}

/** Follows a line that does not survive unchanged: edit by edit and move by move, until the head or its end. */
export function followLine(history: History, start: Reached): Fate {
  let at = start;
  let wasEdited = false;
  for (let steps = 0; steps < 40; steps++) {
    if (at.commit === history.head)
      return { kind: wasEdited ? 'edited' : 'moved', place: { path: at.path, line: at.line } };
    const next = history.commits[history.commits.indexOf(at.commit) + 1];
    if (next === undefined) return { kind: 'gone' };
    const edited = editIn(history, at, next);
    const moved: Reached | null = edited ?? movedIn(history, at, next) ?? copyIn(history, at);
    if (moved === null) return { kind: 'gone' };
    wasEdited ||= edited !== null;
    at = moved.commit === history.head ? moved : reachFrom(history, moved);
  }
  return { kind: 'gone' };
}

function reachFrom(history: History, { commit, path, line }: Reached): Reached {
  return lastSeen(history, commit, path, ['-L', `${line},${line}`])[line - 1] ?? { commit, path, line };
}

/** The line that one commit made of another, by the words that both share. */
function editIn(history: History, { commit, path, line }: Reached, next: string): Reached | null {
  const pathThen = renamedIn(history, commit, next, path);
  if (pathThen === null) return null;
  const diff = git(history.root, 'diff', '-U0', '-M', commit, next, '--', path, pathThen);
  for (const hunk of diff.split(/^(?=@@ )/m).slice(1)) {
    const header = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/.exec(hunk)!;
    const [oldStart, oldLines, newStart, newLines] = [1, 2, 3, 4].map(group => Number(header[group] ?? 1)) as [
      number,
      number,
      number,
      number,
    ];
    if (line < oldStart || line >= oldStart + oldLines || newLines === 0) continue;
    const body = hunk.split('\n').slice(1);
    const removed = body.filter(text => text.startsWith('-')).map(text => text.slice(1));
    const added = body.filter(text => text.startsWith('+')).map(text => text.slice(1));
    const to = byWords(removed, added, line - oldStart);
    return to === null ? null : { commit: next, path: pathThen, line: newStart + to };
  }
  return null;
}

const renames = new Map<string, Map<string, string | null>>();

function renamedIn(history: History, commit: string, next: string, path: string): string | null {
  const key = `${history.root} ${next}`;
  let known = renames.get(key);
  if (known === undefined) {
    known = new Map();
    for (const entry of git(history.root, 'diff', '--name-status', '-M', '--diff-filter=RD', commit, next).split(
      '\n',
    )) {
      const [status, from, to] = entry.split('\t');
      if (from !== undefined) known.set(from, status!.startsWith('R') ? to! : null);
    }
    renames.set(key, known);
  }
  return known.has(path) ? known.get(path)! : path;
}

/** Where most of a line's words are, in the longest common subsequence of all words of a hunk. */
function byWords(removed: readonly string[], added: readonly string[], line: number): number | null {
  const words = (lines: readonly string[]) =>
    lines.flatMap((text, at) => (text.match(/[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu) ?? []).map(word => ({ word, at })));
  const [one, other] = [words(removed), words(added)];
  if (one.length * other.length > 25_000_000) return null;
  const width = other.length + 1;
  const longest = new Uint16Array((one.length + 1) * width);
  for (let i = one.length - 1; i >= 0; i--)
    for (let j = other.length - 1; j >= 0; j--)
      longest[i * width + j] =
        one[i]!.word === other[j]!.word
          ? longest[(i + 1) * width + j + 1]! + 1
          : Math.max(longest[(i + 1) * width + j]!, longest[i * width + j + 1]!);
  const votes = new Map<number, number>();
  let all = 0;
  const weightOf = (word: string): number => (/[\p{L}\p{N}_]/u.test(word) ? 1 + Math.min(word.length, 6) : 0.5);
  for (const { word, at } of one) if (at === line) all += weightOf(word);
  for (let i = 0, j = 0; i < one.length && j < other.length; ) {
    if (one[i]!.word === other[j]!.word) {
      if (one[i]!.at === line) votes.set(other[j]!.at, (votes.get(other[j]!.at) ?? 0) + weightOf(one[i]!.word));
      i++;
      j++;
    } else if (longest[(i + 1) * width + j]! >= longest[i * width + j + 1]!) i++;
    else j++;
  }
  const [best] = [...votes].sort((a, b) => b[1] - a[1]);
  // A line that holds a good third of the words is what became of it; less is chance.
  return best !== undefined && best[1] >= 0.35 * all ? best[0] : null;
}

/** Lines with the same text that blame is asked about. */
const MOST_CANDIDATES = 12;

/**
 * Where one commit moved a line to, as blame tells it the usual way round: of the lines that came with the commit and read the same,
 * the one that blame (which looks for moves and copies of whole blocks) says comes from here.
 */
function movedIn(history: History, { commit, path, line }: Reached, next: string): Reached | null {
  const { root } = history;
  const text = git(root, 'show', `${commit}:${path}`).split('\n')[line - 1]?.trim();
  if (text === undefined || text === '') return null;
  const found: Reached[] = [];
  for (const candidate of addedLike(root, commit, next, text).slice(0, MOST_CANDIDATES)) {
    const from = Math.max(1, candidate.line - 8);
    const args = ['blame', '--porcelain', '-w', '-M', '-C', `-L${from},+17`, `${commit}..${next}`, '--'];
    let blamed: string;
    try {
      blamed = git(root, ...args, candidate.path);
    } catch {
      continue;
    }
    if (comesFrom(blamed, candidate.line, { commit, path, line })) found.push({ commit: next, ...candidate });
  }
  return found.find(place => place.path === path) ?? found[0] ?? null;
}

function comesFrom(blamed: string, line: number, origin: Reached): boolean {
  const paths = new Map<string, string>();
  let header: RegExpExecArray | null = null;
  let isOrigin = false;
  for (const text of blamed.split('\n')) {
    if (header === null) header = /^([0-9a-f]{40}) (\d+) (\d+)/.exec(text);
    else if (text.startsWith('filename ')) paths.set(header[1]!, text.slice(9));
    else if (text.startsWith('\t')) {
      if (Number(header[3]) === line)
        isOrigin =
          header[1] === origin.commit && Number(header[2]) === origin.line && paths.get(header[1]) === origin.path;
      header = null;
    }
  }
  return isOrigin;
}

const additions = new Map<string, ReadonlyMap<string, readonly Place[]>>();

/** Lines that a commit added, by their text without blanks around it. */
function addedLike(root: string, commit: string, next: string, text: string): readonly Place[] {
  const key = `${root} ${next}`;
  let known = additions.get(key);
  if (known === undefined) {
    const made = new Map<string, Place[]>();
    let [path, line] = ['', 0];
    for (const row of changesOf(root, commit, next).split('\n')) {
      const hunk = /^@@ -\d+(?:,\d+)? \+(\d+)/.exec(row);
      if (row.startsWith('+++ ')) path = row.slice(4);
      else if (hunk) line = Number(hunk[1]);
      else if (row.startsWith('+')) {
        const added = row.slice(1).trim();
        made.set(added, [...(made.get(added) ?? []), { path, line }]);
        line++;
      }
    }
    known = made;
    additions.clear();
    additions.set(key, known);
  }
  return known.get(text) ?? [];
}

/** Empty for a commit that changes more than anybody moves by hand. */
function changesOf(root: string, commit: string, next: string): string {
  try {
    return git(root, 'diff', '-U0', '-M', '--no-prefix', commit, next);
  } catch {
    return '';
  }
}

/** Where blame finds the line copied to, together with the lines around it. */
function copyIn(history: History, { commit, path, line }: Reached): Reached | null {
  const from = Math.max(1, line - 5);
  const around = lastSeen(history, commit, path, ['-M', '-C', '-C', '-L', `${from},+11`]);
  const found = around[line - 1];
  return found === undefined || found.commit === commit ? null : found;
}
