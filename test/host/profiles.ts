// The workspaces the host tests run in, one VS Code each. A test file belongs to the profile whose folder of `suite/` it is in.
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { demoWorkspace } from '../support/demoWorkspace.ts';
import { writeMonorepo } from '../support/monorepo.ts';
import { flagFile, languageFixtures, templateFixtures } from './support/everyLanguage.ts';

export interface HostProfile {
  readonly name: string;
  /** The folder of `suite/` that its test files are in; `.` is `suite/` itself. */
  readonly folder: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** `ask` opens the folder restricted, as VS Code does until the person trusts it. */
  readonly workspaceTrust: 'off' | 'ask';
  /** Makes the workspace in an empty folder and returns its path. */
  readonly prepareWorkspace: (folder: string) => string;
}

export const hostProfiles: readonly HostProfile[] = [
  {
    name: 'demo',
    folder: '.',
    settings: {},
    workspaceTrust: 'off',
    prepareWorkspace: copyOfDemo,
  },
  {
    name: 'restricted',
    folder: 'restricted',
    settings: {},
    workspaceTrust: 'ask',
    prepareWorkspace: copyOfDemo,
  },
  {
    name: 'no-git',
    folder: 'no-git',
    settings: {},
    workspaceTrust: 'off',
    prepareWorkspace: folderWithoutGit,
  },
  {
    name: 'virtual',
    folder: 'virtual',
    settings: {},
    workspaceTrust: 'off',
    prepareWorkspace: virtualWorkspace,
  },
  {
    name: 'languages',
    folder: 'languages',
    settings: {},
    workspaceTrust: 'off',
    prepareWorkspace: twoFolders,
  },
  {
    name: 'monorepo',
    folder: 'monorepo',
    settings: {},
    workspaceTrust: 'off',
    prepareWorkspace: monorepoOfTwo,
  },
];

// A copy, so that a test that saves a file leaves the demo as it was built.
function copyOfDemo(folder: string): string {
  const workspace = join(folder, 'shop');
  cpSync(demoWorkspace(), workspace, { recursive: true, verbatimSymlinks: true });
  return workspace;
}

function folderWithoutGit(folder: string): string {
  const workspace = join(folder, 'no-git');
  mkdirSync(join(workspace, 'src'), { recursive: true });
  mkdirSync(join(workspace, 'flags'));
  writeFileSync(
    join(workspace, 'flags', 'demo.flagd.json'),
    `${JSON.stringify(
      {
        flags: {
          'new-checkout': { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'on' },
        },
      },
      null,
      2,
    )}\n`,
  );
  writeFileSync(
    join(workspace, 'src', 'checkout.ts'),
    [
      "import { OpenFeature } from '@openfeature/server-sdk';",
      '',
      'const client = OpenFeature.getClient();',
      '',
      'export async function checkout(): Promise<string> {',
      "  return (await client.getBooleanValue('new-checkout', false)) ? 'new' : 'old';",
      '}',
      '',
    ].join('\n'),
  );
  return workspace;
}

// The same code twice, with flags of its own in each folder.
function twoFolders(folder: string): string {
  for (const [name, percentage] of [
    ['first', 25],
    ['second', 75],
  ] as const) {
    write(join(folder, name, 'flags', 'demo.flagd.json'), flagFile(percentage));
    for (const { path, text } of templateFixtures) write(join(folder, name, path), text);
    for (const { keys, check } of languageFixtures) {
      for (const { path, text } of [keys, check]) write(join(folder, name, path), text);
    }
  }
  const workspace = join(folder, 'two.code-workspace');
  writeFileSync(workspace, JSON.stringify({ folders: [{ path: 'first' }, { path: 'second' }] }));
  return workspace;
}

function monorepoOfTwo(folder: string): string {
  const workspace = join(folder, 'monorepo');
  writeMonorepo(workspace);
  return workspace;
}

function write(file: string, text: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

// The tests themselves provide the files (support/readOnlyFiles.ts).
function virtualWorkspace(folder: string): string {
  const workspace = join(folder, 'virtual.code-workspace');
  writeFileSync(workspace, JSON.stringify({ folders: [{ uri: 'flagbook-test:/shop', name: 'shop' }] }));
  return workspace;
}
