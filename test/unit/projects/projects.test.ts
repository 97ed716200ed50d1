// One repository, two projects: the same key is another flag in each, and each place is told of its own.
import assert from 'node:assert/strict';
import { decodeConfig } from '../../../server/src/core/config.ts';
import { completions } from '../../../server/src/core/features/completion.ts';
import { decorations } from '../../../server/src/core/features/decorations.ts';
import { diagnostics } from '../../../server/src/core/features/diagnostics.ts';
import { explain, toExplainDocument } from '../../../server/src/core/features/explain.ts';
import { flagsView, rowsBelowFlag } from '../../../server/src/core/features/flagsView.ts';
import { hover } from '../../../server/src/core/features/hover.ts';
import { inlayHints } from '../../../server/src/core/features/inlayHints.ts';
import { definitions, references } from '../../../server/src/core/features/navigation.ts';
import { renameEdits } from '../../../server/src/core/features/rename.ts';
import { plainText } from '../../../server/src/core/features/richText.ts';
import { flagWithoutPlace } from '../../../server/src/core/flags/lists/bareFlag.ts';
import { toFlagsDocument } from '../../../server/src/core/flags/telling/document.ts';
import { flagsMarkdown } from '../../../server/src/core/flags/telling/markdown.ts';
import { plainPaint, renderFlagStory, renderFlagsTable } from '../../../server/src/core/flags/telling/text.ts';
import { flagsOfWay } from '../../../server/src/core/flags/verdicts/flagsOnTheWay.ts';
import {
  inProjects,
  pathsOfFlagFile,
  projectName,
  snapshotAt,
} from '../../../server/src/core/flags/verdicts/projects.ts';
import type { Flag } from '../../../server/src/core/model.ts';
import type { Snapshot } from '../../../server/src/core/snapshot.ts';
import { NOW, worldOf } from '../../support/world.ts';

const CLIENT = `import { OpenFeature } from '@openfeature/server-sdk';
const client = OpenFeature.getClient();`;
const call = (key: string) => `client.getBooleanValue('${key}', false);`;
const flagd = (flags: Readonly<Record<string, 'on' | 'off'>>) =>
  JSON.stringify({
    flags: Object.fromEntries(
      Object.entries(flags).map(([key, state]) => [
        key,
        {
          state: state === 'on' ? 'ENABLED' : 'DISABLED',
          variants: { on: true, off: false },
          defaultVariant: state === 'on' ? 'on' : 'off',
        },
      ]),
    ),
  });

const CONFIG = {
  flagSystems: [
    { kind: 'flagd', files: ['apps/shop/*.flagd.json'], paths: ['apps/shop/**'] },
    { kind: 'flagd', paths: ['apps/admin/**'] },
    { kind: 'flagd', files: ['flags/*.flagd.json'] },
  ],
};
const MONOREPO = `//- /flagbook.json
${JSON.stringify(CONFIG)}
//- /apps/shop/shop.flagd.json
${flagd({ checkout: 'on', 'shop-only': 'on' })}
//- /apps/admin/admin.flagd.json
${flagd({ checkout: 'off' })}
//- /flags/all.flagd.json
${flagd({ banner: 'on' })}
//- /apps/shop/pay.ts
${CLIENT}
export const f = () => [
  ${call('checkout')}
  ${call('banner')}
  ${call('shop-only')}
];
//- /apps/admin/users.ts
${CLIENT}
${call('checkout')}
${call('banner')}
${call('shop-only')}
//- /libs/shared.ts
${CLIENT}
${call('checkout')}
`.replaceAll(';\n  ', ',\n  ');

const everything = { start: 0, end: 9999 };
const labels = (snapshot: Snapshot, path: string) =>
  inlayHints(snapshot, path, everything).map(({ label, check }) => `${check.key}: ${label}`);
const at = (snapshot: Snapshot, path: string, text: string) => snapshot.files.get(path)!.text.indexOf(text) + 1;
const hoverText = (snapshot: Snapshot, path: string, key: string) =>
  (hover(snapshot, path, at(snapshot, path, `${key}'`))?.lines ?? []).map(plainText).join('\n');
const messages = (snapshot: Snapshot, path: string, code: string) =>
  diagnostics(snapshot, path).flatMap(each => (each.code === code ? [each.message] : []));
const monorepo = async () => (await worldOf(MONOREPO)).snapshot;

describe('projects in one repository', () => {
  it('tell each file the state of its own flag in hints and hover', async () => {
    const snapshot = await monorepo();
    assert.deepEqual(labels(snapshot, 'apps/shop/pay.ts'), ['checkout: on', 'banner: on', 'shop-only: on']);
    assert.deepEqual(labels(snapshot, 'apps/admin/users.ts'), [
      'checkout: off',
      'banner: on',
      'shop-only: unknown flag',
    ]);
    assert.match(hoverText(snapshot, 'apps/shop/pay.ts', 'checkout'), /\nproduction: on for everyone\n/);
    assert.match(hoverText(snapshot, 'apps/admin/users.ts', 'checkout'), /\nproduction: off\b/);
    assert.doesNotMatch(hoverText(snapshot, 'apps/admin/users.ts', 'checkout'), /shop/);
  });

  it('shows a file of nobody both, told apart by their folders', async () => {
    const text = hoverText(await monorepo(), 'libs/shared.ts', 'checkout');
    assert.match(text, /\napps\/shop production: on for everyone\n/);
    assert.match(text, /\napps\/admin production: off/);
  });

  it('calls a key unknown where only another project has it, and says which', async () => {
    const snapshot = await monorepo();
    assert.deepEqual(messages(snapshot, 'apps/shop/pay.ts', 'unknown-flag'), []);
    const [message, ...more] = messages(snapshot, 'apps/admin/users.ts', 'unknown-flag');
    assert.match(message!, /^No flag file defines “shop-only” \(apps\/admin\/.*\)\. Only apps\/shop has it\./);
    assert.deepEqual(more, []);
    const styles = decorations(snapshot, 'apps/admin/users.ts').map(({ style }) => style);
    assert.deepEqual(styles.filter(style => style === 'unknown').length, 1);
  });

  it('counts the checks of one project only as uses of its flag', async () => {
    const world = await worldOf(
      MONOREPO.replace(
        flagd({ checkout: 'off' }),
        flagd({ checkout: 'off', 'shop-only': 'off', lonely: 'on' }),
      ).replace(`${call('shop-only')}\n//- /libs`, `//- /libs`),
    );
    const unused = messages(world.snapshot, 'apps/admin/admin.flagd.json', 'unused-flag');
    assert.deepEqual(unused, [
      'No code in this repository checks “shop-only”.',
      'No code in this repository checks “lonely”.',
    ]);
    assert.deepEqual(messages(world.snapshot, 'apps/shop/shop.flagd.json', 'unused-flag'), []);
  });

  it('leads to the flag of the project and back, and renames it alone', async () => {
    const snapshot = await monorepo();
    const from = (path: string) =>
      definitions(snapshot, path, at(snapshot, path, "checkout'")).map(({ target }) => target.path);
    assert.deepEqual(from('apps/shop/pay.ts'), ['apps/shop/shop.flagd.json']);
    assert.deepEqual(from('apps/admin/users.ts'), ['apps/admin/admin.flagd.json']);
    assert.deepEqual(from('libs/shared.ts').sort(), ['apps/admin/admin.flagd.json', 'apps/shop/shop.flagd.json']);
    const path = 'apps/admin/admin.flagd.json';
    const uses = references(snapshot, path, at(snapshot, path, 'checkout'), 'with-definitions').map(
      place => place.path,
    );
    assert.deepEqual(uses, ['apps/admin/admin.flagd.json', 'apps/admin/users.ts', 'libs/shared.ts']);
    const renamed = renameEdits(snapshotAt(snapshot, 'apps/shop/pay.ts'), 'checkout', 'pay', new Map(), null);
    assert.equal(renamed.kind, 'edits');
    const touched = renamed.kind === 'edits' ? renamed.edits.map(edit => edit.path) : [];
    assert.ok(touched.includes('apps/shop/shop.flagd.json') && touched.includes('apps/shop/pay.ts'));
    assert.ok(!touched.some(each => each.startsWith('apps/admin')), touched.join());
  });

  it('completes the keys that the file may ask for', async () => {
    const snapshot = await monorepo();
    const offered = (path: string) =>
      completions(snapshot, path, at(snapshot, path, "checkout'")).map(({ key, detail }) => `${key} ${detail}`);
    assert.deepEqual(offered('apps/admin/users.ts'), ['banner on', 'checkout off']);
    assert.deepEqual(offered('apps/shop/pay.ts'), ['banner on', 'checkout on', 'shop-only on']);
  });

  it('explains a line, and the way to it, by the flags of its project', async () => {
    const snapshot = await monorepo();
    const place = { path: 'apps/admin/users.ts', line: 3, column: null };
    const explained = toExplainDocument(snapshot, explain(snapshot, place, []), {
      lastChange: null,
      lastChangeReason: null,
      owners: [],
    });
    assert.deepEqual(
      explained.flags.map(flag => flag.environments.map(each => each.state)),
      [['off']],
    );
    const states = ['apps/admin/users.ts', 'apps/shop/pay.ts'].map(path => {
      const file = snapshot.files.get(path)!;
      return flagsOfWay(snapshot, file, [{ check: file.checks[0]!, branch: null }])[0]?.state;
    });
    assert.deepEqual(states, ['off', 'on']);
  });

  it('lists a key once for each project, each with its own checks and verdict', async () => {
    const snapshot = await monorepo();
    const { flags } = toFlagsDocument(snapshot, ['checkout', 'banner', 'shop-only']);
    assert.deepEqual(
      flags.map(({ key, paths, environments, checks, verdict }) => [
        key,
        paths?.join() ?? null,
        environments.map(each => each.state).join(),
        checks,
        verdict.kind,
      ]),
      [
        ['checkout', 'apps/admin/**', 'off', 2, 'off'],
        ['checkout', 'apps/shop/**', 'on', 2, 'launched'],
        ['banner', null, 'on', 2, 'launched'],
        ['shop-only', 'apps/shop/**', 'on', 1, 'launched'],
        ['shop-only', 'apps/admin/**', '', 1, 'unknown'],
      ],
    );
    const table = renderFlagsTable(snapshot, { width: 100, paint: plainPaint });
    assert.match(table, /checkout \(apps\/admin\) {2,}off /);
    assert.match(table, /checkout \(apps\/shop\) {2,}on /);
    assert.match(flagsMarkdown(snapshot), /\| `checkout` \(apps\/shop\) \| on \|/);
    const story = renderFlagStory(snapshot, 'checkout', { width: 100, paint: plainPaint });
    assert.match(story, /^checkout {2}in apps\/admin$[\s\S]*^checkout {2}in apps\/shop$/m);
  });

  it('shows both in the Flags view, and groups them by system and project', async () => {
    const snapshot = await monorepo();
    const rows = flagsView(snapshot).rows.flatMap(group =>
      group.children.map(row => `${row.label}: ${row.description}`),
    );
    assert.ok(rows.includes('checkout: off · apps/admin'), rows.join('\n'));
    assert.ok(rows.includes('checkout: on · apps/shop'));
    assert.ok(rows.includes('banner: on'));
    const groups = flagsView(snapshot, { groupBy: 'system', filter: '' }).rows.map(
      ({ label, children }) => `${label}: ${children.map(row => row.label).join()}`,
    );
    assert.deepEqual(groups, [
      'flagd: banner',
      'flagd · apps/admin: checkout',
      'flagd · apps/shop: checkout,shop-only',
      'Not defined: shop-only',
    ]);
    const filtered = flagsView(snapshot, { groupBy: 'verdict', filter: 'apps/admin checkout' }).rows;
    assert.deepEqual(
      filtered.flatMap(group => group.children.map(row => row.description)),
      ['off · apps/admin'],
    );
    const ids = flagsView(snapshot).rows.flatMap(group => group.children.map(row => row.id));
    assert.equal(new Set(ids).size, ids.length);
    for (const { key, id, children, place } of flagsView(snapshot).rows.flatMap(group => group.children)) {
      assert.deepEqual(rowsBelowFlag(snapshot, key!, id), children);
      const asked = { groupBy: 'verdict', filter: '', below: 'asked' } as const;
      const row = flagsView(snapshot, asked).rows.flatMap(group => group.children.filter(each => each.id === id))[0]!;
      assert.deepEqual([row.below, row.children, row.place], ['asked', [], place]);
    }
  });

  it('holds what flag servers say to the paths of their entries, and waits only for those of the place', async () => {
    const world = await worldOf(MONOREPO.replace(/\/\/- \/apps\/(shop|admin)\/\w+\.flagd\.json\n.*\n/g, ''));
    const server = (name: string, paths: readonly string[], asOf: string | null) => ({
      system: 'unleash',
      title: 'Unleash',
      server: name,
      origin: 'https://u.test',
      project: name,
      paths,
      state: asOf === null ? ('asking' as const) : ('live' as const),
      asOf,
      flags: 1,
      problem: null,
      failure: null,
      gaps: [],
      notices: [],
    });
    const flag: Flag = { ...flagWithoutPlace('checkout', 'unleash'), server: 'shop', paths: ['apps/shop/**'] };
    world.host.setServed({
      flags: [flag],
      sources: [server('shop', ['apps/shop/**'], '2026-11-01T00:00:00Z'), server('admin', ['apps/admin/**'], null)],
    });
    const snapshot = world.host.snapshot(NOW);
    assert.deepEqual(messages(snapshot, 'apps/shop/pay.ts', 'unknown-flag').length, 1, 'shop-only');
    assert.deepEqual(messages(snapshot, 'apps/admin/users.ts', 'unknown-flag'), [], 'admin has not said its flags');
    assert.deepEqual(
      inProjects(snapshot, 'checkout').map(({ paths }) => paths),
      [['apps/shop/**'], ['apps/admin/**']],
    );
  });

  it('follows an edit of the configuration', async () => {
    const world = await worldOf(MONOREPO);
    assert.deepEqual(labels(world.snapshot, 'apps/admin/users.ts')[0], 'checkout: off');
    world.host.setText('flagbook.json', '{}');
    assert.equal(world.host.snapshot(NOW).projects, null);
    world.host.setText('flagbook.json', JSON.stringify({ flagSystems: [{ kind: 'flagd', paths: ['apps/*/**'] }] }));
    const snapshot = world.host.snapshot(NOW);
    assert.match(hoverText(snapshot, 'apps/admin/users.ts', 'checkout'), /on for everyone[\s\S]*off/);
  });
});

describe('paths of flag systems', () => {
  const problemsOf = async (paths: unknown) => {
    const text = MONOREPO.replace(JSON.stringify(CONFIG), JSON.stringify({ flagSystems: [{ kind: 'flagd', paths }] }));
    return (await worldOf(text)).snapshot.configProblems;
  };

  it('that nothing is in are reported where they stand, with what was probably meant', async () => {
    const cases = [
      ['apps/shop', 'No file of this repository is in "apps/shop": "apps/shop/**" is all that is in the folder.'],
      ['./apps/shop/**', 'stay below it'],
      ['apps\\shop\\**', '"apps/shop/**" is all that is in the folder.'],
      ['apps/shp/**', 'No file of this repository is in "apps/shp/**".'],
      ['/apps/shop/**', 'paths are relative to flagbook.json'],
      ['../shop/**', 'paths are relative to flagbook.json'],
    ] as const;
    for (const [glob, expected] of cases) {
      const [problem, ...more] = await problemsOf(['apps/admin/**', glob]);
      assert.ok(problem?.message.includes(expected), `${glob}: ${problem?.message}`);
      assert.deepEqual(more, []);
      const text = JSON.stringify({ flagSystems: [{ kind: 'flagd', paths: ['apps/admin/**', glob] }] });
      assert.equal(text.slice(problem!.place!.span.start, problem!.place!.span.end), JSON.stringify(glob));
    }
    assert.deepEqual(await problemsOf(['apps/admin/**', 'apps/shop/*.ts']), []);
    assert.equal((await problemsOf([])).length, 1);
    assert.equal((await problemsOf('apps/**')).length, 1);
  });

  it('hold for the flag files that an entry names, or that stand in them', () => {
    const systems = [
      { kind: 'flagd', files: ['flags/shop.json', 'flags/both.json'], paths: ['apps/shop/**'] },
      { kind: 'unleash', url: 'https://u.test', paths: ['apps/admin/**', 'libs/**'] },
      { kind: 'flagd', files: ['flags/both.json'], paths: ['libs/**'] },
      { kind: 'flagd', files: ['apps/shop/for-all.json'] },
    ];
    const { config, problems } = decodeConfig(JSON.stringify({ flagSystems: systems }), 'flagbook.json');
    assert.deepEqual(problems, []);
    const pathsOf = (path: string) => pathsOfFlagFile(config, path)?.join() ?? 'everywhere';
    assert.equal(pathsOf('flags/shop.json'), 'apps/shop/**');
    assert.equal(pathsOf('flags/both.json'), 'apps/shop/**,libs/**');
    assert.equal(pathsOf('apps/admin/x.json'), 'apps/admin/**,libs/**');
    assert.equal(pathsOf('apps/shop/x.json'), 'apps/shop/**');
    assert.equal(pathsOf('apps/shop/for-all.json'), 'everywhere');
    assert.equal(pathsOf('other/x.json'), 'everywhere');
  });

  it('are completed with the folders of the repository, those with a project of their own first', async () => {
    const config = '{ "flagSystems": [{ "kind": "flagd", "paths": ["apps/$0"] }] }';
    const world = await worldOf(
      MONOREPO.replace(JSON.stringify(CONFIG), config).replace(
        '//- /libs',
        '//- /apps/shop/package.json\n{}\n//- /libs',
      ),
    );
    const offset = world.fixture.cursor!.offset;
    const offered = completions(world.snapshot, 'flagbook.json', offset);
    assert.deepEqual(
      offered.map(({ label, detail }) => `${label} ${detail}`.trim()),
      ['apps/shop/** package.json', 'apps/**', 'apps/admin/**', 'flags/**', 'libs/**'],
    );
    assert.deepEqual(offered[0]!.span, { start: offset - 'apps/'.length, end: offset });
    assert.deepEqual(completions(world.snapshot, 'flagbook.json', offset - 20), []);
    assert.deepEqual(completions(world.snapshot, 'flagbook.json', offset + 3), []);
  });

  it('give a project its name', () => {
    assert.equal(projectName(['apps/shop/**']), 'apps/shop');
    assert.equal(projectName(['apps/shop/**', 'libs/pay/**/*']), 'apps/shop and libs/pay');
    assert.equal(projectName(['a/**', 'b/**', 'c/**', 'd/**']), 'a, b and 2 more');
  });
});
