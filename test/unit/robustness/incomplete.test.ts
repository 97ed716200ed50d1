/** A repository that is read in part: what could not be read is said, and what is not known is not called missing. */
import assert from 'node:assert/strict';
import { decorations } from '../../../server/src/core/features/decorations.ts';
import { diagnostics } from '../../../server/src/core/features/diagnostics.ts';
import { flagLines } from '../../../server/src/core/features/flagLines.ts';
import { flagsView } from '../../../server/src/core/features/flagsView.ts';
import { inlayHints } from '../../../server/src/core/features/inlayHints.ts';
import { createGrammars, type Grammars } from '../../../server/src/core/languages/grammars.ts';
import type { Snapshot } from '../../../server/src/core/snapshot.ts';
import type { FileAccess } from '../../../server/src/sources/files/access.ts';
import { createProject, type Project } from '../../../server/src/sources/project/project.ts';
import { FILES_ALONE } from '../../support/filesAlone.ts';
import { readWasm } from '../../support/wasm.ts';
import { allGrammars, NOW } from '../../support/world.ts';

const FILES: ReadonlyMap<string, string> = new Map([
  [
    'a.rb',
    "client = OpenFeature::SDK.build_client\nclient.fetch_boolean_value(flag_key: 'from-ruby', default_value: false)\n",
  ],
  ['a.ts', checkOf('from-typescript')],
  ['app.html.erb', '<% if true %><% end %>'],
  ['b.py', "from openfeature import api\napi.get_client().get_boolean_value('from-python', False)\n"],
  ['flags/a.flagd.json', flagdOf('from-typescript')],
  ['flags/b.flagd.json', flagdOf('from-python')],
]);

function checkOf(key: string): string {
  return `import { OpenFeature } from '@openfeature/server-sdk';\nOpenFeature.getClient().getBooleanValue('${key}', false);\n`;
}

function flagdOf(key: string): string {
  return JSON.stringify({ flags: { [key]: { state: 'ENABLED', variants: { on: true }, defaultVariant: 'on' } } });
}

const access: FileAccess = {
  list: async () => [...FILES.keys()],
  read: async path => ({ kind: 'text', text: FILES.get(path) ?? '' }),
};

function projectWith(grammars: Grammars, files: FileAccess): Project {
  return createProject({
    grammars,
    access: files,
    now: () => NOW,
    ...FILES_ALONE,
  });
}

describe('a grammar that is missing or broken', () => {
  const broken: readonly (readonly [string, (name: string) => Promise<Uint8Array>])[] = [
    ['missing', async () => Promise.reject(new Error('ENOENT: no such file'))],
    ['empty', async () => new Uint8Array()],
    ['cut', async name => (await readWasm(name)).slice(0, 5_000)],
    ['not one', async () => new TextEncoder().encode('<!doctype html>')],
  ];
  for (const [how, read] of broken) {
    it(`turns off its own languages, says so once, and stops nothing else: ${how}`, async () => {
      const grammars = await createGrammars(name => (name === 'tree-sitter-ruby' ? read(name) : readWasm(name)));
      const project = projectWith(grammars, access);
      await project.index();
      const snapshot = project.host.snapshot(NOW);
      assert.deepEqual([...snapshot.checks.keys()].sort(), ['from-python', 'from-typescript']);
      assert.equal(grammars.missing().length, 1);
      assert.match(
        grammars.missing()[0]!,
        /^The grammar tree-sitter-ruby can't be loaded \(.+\): .* not read: erb, ruby\. /,
      );
      assert.equal(grammars.failure(), null);
      assert.equal(snapshot.completeness, 'complete');
    });
  }
});

describe('a repository that is not read to its end', () => {
  const UNKNOWN = checkOf('nobody-knows');

  it('has no unknown flags while it is read', async () => {
    let release = (): void => {};
    let reached = (): void => {};
    const isReached = new Promise<void>(resolve => {
      reached = resolve;
    });
    const project = projectWith(await allGrammars(), {
      list: access.list,
      async read(path) {
        if (path === 'flags/b.flagd.json') {
          reached();
          await new Promise<void>(resolve => {
            release = resolve;
          });
        }
        return access.read(path);
      },
    });
    const indexing = project.index();
    await isReached;
    // Read before its neighbour: without it, everything would be unknown.
    project.host.setText('flags/a.flagd.json', FILES.get('flags/a.flagd.json')!);
    project.host.openDocument('new.ts', UNKNOWN);
    assertNothingUnknown(project.host.snapshot(NOW), /still being read/);
    release();
    await indexing;
    assert.deepEqual(unknownsIn(project.host.snapshot(NOW)), ['unknown-flag', 'unknown', 'unknown flag', 2]);
  });

  it('has no unknown flags after reading failed', async () => {
    const project = projectWith(await allGrammars(), {
      list: access.list,
      read: async path => (path === 'b.py' ? Promise.reject(new Error('gone')) : access.read(path)),
    });
    await assert.rejects(project.index(), /gone/);
    project.host.openDocument('new.ts', UNKNOWN);
    assertNothingUnknown(project.host.snapshot(NOW), /could not be read to its end/);
  });
});

function assertNothingUnknown(snapshot: Snapshot, why: RegExp): void {
  assert.ok(snapshot.flags.size > 0);
  assert.deepEqual(unknownsIn(snapshot), [undefined, 'check', undefined, undefined]);
  assert.doesNotMatch(JSON.stringify(flagsView(snapshot)), /group:Unknown/);
  assert.match(JSON.stringify(flagLines(snapshot, 'nobody-knows', null)), why);
}

/** Where a flag of `new.ts` is called unknown: finding, highlight, hint, badge. */
function unknownsIn(snapshot: Snapshot): readonly unknown[] {
  const path = 'new.ts';
  const whole = { start: 0, end: 1_000 };
  return [
    diagnostics(snapshot, path)[0]?.code,
    decorations(snapshot, path)[0]?.style,
    inlayHints(snapshot, path, whole).find(({ label }) => label === 'unknown flag')?.label,
    flagsView(snapshot).badge?.value,
  ];
}
