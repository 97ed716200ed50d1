// Looking for a text in files that hold no flags.
import assert from 'node:assert/strict';
import type { FileAccess } from '../../../server/src/sources/files/access.ts';
import { textsWith } from '../../../server/src/sources/project/textsWith.ts';
import { worldOf } from '../../support/world.ts';

describe('texts with a word', () => {
  const files: Readonly<Record<string, string>> = {
    'README.md': 'Ask for new-checkout.',
    'deploy/values.yaml': 'flag: new-checkout',
    'docs/other.md': 'Nothing of the kind.',
  };
  const access: FileAccess = {
    list: async () => Object.keys(files),
    read: async path =>
      files[path] === undefined ? { kind: 'skipped', reason: 'missing' } : { kind: 'text', text: files[path] },
  };

  it('are those of files that the host does not hold', async () => {
    const { host } = await worldOf(`
//- /src/a.ts
import { OpenFeature } from '@openfeature/server-sdk';
export const a = await OpenFeature.getClient().getBooleanValue('new-checkout', false);
`);
    host.setPaths(['src/a.ts', 'gone.md', ...Object.keys(files)], new Map());
    const found = await textsWith(host, access, 'new-checkout', new AbortController().signal);
    assert.deepEqual(
      [...found],
      [
        ['README.md', files['README.md']],
        ['deploy/values.yaml', files['deploy/values.yaml']],
      ],
    );
  });

  it('are not looked for any longer when nobody waits', async () => {
    const { host } = await worldOf('//- /src/a.ts\nexport const a = 1;\n');
    host.setPaths(Object.keys(files), new Map());
    assert.equal((await textsWith(host, access, 'new-checkout', AbortSignal.abort())).size, 0);
  });
});
