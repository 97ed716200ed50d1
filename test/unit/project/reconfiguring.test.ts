// What an edit of flagbook.json costs, and when what it says of files counts.
import assert from 'node:assert/strict';
import { createHost } from '../../../server/src/core/host.ts';
import type { Host } from '../../../server/src/core/hostInterface.ts';
import { decodeFlagFile } from '../../../server/src/sources/flag-systems/registry.ts';
import { loadGrammars } from '../../support/facts.ts';

const FILES = 6;

describe('an edit of flagbook.json', () => {
  it('decodes nothing where it says nothing of files, and keeps what is linked', async () => {
    const { host, decoded } = await hostWith(configuration('production', '40d'));
    const before = host.snapshot(0);
    edit(host, configuration('production', '41d'));
    await host.reconfigure(() => undefined, nobody);
    const after = host.snapshot(0);
    assert.deepEqual(decoded, []);
    assert.equal(after.config.lifetimes.release, '41d');
    assert.deepEqual(after.files.get('src/a.ts')?.checks, before.files.get('src/a.ts')?.checks);
    assert.equal(
      after.files.get('src/a.ts')?.checks[0],
      before.files.get('src/a.ts')?.checks[0],
      'the very same check',
    );
  });

  it('counts for all flag files at once, when the last is decoded', async () => {
    const { host, decoded } = await hostWith(configuration('production', '40d'));
    assert.deepEqual(environments(host), ['production']);
    edit(host, configuration('staging', '40d'));
    const seen: (readonly string[])[] = [environments(host)];
    await host.reconfigure(() => {
      seen.push(environments(host));
      return undefined;
    }, nobody);
    assert.equal(decoded.length, FILES);
    assert.ok(seen.length > FILES);
    assert.deepEqual([...new Set(seen.flat())], ['production']);
    assert.deepEqual(environments(host), ['staging']);
  });

  it('counts as it is in the end where somebody goes on typing', async () => {
    const { host } = await hostWith(configuration('production', '40d'));
    edit(host, configuration('staging', '40d'));
    let turns = 0;
    await host.reconfigure(() => {
      if (++turns === 3) edit(host, configuration('development', '40d'));
      if (turns < 20) assert.deepEqual(environments(host), ['production']);
      return undefined;
    }, nobody);
    assert.deepEqual(environments(host), ['development']);
  });

  it('leaves files as they are by then that changed meanwhile', async () => {
    const { host } = await hostWith(configuration('production', '40d'));
    edit(host, configuration('staging', '40d'));
    let turns = 0;
    await host.reconfigure(() => {
      if (++turns === 3) {
        host.setText('flags/0.flagd.json', flagd('fresh'));
        host.removeText('flags/1.flagd.json');
      }
      return undefined;
    }, nobody);
    const keys = [...host.snapshot(0).flags.keys()].sort();
    assert.deepEqual(keys, ['fresh', 'key-2', 'key-3', 'key-4', 'key-5']);
    assert.deepEqual(environments(host), ['staging']);
  });

  it('has large flag files decoded elsewhere before', async () => {
    const { host } = await hostWith(configuration('production', '40d'));
    edit(host, configuration('staging', '40d'));
    const asked: string[] = [];
    await host.reconfigure(
      () => undefined,
      path => void asked.push(path),
    );
    assert.equal(asked.filter(path => path.startsWith('flags/')).length, FILES);
    assert.ok(!asked.includes('src/a.ts'));
  });
});

const nobody = () => undefined;

function configuration(environment: string, release: string): string {
  const flagSystems = [{ kind: 'flagd', files: ['flags/*.flagd.json'], environment }];
  return JSON.stringify({ lifetimes: { release }, flagSystems });
}

function flagd(key: string): string {
  return JSON.stringify({
    flags: { [key]: { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'on' } },
  });
}

/** A host with some flag files, whose configuration is open; `decoded` are the files that it decodes from then on. */
async function hostWith(text: string) {
  const decoded: string[] = [];
  const host = createHost({
    grammars: await loadGrammars('typescript'),
    decodeFlagFile: (path, ...rest) => {
      decoded.push(path);
      return decodeFlagFile(path, ...rest);
    },
    now: () => 0,
    reconfigures: 'in parts',
  });
  const flagFiles = Array.from({ length: FILES }, (_, at) => [`flags/${at}.flagd.json`, flagd(`key-${at}`)] as const);
  host.setPaths(['flagbook.json', 'src/a.ts', ...flagFiles.map(([path]) => path)], new Map());
  host.openDocument('flagbook.json', text);
  for (const [path, content] of flagFiles) host.setText(path, content);
  host.setText(
    'src/a.ts',
    "import { OpenFeature } from '@openfeature/server-sdk';\nexport const a = OpenFeature.getClient().getBooleanValue('key-0', false);\n",
  );
  await host.reconfigure(() => undefined, nobody);
  decoded.length = 0;
  return { host, decoded };
}

function edit(host: Host, text: string): void {
  const before = host.documentText('flagbook.json')!;
  host.editDocument('flagbook.json', [{ start: 0, oldEnd: before.length, inserted: text }]);
}

function environments(host: Host): readonly string[] {
  const flags = [...host.snapshot(0).flags.values()].flat();
  return [...new Set(flags.flatMap(flag => flag.environments.map(({ environment }) => environment)))];
}
