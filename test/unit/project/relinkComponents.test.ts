/**
 * The same where an SDK gives flags to components (`relinkAgain.test.ts`): a file that gives none and is given none is linked again alone, and
 * whatever is edited, what is told is what a whole scan finds.
 */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { makeTemporaryFolder } from '../../support/temporaryFolder.ts';
import { randomNumbers, writeSettled } from './changingFiles.ts';
import { again, scanWhole } from './scanningAgain.ts';

const SDK = "'launchdarkly-react-client-sdk'";

const FILES: Readonly<Record<string, string>> = {
  'nav.tsx': `import { withLDConsumer } from ${SDK};\nfunction Nav({ flags }) {\n  return flags.newNav ? <b /> : null;\n}\nexport default withLDConsumer()(Nav);\n`,
  'side.tsx': 'export function Side({ flags, size }) {\n  return flags.side ? <b>{size.width}</b> : null;\n}\n',
  'foot.tsx': 'export function Foot({ myFlags }) {\n  return myFlags.foot ? <b /> : null;\n}\n',
  'given.tsx': `import { withLDConsumer, useFlags } from ${SDK};\nimport { Foot } from './foot';\nimport { Side } from './side';\nexport const LDSide = withLDConsumer()(Side);\nexport const Page = () => <Foot myFlags={useFlags()} />;\n`,
  'page.tsx': `import { useFlags, useLDClient } from ${SDK};\nimport { KEY } from './keys';\nexport const Page = () => {\n  const client = useLDClient();\n  if (client.variation(KEY, false)) return null;\n  return useFlags().page ? <i /> : null;\n};\n`,
  'keys.ts': "export const KEY = 'a-key';\n",
};

const PIECES: readonly string[] = [
  '\n',
  '// nothing\n',
  'const other = 1;\n',
  "client.variation('b-key', false);\n",
  'const { nav } = useFlags();\n',
  'export const Side = ({ flags }) => flags.other;\n',
  'export const LDSide = withLDConsumer()(Page);\n',
  'export function Foot({ flags }) { return flags.foot; }\n',
];

describe('linking changed files again, where components are given flags', () => {
  const folder = makeTemporaryFolder('relink-components');
  const place = (name: string): { readonly root: string; readonly cache: string } => {
    const root = join(folder, name, 'root');
    for (const [path, text] of Object.entries(FILES)) writeSettled(root, path, text);
    return { root, cache: join(folder, name, 'cache') };
  };

  it('tells what a whole scan finds, after any edits', async () => {
    const { root, cache } = place('edits');
    const random = randomNumbers(11);
    const names = Object.keys(FILES);
    const texts = new Map(Object.entries(FILES));
    let linked = 0;
    await scanWhole(root, cache);
    for (let round = 0; round < 60; round++) {
      const name = names[random(names.length)]!;
      const lines = texts.get(name)!.split('\n');
      const at = random(lines.length);
      const kind = random(5);
      if (kind === 1) lines.splice(at, 1);
      else if (kind > 1) lines.splice(at, 0, PIECES[random(PIECES.length)]!.trimEnd());
      const text = kind === 0 ? FILES[name]! : lines.join('\n');
      texts.set(name, text);
      writeSettled(root, name, text);
      const found = await again(root, cache, [], undefined, how => {
        if (how === 'linked') linked++;
      });
      if (found === null) await scanWhole(root, cache);
      else assert.deepEqual(found, await scanWhole(root, null), `round ${round}: ${name}\n${text}`);
    }
    assert.ok(linked >= 8, `linked ${linked} times`);
  });

  for (const [what, path, from, to, isLinked] of [
    ['a file asks for another flag', 'page.tsx', 'useFlags().page', 'useFlags().other', true],
    ['a key that it imports is another', 'keys.ts', 'a-key', 'z-key', true],
    ['a component is called something else', 'side.tsx', 'Side', 'Sides', false],
    ['what gives the flags is another', 'given.tsx', '(Side)', '(Foot)', false],
  ] as const) {
    it(`${isLinked ? 'links few files' : 'tells nothing'} when ${what}`, async () => {
      const { root, cache } = place(what.replaceAll(' ', '-'));
      await scanWhole(root, cache);
      writeSettled(root, path, FILES[path]!.replace(from, to));
      const how: string[] = [];
      const found = await again(root, cache, [], undefined, told => how.push(told));
      assert.deepEqual(how, isLinked ? ['linked'] : []);
      if (found !== null) assert.deepEqual(found, await scanWhole(root, null));
      if (found !== null) assert.deepEqual(await again(root, cache), found);
    });
  }
});
