// A repository whose configuration, attributes and hooks name programs wherever git knows a place for one, and whose files hold
// what should not reach a terminal. Each program leaves a mark when it is run.
import { execFileSync } from 'node:child_process';
import { appendFileSync, chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createRepository } from '../unit/git/repositories.ts';
import { makeTemporaryFolder } from './temporaryFolder.ts';

export interface HostileRepository {
  readonly root: string;
  /** Names of the programs that were run. */
  marks(): readonly string[];
  /** Lets plain git loose on the repository, to see that the traps work. */
  springTraps(): void;
}

/** Clears the screen, turns text around, sets the title, begins a colour in one byte. */
export const STEERING = '\u001b[2J\u202e\u001b]0;x\u0007\u009b31m';

/** A key that steers a terminal. */
export const STEERING_KEY = `new-${STEERING}-checkout`;

const SWITCH = { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'on' };

const CODE = `import { OpenFeature } from '@openfeature/server-sdk';
const client = OpenFeature.getClient();
export async function pay(x: string) {
  await client.getBooleanValue('${STEERING_KEY}', false); // incident: INC-7
  await client.getBooleanValue('__proto__', false);
  await client.getStringValue('constructor', '${STEERING}');
  await client.getStringValue(\`toString${STEERING}\${x}\`, 'a'); // runbook: docs/runbooks/pay.md
  throw new Error('no');
}
`;

const TRACE = `Error: ${STEERING}
    at pay${STEERING} (/app/src/pay.ts:8:9)
    at other (/app/src/${STEERING}.ts:4:9)
`;

const FRONT_MATTER = 'x\\e[2J\\e[31m';

/** Makes the repository. It has one commit and one change on top. */
export function makeHostileRepository(): HostileRepository {
  const { root, git, write, commit } = createRepository();
  const marks = makeTemporaryFolder('marks');
  const programs = makeTemporaryFolder('traps');
  const program = (name: string): string => {
    const path = join(programs, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `#!/bin/sh\n: > '${join(marks, name.replaceAll('/', '-'))}'\ncat 2>/dev/null\nexit 0\n`);
    chmodSync(path, 0o755);
    return path;
  };

  write(
    'flags/shop.flagd.json',
    JSON.stringify({
      flags: {
        [STEERING_KEY]: { ...SWITCH, metadata: { owner: STEERING, description: STEERING } },
        constructor: SWITCH,
      },
    }).replace(
      '"constructor"',
      '"__proto__": {"state": "DISABLED", "variants": {"on": true}, "defaultVariant": "on"}, "constructor"',
    ),
  );
  write('src/pay.ts', CODE);
  write(
    'docs/runbooks/pay.md',
    `---\ntitle: "${FRONT_MATTER}"\nowner: "${FRONT_MATTER}"\ncode: ["src/**"]\nerrors: [Error]\nflags: ["${FRONT_MATTER}"]\n---\n# ${STEERING}\n`,
  );
  write(
    'docs/incidents/one.md',
    `---\nid: INC-7\ntitle: "${FRONT_MATTER}"\nseverity: "${FRONT_MATTER}"\ncode: ["src/**"]\n---\n# ${STEERING}\n\n## Timeline\n\n- 10:00 ${STEERING}\n`,
  );
  write(`docs/li\nne/${STEERING.replaceAll('/', '')}.ts`, CODE);
  write('.github/CODEOWNERS', `* @${STEERING}\n`);
  write('trace.txt', TRACE);
  write('.gitattributes', '* filter=trap diff=trap merge=trap\n');
  commit('2026-01-05', `Subject ${STEERING}`, `Ann ${STEERING}`);

  for (const hook of ['post-index-change', 'reference-transaction', 'pre-auto-gc', 'post-checkout']) {
    writeFileSync(join(root, '.git', 'hooks', hook), `#!/bin/sh\n: > '${join(marks, hook)}'\n`);
    chmodSync(join(root, '.git', 'hooks', hook), 0o755);
  }
  for (const name of [
    'core.fsmonitor',
    'core.pager',
    'core.editor',
    'core.sshCommand',
    'core.askPass',
    'core.gitProxy',
    'core.alternateRefsCommand',
    'diff.external',
    'diff.trap.command',
    'diff.trap.textconv',
    'filter.trap.clean',
    'filter.trap.smudge',
    'filter.trap.process',
    'merge.trap.driver',
    'pager.log',
    'pager.diff',
    'interactive.diffFilter',
    'gpg.program',
    'uploadpack.packObjectsHook',
  ]) {
    git('config', name, program(name));
  }
  for (const name of ['log', 'ls-files', 'rev-parse', 'diff', 'cat-file', 'show'])
    git('config', `alias.${name}`, `!${program(`alias/${name}`)}`);
  git('config', 'credential.helper', `!${program('credential')}`);
  git('config', 'log.showSignature', 'true');
  git('config', 'diff.submodule', 'log');
  git('config', 'submodule.recurse', 'true');
  git('config', 'protocol.ext.allow', 'always');
  git('config', 'core.repositoryFormatVersion', '1');
  git('config', 'extensions.partialClone', 'origin');
  git('config', 'remote.origin.promisor', 'true');
  git('config', 'remote.origin.url', `ext::${program('ext')} %S`);
  const included = join(programs, 'included');
  writeFileSync(
    included,
    `[alias]\n  blame = !${program('included')}\n[core]\n  fsmonitor = ${join(programs, 'core.fsmonitor')}\n`,
  );
  git('config', 'include.path', included);
  appendFileSync(join(root, 'src', 'pay.ts'), '// changed\n');

  return {
    root,
    marks: () => readdirSync(marks),
    springTraps() {
      for (const args of [['status'], ['diff'], ['log', '-p', '--ext-diff', '--textconv']]) {
        try {
          execFileSync('git', args, { cwd: root, stdio: 'ignore', timeout: 20_000 });
        } catch {
          // A trap may well break what it is set on.
        }
      }
    },
  };
}

/** A folder for the front of PATH whose `git` leaves a mark, and whether it has. */
export function makeFakeGit(): { readonly folder: string; wasRun(): boolean } {
  const folder = makeTemporaryFolder('fake-git');
  const mark = join(folder, 'was-run');
  writeFileSync(join(folder, 'git'), `#!/bin/sh\n: > '${mark}'\nexit 1\n`);
  chmodSync(join(folder, 'git'), 0o755);
  return { folder, wasRun: () => existsSync(mark) };
}
