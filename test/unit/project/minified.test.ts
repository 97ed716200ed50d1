/** What a minifier made is not parsed: its size costs as much as a hundred files that somebody wrote, and its keys stand elsewhere. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isMinified } from '../../../server/src/sources/files/access.ts';
import { createDiskAccess } from '../../../server/src/sources/files/disk.ts';
import { createProject } from '../../../server/src/sources/project/project.ts';
import { loadGrammars } from '../../support/facts.ts';
import { FILES_ALONE } from '../../support/filesAlone.ts';
import { makeTemporaryFolder } from '../../support/temporaryFolder.ts';

const CHECK = "import{OpenFeature as o}from'@openfeature/web-sdk';o.getClient().getBooleanValue('KEY',!1);";
/** Nothing that matters, as long as a library. */
const LIBRARY = 'function a(b,c){return b+c}'.repeat(1500);
const WRITTEN = 'export const nothing = { of: "interest" };\n'.repeat(900);

describe('minified scripts', () => {
  it('are left unparsed and counted, where they would have been parsed', async () => {
    const root = makeTemporaryFolder('minified');
    const write = (path: string, text: string): void => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    };
    write('public/agent.js', `// A licence\n${LIBRARY}${CHECK.replace('KEY', 'minified')}\n`);
    write('public/other.min.js', LIBRARY);
    write('src/long.js', `${WRITTEN}${CHECK.replace('KEY', 'long')}\n`);
    write('src/short.js', CHECK.replace('KEY', 'short'));
    const project = createProject({
      grammars: await loadGrammars('javascript'),
      access: createDiskAccess(root, { git: false }),
      now: () => 0,
      ...FILES_ALONE,
    });
    const summary = await project.index();
    const keys = () => [...project.host.snapshot(0).checks.keys()].sort();
    assert.deepEqual([...summary.skipped], [['minified', 1]]);
    assert.deepEqual(keys(), ['long', 'short']);
    write('public/agent.js', `// Another licence\n${LIBRARY}${CHECK.replace('KEY', 'minified')}\n`);
    await project.filesChanged(['public/agent.js']);
    assert.deepEqual(keys(), ['long', 'short']);
  });

  it('are told by their lines, in bytes as in texts', () => {
    const cases: readonly (readonly [string, string, boolean])[] = [
      ['a.js', LIBRARY, true],
      ['a.mjs', LIBRARY, true],
      ['a.js', LIBRARY.slice(0, 15_000), false],
      ['a.js', WRITTEN, false],
      ['a.ts', LIBRARY, false],
      ['a.js', `${'\n'.repeat(45)}${LIBRARY}`, false],
      ['a.js', `${'\n'.repeat(36)}${LIBRARY}`, true],
    ];
    for (const [path, text, expected] of cases) {
      assert.equal(isMinified(path, text), expected, `${path} ${text.length}`);
      assert.equal(isMinified(path, new TextEncoder().encode(text)), expected);
    }
  });
});
