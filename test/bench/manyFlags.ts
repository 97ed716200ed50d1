// A session in a repository of 500 flags and 5,000 checks, over stdio: what the views are told and how long that takes, what a keystroke in
// a flag file holds up, in three formats and in files of half a megabyte and one, and how long the first answers take.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ViewResult } from '../../server/src/lsp/protocol.ts';
import { type Editor, startEditor, uriOfPath } from '../support/editor.ts';
import { waitsUntil } from './eventLoop.ts';
import type { Bench } from './main.ts';
import { FLAGS, manyChecks } from './manyChecks.ts';
import { timings } from './statistics.ts';
import { blockRow, type Row, rowWithin } from './table.ts';

const LIMIT = 50;
const TIMES = 20;
const KEYSTROKES = 30;

export async function measureManyFlags({ dist, scratch }: Bench): Promise<readonly Row[]> {
  const folder = join(scratch, 'many-flags');
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of manyChecks()) write(join(folder, path), text);
  for (const [path, text] of Object.entries(flagFiles())) write(join(folder, path), text);
  const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: 'ignore' });
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '--all');
  git('-c', 'user.name=Bench', '-c', 'user.email=bench@example.com', 'commit', '--quiet', '--message', 'Begin');
  const rows: Row[] = [];
  const started = performance.now();
  const editor = await startEditor({ folders: [folder], server: join(dist, 'server', 'server.js') });
  const source = open(editor, folder, 'src/part7.ts', 'typescript');
  await editor.hints(source);
  rows.push(single('first hints of an open file', performance.now() - started));
  const opening = await waitsUntil(editor, editor.settled());
  rows.push(single('until all is known, ages too', performance.now() - started));
  rows.push(blockRow('longest block meanwhile', opening));
  await delay(2500);
  rows.push(single('resident memory of the server (MB)', memoryOf(editor.process.pid!)));
  rows.push(...(await viewRows(editor)));
  rows.push(...(await typingRows(editor, source, 'a source file', "'flag-")));
  for (const path of Object.keys(flagFiles())) {
    const uri = open(editor, folder, path, path.endsWith('.json') ? 'json' : 'yaml');
    rows.push(
      ...(await typingRows(editor, uri, `${path} (${Math.round(editor.textOf(uri).length / 1000)} KB)`, 'some text')),
    );
    editor.close(uri);
    await delay(1500);
  }
  rows.push(
    ...(await typingRows(
      editor,
      open(editor, folder, 'src/constants.ts', 'typescript'),
      'constants',
      "FLAG_250 = 'flag-2",
    )),
  );
  await editor.shutdown();
  return rows;
}

/** What the Flags view asks for, and how much comes. */
async function viewRows(editor: Editor): Promise<readonly Row[]> {
  const ask = (params: object) => editor.request<ViewResult>('flagbook/flagsView', { ...params, below: 'asked' });
  const rows: Row[] = [];
  for (const [what, params] of [
    ['as it is', {}],
    ['by directory', { groupBy: 'directory' }],
    ['by owner', { groupBy: 'owner' }],
    ['filtered', { filter: 'flag-25' }],
  ] as const) {
    const answer = JSON.stringify(await ask(params));
    const nodes = answer.match(/"kind":/g)?.length ?? 0;
    const times = await timings(TIMES, () => ask(params));
    rows.push(rowWithin(`flags view ${what}: ${nodes} rows, ${Math.round(answer.length / 1000)} KB`, times, LIMIT));
  }
  const all = await ask({});
  const [flag] = all.nodes.flatMap(group => group.children.filter(({ below }) => below === 'asked'));
  const open = { id: flag!.id, key: flag!.key, uri: flag!.open?.uri ?? null };
  rows.push(
    rowWithin(
      'a flag opened in the view',
      await timings(TIMES, () => editor.request('flagbook/flagRows', open)),
      LIMIT,
    ),
  );
  return rows;
}

async function typingRows(editor: Editor, uri: string, where: string, before: string): Promise<readonly Row[]> {
  const at = editor.textOf(uri).indexOf(before) + before.length;
  const answers: number[] = [];
  const typing = async (): Promise<void> => {
    for (let round = 0; round < KEYSTROKES; round++) {
      if (round % 2 === 0) editor.splice(uri, at, at, 'x');
      else editor.splice(uri, at, at + 1, '');
      answers.push(...(await timings(1, () => editor.diagnostics(uri))));
      await delay(60);
    }
    // What waits for a pause is part of it: reading large files again, and telling the views, which ask then.
    await delay(1500);
    await editor.request('flagbook/flagsView', { below: 'asked' });
  };
  const waits = await waitsUntil(editor, typing());
  return [
    rowWithin(`keystroke to diagnostics in ${where}`, answers, LIMIT),
    blockRow(`longest block while typing in ${where}`, waits),
  ];
}

function open(editor: Editor, folder: string, path: string, languageId: string): string {
  const uri = uriOfPath(join(folder, path));
  editor.open(uri, languageId, readFileSync(join(folder, path), 'utf8'));
  return uri;
}

function single(what: string, value: number): Row {
  return { what, p50: value, p95: Number.NaN, ratio: null, target: '', met: null };
}

/** In megabytes; not a number where the system does not tell. */
function memoryOf(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

/** The flags once more in other formats, with rules and words; sizes from what a team writes to what a service exports. */
function flagFiles(): Readonly<Record<string, string>> {
  const keys = Array.from({ length: FLAGS }, (_, at) => `flag-${at}`);
  const description = 'some text that says what the flag is for';
  const flagd = (emails: number) =>
    JSON.stringify(
      {
        flags: Object.fromEntries(
          keys.map(key => [
            key,
            {
              state: 'ENABLED',
              variants: { on: true, off: false },
              defaultVariant: 'off',
              metadata: { owner: 'team-shop', description },
              targeting: {
                if: [
                  { in: [{ var: 'email' }, Array.from({ length: emails }, (_, at) => `customer-${at}@shop.example`)] },
                  'on',
                  {
                    fractional: [
                      ['on', 25],
                      ['off', 75],
                    ],
                  },
                ],
              },
            },
          ]),
        ),
      },
      null,
      1,
    );
  const unleash = JSON.stringify(
    {
      version: 4,
      features: keys.map(name => ({ name, description, type: 'release', project: 'default', stale: false })),
      featureEnvironments: keys.flatMap(featureName =>
        ['development', 'production'].map(environment => ({
          featureName,
          environment,
          enabled: environment === 'development',
          variants: [],
        })),
      ),
      featureStrategies: keys.map((featureName, at) => ({
        id: `strategy-${at}`,
        featureName,
        projectId: 'default',
        environment: 'production',
        strategyName: 'flexibleRollout',
        parameters: { rollout: '25', stickiness: 'default', groupId: featureName },
        constraints: [],
      })),
    },
    null,
    1,
  );
  const yaml = keys
    .map(
      key =>
        `${key}:\n  variations:\n    on: true\n    off: false\n  targeting:\n    - query: country eq "SE"\n      variation: on\n  defaultRule:\n    percentage:\n      on: 25\n      off: 75\n  metadata:\n    description: ${description}\n`,
    )
    .join('');
  return {
    'flags/small.flagd.json': flagd(0),
    'flags/export.json': unleash,
    'flags/features.goff.yaml': yaml,
    'flags/large.flagd.json': flagd(40),
  };
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
