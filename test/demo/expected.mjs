#!/usr/bin/env node
// Writes expected.json: what any tool must find in the demo shop. `node test/demo/expected.mjs SHOP [--check]`.
//
// It shares nothing with Flagbook: lines are found by the text of the tables in truth/, the first commit of a key by `git log -S`, the last
// change of a flag by comparing its JSON in every commit of its file. Whoever extends the shop runs it and reads the difference.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import { incidents, runbooks, traces } from './truth/on-call.mjs';

const NOW = '2026-11-01T09:00:00Z';
const DAY = 86_400_000;
const HERE = dirname(fileURLToPath(import.meta.url));
const OUTPUT = join(HERE, 'expected.json');
const FLAG_FILES = {
  flagd: { production: 'flags/shop.flagd.json', staging: 'flags/shop.staging.flagd.json' },
  launchdarkly: { production: 'flags/launchdarkly.json' },
  unleash: { production: 'flags/unleash.bootstrap.json' },
};

const [shop, mode] = process.argv.slice(2);
const files = new Map();

if (!shop) {
  console.error('usage: node test/demo/expected.mjs SHOP [--check]');
  process.exitCode = 2;
} else {
  const text = oneRecordPerLine(expected());
  if (mode !== '--check') writeFileSync(OUTPUT, text);
  else if (readFileSync(OUTPUT, 'utf8').replaceAll('\r\n', '\n') !== text) {
    console.error(
      `expected.json is not what ${shop} gives: run node test/demo/expected.mjs ${shop} and read the difference`,
    );
    process.exitCode = 1;
  }
}

function expected() {
  const checks = table('checks').map(expectedCheck);
  return {
    version: 1,
    now: NOW,
    head: git('rev-parse', 'HEAD').trim(),
    checks,
    mentions: table('mentions').map(row => ({ ...located(row), key: row.key, role: row.role })),
    lookalikes: table('lookalikes').map(row => ({ ...located(row), why: row.why })),
    flags: table('flags').map(row => expectedFlag(row, checks)),
    disagreements: table('disagreements').map(row => ({
      ...located(row),
      key: row.key,
      kind: row.kind,
      optional: row.optional === 'yes',
      why: row.why,
    })),
    runbooks,
    links: table('links').map(row => ({
      ...located(row),
      to: row.to,
      ok: row.ok === 'yes',
      alert: row.alert,
      why: row.why,
    })),
    incidents,
    traces: traces.map(expectedTrace),
  };
}

function expectedCheck(row) {
  return {
    ...located(row),
    method: row.method,
    key: row.key,
    keyPrefix: row.keyPrefix,
    system: row.system,
    type: row.type,
    fallback: row.fallback === null ? null : JSON.parse(row.fallback),
    via: row.via?.split(' ') ?? [],
    role: 'check',
    test: row.kind === 'test',
    optional: row.kind === 'optional',
  };
}

function expectedFlag(row, checks) {
  const own = checks.filter(check => check.key === row.key && !check.optional);
  return {
    key: row.key,
    kind: row.kind,
    type: row.type,
    owner: row.owner,
    expires: row.expires,
    environments: ['production', 'staging']
      .filter(environment => row[environment] !== null)
      .map(environment => expectedEnvironment(row, environment)),
    introduced: introduced(row.key),
    checks: own.filter(check => !check.test).length,
    testChecks: own.filter(check => check.test).length,
    prefixChecks: checks.filter(check => check.keyPrefix !== null && row.key.startsWith(check.keyPrefix)).length,
    verdict: {
      kind: row.verdict,
      stale: ['launched', 'off', 'expired', 'unused'].includes(row.verdict),
      alsoAcceptable: row.alsoAcceptable === null ? [] : [row.alsoAcceptable],
      why: row.why,
    },
  };
}

function expectedEnvironment(row, environment) {
  const path = FLAG_FILES[row.system][environment];
  const [state, value] = row[environment].split(' ');
  const everyone = {
    on: { percentage: 100, serves: value ?? true },
    off: { percentage: 0, serves: value ? null : false },
  };
  return {
    system: row.system,
    environment,
    state,
    ...(everyone[state] ?? { percentage: value === undefined ? null : Number(value), serves: null }),
    path,
    line: declarationLine(path, row.key),
    changed: lastChange(path, row.key, entry => entry),
    stateChanged: lastChange(path, row.key, withoutMetadata),
  };
}

function expectedTrace({ frames, cause, ...trace }) {
  const resolved = list => list.map(frame => expectedFrame(frame, trace.deployed));
  return { ...trace, frames: resolved(frames), cause: cause ? { ...cause, frames: resolved(cause.frames) } : null };
}

// The printed line holds the text at the deployed commit; today it is the line that still reads the same.
function expectedFrame([path, printed, text], deployed) {
  const then = fileAt(deployed, path).split('\n')[printed - 1];
  if (!then?.includes(text)) throw new Error(`${path}:${printed} at ${deployed} has no ${text}: ${then}`);
  const now = fileAt('HEAD', path).split('\n');
  const line = now[printed - 1] === then ? printed : now.indexOf(then) + 1;
  if (line === 0) throw new Error(`${path}:${printed}: the line is gone today`);
  return { path, printed, line, text };
}

/** The first commit in which the key stands as a whole word, in any file. */
function introduced(key) {
  const word = `(^|[^A-Za-z0-9_-])${key}([^A-Za-z0-9_-]|$)`;
  return moment(git('log', '--reverse', '--format=%H', '--pickaxe-regex', `-S${word}`, 'HEAD').split('\n')[0]);
}

function lastChange(path, key, view) {
  let last = null;
  let before;
  for (const commit of git('log', '--reverse', '--format=%H', 'HEAD', '--', path).trim().split('\n')) {
    const entry = entryOf(JSON.parse(fileAt(commit, path)), key);
    const now = entry === undefined ? undefined : view(entry);
    if (now !== undefined && !isDeepStrictEqual(now, before)) last = commit;
    before = now;
  }
  return moment(last);
}

function entryOf(document, key) {
  if (Array.isArray(document.features)) return document.features.find(feature => feature.name === key);
  return document.flags[key] ?? document.flagValues?.[key];
}

function withoutMetadata(entry) {
  if (typeof entry !== 'object') return entry;
  const { metadata: _, ...state } = entry;
  return state;
}

function declarationLine(path, key) {
  const opens = [`"${key}":`, `"name": "${key}",`];
  const index = fileAt('HEAD', path)
    .split('\n')
    .findIndex(line => opens.some(open => line.trim().startsWith(open)));
  if (index < 0) throw new Error(`${path} does not define ${key}`);
  return index + 1;
}

function located({ path, at }) {
  const lines = fileAt('HEAD', path).split('\n');
  const found = lines.flatMap((line, index) => (line.includes(at) ? [index + 1] : []));
  if (found.length !== 1) throw new Error(`${path}: "${at}" must stand on one line, stands on ${found.length}`);
  return { path, line: found[0] };
}

function moment(commit) {
  const time = Date.parse(git('show', '--no-patch', '--format=%aI', commit).trim());
  const days = Math.floor((Date.parse(NOW) - time) / DAY);
  return { commit, time: `${new Date(time).toISOString().slice(0, 19)}Z`, days };
}

/** Rows of a table in truth/: `#` starts a comment, the first row names the columns, `-` is null. */
function table(name) {
  const rows = readFileSync(join(HERE, 'truth', `${name}.tsv`), 'utf8')
    .split(/\r?\n/)
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => line.split('\t'));
  const [header, ...body] = rows;
  return body.map(cells => Object.fromEntries(header.map((column, i) => [column, cells[i] === '-' ? null : cells[i]])));
}

function oneRecordPerLine(document) {
  const fields = Object.entries(document).map(([name, value]) => {
    if (!Array.isArray(value)) return `  ${JSON.stringify(name)}: ${JSON.stringify(value)}`;
    return `  ${JSON.stringify(name)}: [\n${value.map(record => `    ${JSON.stringify(record)}`).join(',\n')}\n  ]`;
  });
  return `{\n${fields.join(',\n')}\n}\n`;
}

function fileAt(commit, path) {
  const name = `${commit}:${path}`;
  if (!files.has(name)) files.set(name, git('show', name));
  return files.get(name);
}

function git(...args) {
  return execFileSync('git', args, { cwd: shop, encoding: 'utf8', maxBuffer: 1 << 26 });
}
