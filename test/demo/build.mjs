#!/usr/bin/env node
// Builds the demo workspace: `node test/demo/build.mjs --out DIR [--force]`.
//
// The result is a git repository with a fixed history: the same commit hashes on every machine, whatever git is configured to do there.
// It needs Node and git only, so it runs before `npm ci`. A stamp of the sources makes the second run free and keeps what a reader
// changed in the demo; changed sources rebuild it. A folder this script did not make is never touched.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readArchives, replay } from './history.mjs';

const HERE = dirname(fileURLToPath(import.meta.url));
const STAMP = '.git/flagbook-demo.json';

try {
  const { values } = parseArgs({ options: { out: { type: 'string' }, force: { type: 'boolean', default: false } } });
  if (!values.out) throw new Error('usage: node test/demo/build.mjs --out DIR [--force]');
  console.log(build(resolve(values.out), values.force));
} catch (error) {
  console.error(
    error.code === 'ENOENT' && error.path === 'git' ? 'demo: needs git: install it' : `demo: ${error.message}`,
  );
  process.exitCode = 2;
}

function build(out, force) {
  const archives = readArchives(join(HERE, 'history'));
  const people = JSON.parse(readFileSync(join(HERE, 'people.json'), 'utf8'));
  const sources = sourcesHash(archives);
  const stamp = readStamp(out);
  if (stamp?.sources === sources && !force) return stamp.head;
  if (stamp === null && existsSync(out) && readdirSync(out).length > 0) {
    throw new Error(`${out} is not empty and was not made by this script: choose another --out or empty it yourself`);
  }
  const commits = replay(archives, people);
  // Built beside its place and moved there at the end, so that an interrupted build never passes for a finished one.
  const draft = join(dirname(out), `.${basename(out)}.building-${process.pid}`);
  try {
    const head = writeRepository(draft, commits);
    writeFileSync(join(draft, STAMP), `${JSON.stringify({ sources, head })}\n`);
    rmSync(out, { recursive: true, force: true });
    renameSync(draft, out);
    return head;
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}

function sourcesHash(archives) {
  const hash = createHash('sha256');
  for (const name of ['build.mjs', 'history.mjs', 'people.json'])
    hash.update(readFileSync(join(HERE, name), 'utf8').replaceAll('\r\n', '\n'));
  for (const archive of archives) hash.update(`${archive.name}\n${archive.text}`);
  return hash.digest('hex');
}

function readStamp(out) {
  try {
    return JSON.parse(readFileSync(join(out, STAMP), 'utf8'));
  } catch {
    return null;
  }
}

function writeRepository(folder, commits) {
  mkdirSync(folder, { recursive: true });
  git(folder, ['init', '--quiet', '--template=', '--object-format=sha1', '--initial-branch=main']);
  // Checked-out files keep their line ends also when the reader's own git would change them.
  git(folder, ['config', 'core.autocrlf', 'false']);
  git(folder, ['config', 'core.eol', 'lf']);
  git(folder, ['config', 'commit.gpgsign', 'false']);
  git(folder, ['fast-import', '--quiet', '--date-format=raw'], importStream(commits));
  git(folder, ['reset', '--hard', '--quiet', 'main']);
  return git(folder, ['rev-parse', 'HEAD']).trim();
}

// The stream of git fast-import: every commit states its complete tree, so its hash depends on nothing but this text.
function importStream(commits) {
  const marks = new Map(commits.map((commit, index) => [commit, index + 1]));
  const out = [];
  for (const commit of commits) {
    const who = `${commit.author.name} <${commit.author.email}> ${gitTime(commit.date)}`;
    out.push(
      `commit refs/heads/${commit.branch}\nmark :${marks.get(commit)}\nauthor ${who}\ncommitter ${who}\n${data(commit.message)}`,
    );
    if (commit.parent) out.push(`from :${marks.get(commit.parent)}\n`);
    if (commit.merged) out.push(`merge :${marks.get(commit.merged)}\n`);
    out.push('deleteall\n');
    for (const path of [...commit.files.keys()].sort())
      out.push(`M 100644 inline ${path}\n${data(commit.files.get(path))}`);
    if (commit.tag)
      out.push(`tag ${commit.tag}\nfrom :${marks.get(commit)}\ntagger ${who}\n${data(`${commit.tag}\n`)}`);
  }
  // Branches that were merged are gone in a tidy repository; their commits stay reachable through the merge.
  for (const branch of new Set(commits.map(commit => commit.branch))) {
    if (branch !== 'main') out.push(`reset refs/heads/${branch}\nfrom ${'0'.repeat(40)}\n\n`);
  }
  return `${out.join('')}done\n`;
}

function data(text) {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}

function gitTime(date) {
  const zone = /([+-]\d\d):(\d\d)$/.exec(date);
  if (!zone) throw new Error(`${date}: a date needs its zone, such as +01:00`);
  return `${Date.parse(date) / 1000} ${zone[1]}${zone[2]}`;
}

function git(folder, args, input) {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('GIT_')));
  Object.assign(env, {
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_TERMINAL_PROMPT: '0',
    LC_ALL: 'C',
    TZ: 'UTC',
  });
  const options = ['-c', 'core.autocrlf=false', '-c', 'advice.detachedHead=false'];
  return execFileSync('git', [...options, ...args], {
    cwd: folder,
    env,
    input,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
}
