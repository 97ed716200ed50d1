// The demo shop's history as data: reads the archives of `history/` and replays them into one complete tree of files per commit.
// It knows the archive's format (described in README.md beside it) and nothing of git.
//
// One archive is one commit:
//
//   author: tomasz                     (a name of people.json)
//   date: 2025-06-18T09:40:00+02:00    (author and committer date, with the zone it was made in)
//   branch: hotfix                     (optional: the branch it lands on; `main` unless told)
//   merge: hotfix                      (optional: a branch merged into it)
//   tag: v2026.09.1                    (optional: an annotated tag on it)
//
//   subject and body, up to the first `-- … --` line
//
//   -- write PATH --                   (the whole file)
//   -- edit PATH --                    (replacements: `@@ find`, `@@ put`, `@@ end`; each `find` must occur exactly once)
//   -- move FROM TO --
//   -- remove PATH --
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const DEFAULT_BRANCH = 'main';

/**
 * Reads every archive of a folder in the order of their names.
 * @returns {{name: string, text: string}[]} archives with `\n` line ends, whatever the checkout made of them
 */
export function readArchives(folder) {
  return readdirSync(folder)
    .filter(name => name.endsWith('.txtar'))
    .sort()
    .map(name => ({ name, text: readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n') }));
}

/**
 * Replays archives into commits. Each commit carries its complete tree, so that nothing depends on how git would merge or patch.
 * @throws {Error} naming the archive, when an edit does not apply or a header is missing
 */
export function replay(archives, people) {
  const tips = new Map();
  const commits = [];
  for (const archive of archives) {
    const parsed = parseArchive(archive);
    const { header } = parsed;
    const branch = header.branch ?? DEFAULT_BRANCH;
    const parent = tips.get(branch) ?? tips.get(DEFAULT_BRANCH) ?? null;
    const files = new Map(parent?.files);
    const merged = header.merge === undefined ? null : mergeInto(files, parent, tips.get(header.merge), archive.name);
    for (const step of parsed.steps) applyStep(files, step, archive.name);
    const author = people[header.author];
    if (!author || !header.date) throw new Error(`${archive.name}: needs an author of people.json and a date`);
    const commit = {
      name: archive.name,
      author,
      date: header.date,
      message: parsed.message,
      branch,
      parent,
      merged,
      tag: header.tag ?? null,
      files,
    };
    tips.set(branch, commit);
    commits.push(commit);
  }
  return commits;
}

function parseArchive({ name, text }) {
  const lines = text.split('\n');
  const header = {};
  let at = 0;
  for (; lines[at] !== ''; at++) {
    const match = /^(author|date|branch|merge|tag): (.+)$/.exec(lines[at] ?? '');
    if (!match) throw new Error(`${name}:${at + 1}: expected a header line or a blank line`);
    header[match[1]] = match[2];
  }
  const message = [];
  for (at++; at < lines.length && !stepOf(lines[at]); at++) message.push(lines[at]);
  const steps = [];
  while (at < lines.length) {
    const step = stepOf(lines[at]);
    const body = [];
    for (at++; at < lines.length && !stepOf(lines[at]); at++) body.push(lines[at]);
    steps.push({ ...step, body: `${body.join('\n').replace(/\n+$/, '')}\n` });
  }
  return { header, message: `${message.join('\n').trim()}\n`, steps };
}

function stepOf(line) {
  const match = /^-- (write|edit|move|remove) (\S+)(?: (\S+))? --$/.exec(line);
  return match ? { action: match[1], path: match[2], to: match[3] } : null;
}

function applyStep(files, step, archive) {
  const old = files.get(step.path);
  if (step.action === 'write') {
    files.set(step.path, step.body);
    return;
  }
  if (old === undefined) throw new Error(`${archive}: ${step.path} does not exist yet`);
  if (step.action === 'edit') files.set(step.path, applyEdits(old, step, archive));
  else files.delete(step.path);
  if (step.action === 'move') files.set(step.to, old);
}

function applyEdits(text, step, archive) {
  const blocks = [...step.body.matchAll(/^@@ find\n([\s\S]*?)^@@ put\n([\s\S]*?)^@@ end\n/gm)];
  const rest = step.body.replace(/^@@ find\n[\s\S]*?^@@ end\n/gm, '').trim();
  if (blocks.length === 0 || rest !== '')
    throw new Error(`${archive}: ${step.path}: unreadable edit near "${rest.slice(0, 60)}"`);
  return blocks.reduce((edited, [, find, put]) => {
    const first = edited.indexOf(find);
    if (first < 0 || edited.indexOf(find, first + 1) >= 0) {
      throw new Error(`${archive}: ${step.path}: must occur exactly once:\n${find}`);
    }
    return edited.slice(0, first) + put + edited.slice(first + find.length);
  }, text);
}

// A merge takes what the branch changed since it left; both sides changing one file is a mistake in the history, not ours to solve.
function mergeInto(files, ours, theirs, archive) {
  if (!theirs) throw new Error(`${archive}: merges an unknown branch`);
  const base = mergeBase(ours, theirs);
  for (const [path, text] of theirs.files) {
    if (base.files.get(path) === text) continue;
    if (ours.files.get(path) !== base.files.get(path)) throw new Error(`${archive}: ${path} changed on both sides`);
    files.set(path, text);
  }
  return theirs;
}

function mergeBase(ours, theirs) {
  const ancestors = new Set();
  for (let commit = ours; commit; commit = commit.parent) ancestors.add(commit);
  let commit = theirs;
  while (!ancestors.has(commit)) commit = commit.parent;
  return commit;
}
