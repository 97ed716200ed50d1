// Many files that change on disk at once, as when another branch is checked out: what is known still is told meanwhile, others have their
// turns, and in the end everything is as if it had been read anew.
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Completeness } from '../../../server/src/core/snapshot.ts';
import { createDiskAccess } from '../../../server/src/sources/files/disk.ts';
import { createProject, type Project } from '../../../server/src/sources/project/project.ts';
import { loadGrammars } from '../../support/facts.ts';
import { FILES_ALONE } from '../../support/filesAlone.ts';
import { makeTemporaryFolder } from '../../support/temporaryFolder.ts';

const CLIENT = `import { OpenFeature } from '@openfeature/server-sdk';
const client = OpenFeature.getClient();
export const isOn = (key: string) => client.getBooleanValue(key, false);
`;
const FILES = 40;

describe('files that change on disk', () => {
  it('tells what is known still while many are read, and all of it in the end', async () => {
    const { project, write } = await openedProject();
    const seen = new Set<Completeness>();
    for (let at = 0; at < FILES; at++) write(`src/${at}.ts`, use(`changed-${at}`));
    const changed = project.filesChanged(pathsOf(FILES));
    while (project.host.completeness() === 'reading') {
      const { completeness, checks } = project.host.snapshot(0);
      seen.add(completeness);
      assert.ok(checks.has('untouched'));
      await new Promise(setImmediate);
    }
    await changed;
    assert.ok(seen.has('reading'));
    assert.equal(project.host.completeness(), 'complete');
    await assertAsReadAnew(project);
  });

  it('reads few at once', async () => {
    const { project, write } = await openedProject();
    write('src/0.ts', use('changed'));
    const changed = project.filesChanged(['src/0.ts']);
    assert.equal(project.host.completeness(), 'complete');
    await changed;
    assert.ok(project.host.snapshot(0).checks.has('changed'));
    await assertAsReadAnew(project);
  });

  it('takes files that come, go and change in several lots, of which one begins before the other ends', async () => {
    const { project, write, remove } = await openedProject();
    for (let at = 0; at < 20; at++) write(`src/${at}.ts`, use(`one-${at}`));
    const first = project.filesChanged(pathsOf(20));
    for (let at = 10; at < 30; at++) write(`src/${at}.ts`, use(`two-${at}`));
    for (let at = 30; at < FILES; at++) remove(`src/${at}.ts`);
    write('src/new.ts', use('brand-new'));
    const second = project.filesChanged([...pathsOf(FILES).slice(10), 'src/new.ts', 'README.md']);
    await Promise.all([first, second]);
    assert.equal(project.host.completeness(), 'complete');
    const { checks } = project.host.snapshot(0);
    for (const key of ['one-0', 'two-10', 'two-29', 'brand-new', 'untouched']) assert.ok(checks.has(key), key);
    assert.ok(!checks.has('key-39'));
    await assertAsReadAnew(project);
  });

  it('keeps what others import, though it holds nothing itself', async () => {
    const { project, write } = await openedProject();
    write('src/keys.ts', "export const KEY = 'from-a-constant';\n");
    for (let at = 0; at < 12; at++) write(`src/${at}.ts`, `// ${at}\n${use(`key-${at}`)}`);
    await project.filesChanged(['src/keys.ts', ...pathsOf(12)]);
    assert.ok(project.host.holds('src/keys.ts'));
    assert.ok(project.host.snapshot(0).checks.has('from-a-constant'));
    await assertAsReadAnew(project);
  });

  it('counts a configuration that came with the files', async () => {
    const { project, write } = await openedProject();
    write('flagbook.json', '{ "exclude": ["src/1*.ts"] }');
    for (let at = 0; at < 12; at++) write(`src/${at}.ts`, use(`changed-${at}`));
    await project.filesChanged(['flagbook.json', ...pathsOf(12)]);
    const { checks } = project.host.snapshot(0);
    assert.ok(checks.has('changed-2'));
    assert.ok(!checks.has('changed-11'));
    await assertAsReadAnew(project);
  });
});

const use = (key: string): string => `import { isOn } from './client';\nif (isOn('${key}')) pay();\n`;

const pathsOf = (count: number): string[] => Array.from({ length: count }, (_, at) => `src/${at}.ts`);

async function openedProject() {
  const root = makeTemporaryFolder('changed-files');
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  write('src/client.ts', CLIENT);
  write('src/keys.ts', "export const KEY = 'untouched';\n");
  write(
    'src/still.ts',
    `import { isOn } from './client';\nimport { KEY } from './keys';\nisOn(KEY);\nisOn('untouched');\n`,
  );
  for (let at = 0; at < FILES; at++) write(`src/${at}.ts`, use(`key-${at}`));
  const project = await projectOf(root);
  roots.set(project, root);
  assert.equal(project.host.snapshot(0).checks.size, FILES + 1);
  return { project, write, remove: (path: string) => rmSync(join(root, path)) };
}

const roots = new WeakMap<Project, string>();

async function projectOf(root: string): Promise<Project> {
  const project = createProject({
    grammars: await loadGrammars('typescript'),
    access: createDiskAccess(root, { git: false }),
    now: () => 0,
    ...FILES_ALONE,
  });
  await project.index();
  return project;
}

async function assertAsReadAnew(project: Project): Promise<void> {
  const anew = await projectOf(roots.get(project)!);
  const told = ({ host }: Project) => [...host.snapshot(0).files].map(([path, { checks }]) => [path, checks]);
  const withChecks = (all: ReturnType<typeof told>) => all.filter(([, checks]) => checks!.length > 0);
  assert.deepEqual(withChecks(told(project)), withChecks(told(anew)));
}
