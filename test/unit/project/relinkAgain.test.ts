/**
 * Changed files that are linked again by what the last scan's link left: after any edits of what declares keys, wraps checks, imports and
 * asks, what is told is what a whole scan finds. Few edits may need a whole scan.
 */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeTemporaryFolder } from '../../support/temporaryFolder.ts';
import { randomNumbers, writeSettled } from './changingFiles.ts';
import { again, scanWhole } from './scanningAgain.ts';

const FILES: Readonly<Record<string, string>> = {
  'keys/flags.ts':
    "export const A = 'a-key';\nexport const B = 'b-key';\nexport enum Flag {\n  Pay = 'pay',\n  Ship = 'ship',\n}\nexport const KEYS = { search: 'search', list: `team-list` } as const;\n",
  'keys/index.ts': "export * from './flags';\nexport { A as First } from './flags';\n",
  'client.ts':
    "import { OpenFeature } from '@openfeature/server-sdk';\nconst client = OpenFeature.getClient();\nexport async function released(key: string) {\n  return client.getBooleanValue(key, false);\n}\nexport function plain() {\n  return 1;\n}\n",
  'team.ts':
    "import { released } from './client';\nexport function releasedForTeam(name: string) {\n  return released('team-' + name);\n}\n",
  'accessors.ts':
    "import { released } from './client';\nimport { Flag } from './keys';\nexport function isPayOn() {\n  return released(Flag.Pay);\n}\n",
  'use/one.ts':
    "import { released } from '../client';\nimport { A, Flag } from '../keys';\nexport async function one() {\n  if (await released(A)) go();\n  if (await released(Flag.Ship)) go();\n}\n",
  'use/two.tsx':
    "import { isPayOn } from '../accessors';\nimport { released } from '../client';\nimport { First, KEYS } from '../keys';\nimport { releasedForTeam } from '../team';\nexport const Two = () => {\n  if (isPayOn()) return <b />;\n  if (released(KEYS.search) || released(First)) return <i />;\n  return releasedForTeam('x') ? <u /> : null;\n};\n",
  'dull.ts': 'export const nothing = 1;\n',
  'py/names.py': 'PAY = "py-pay"\nSHIP = "py-ship"\n',
  'py/gates.py':
    'from openfeature import api\nfrom .names import PAY\n\nclient = api.get_client()\n\ndef is_on(key):\n    return client.get_boolean_value(key, False)\n\ndef pay_on():\n    return is_on(PAY)\n',
  'py/job.py':
    'from .gates import is_on, pay_on\nfrom .names import SHIP\n\ndef job():\n    if is_on(SHIP):\n        run()\n    return pay_on()\n',
  'go/names.go': 'package gate\n\nconst (\n\tPay = "go-pay"\n\tShip = "go-ship"\n)\n',
  'go/gate.go':
    'package gate\n\nimport "github.com/open-feature/go-sdk/openfeature"\n\nvar client = openfeature.NewClient("x")\n\nfunc IsOn(ctx context.Context, key string) bool {\n\ton, _ := client.BooleanValue(ctx, key, false, openfeature.EvaluationContext{})\n\treturn on\n}\n\nfunc Work(ctx context.Context) {\n\tif IsOn(ctx, Ship) {\n\t\trun()\n\t}\n}\n',
  'java/Keys.java': 'package shop;\n\nclass Keys {\n  static final String PAY = "java-pay";\n}\n',
  'java/Use.java':
    'package shop;\n\nimport dev.openfeature.sdk.Client;\n\nclass Use {\n  Client client;\n  boolean pay() {\n    return client.getBooleanValue(Keys.PAY, false);\n  }\n}\n',
  'own.ts': 'export class FeatureFlags {\n  isEnabled(name: string) {\n    return true;\n  }\n}\n',
  'asks.ts':
    "import { FeatureFlags } from './own';\nconst flags = new FeatureFlags();\nexport const asked = flags.isEnabled('own-key');\n",
  'flags.flagd.json': '{"flags":{"a-key":{"state":"ENABLED","variants":{"on":true},"defaultVariant":"on"}}}',
  'package.json': '{"name":"x"}',
};

/** What is put into files, by their endings. */
const PIECES: Readonly<Record<string, readonly string[]>> = {
  ts: [
    '\n',
    '// released(A)\n',
    "released('c-key');\n",
    'released(A);\n',
    'released(Flag.Pay);\n',
    "const C = 'c-key';\n",
    'released(C);\n',
    "import { B } from './keys';\n",
    "import { released } from '../client';\n",
    "export const B = 'other-key';\n",
    'isPayOn();\n',
    'const isShipOn = () => released(Flag.Ship);\n',
    'export function also(key: string) {\n  return released(key);\n}\n',
    "flags.isEnabled('more-own');\n",
    '/* @launchdarkly/node-server-sdk */\n',
  ],
  py: [
    '\n',
    '# nothing\n',
    'is_on("new-py")\n',
    'is_on(PAY)\n',
    'PAY = "moved"\n',
    'pay_on()\n',
    'def also(k):\n    return is_on(k)\n',
  ],
  go: ['\n', '// nothing\n', 'var _ = IsOn(nil, "new-go")\n', 'const More = "more-go"\n', 'var _ = IsOn(nil, More)\n'],
  java: ['\n', '// nothing\n', '  boolean also() { return client.getBooleanValue("new-java", true); }\n'],
};

describe('linking changed files again', () => {
  const folder = makeTemporaryFolder('relink-again');

  for (const seed of [7, 2024])
    it(`tells what a whole scan finds, after any edits (${seed})`, async () => {
      const { root, cache } = place(`edits-${seed}`);
      const random = randomNumbers(seed);
      const names = Object.keys(FILES).filter(name => PIECES[endingOf(name)] !== undefined);
      const texts = new Map(Object.entries(FILES));
      const count = { linked: 0, moved: 0 };
      await scanWhole(root, cache);
      for (let round = 0; round < 45; round++) {
        const said: string[] = [];
        for (let edits = random(3); edits >= 0; edits--) {
          const name = names[random(names.length)]!;
          const text = edited(name, texts.get(name)!, random);
          said.push(`${name}:\n${text}`);
          texts.set(name, text);
          writeSettled(root, name, text);
        }
        const found = await again(root, cache, [], undefined, how => count[how]++);
        if (found === null) await scanWhole(root, cache);
        else assert.deepEqual(found, await scanWhole(root, null), `round ${round} after\n${said.join('\n')}`);
      }
      assert.ok(count.linked >= 12, `linked ${count.linked} times, moved ${count.moved}`);
    });

  for (const [what, path, from, to] of [
    ['a check is added', 'use/one.ts', 'go();\n}', 'go();\n  released("more");\n}'],
    ['a check is taken away', 'use/one.ts', '  if (await released(A)) go();\n', ''],
    ['a key that is used elsewhere is another', 'keys/flags.ts', "'ship'", "'shipping'"],
    ['another constant is asked for', 'use/two.tsx', 'KEYS.search', 'KEYS.list'],
    ['a function gives another flag', 'accessors.ts', 'Flag.Pay', 'Flag.Ship'],
    ['a constant is imported from Python', 'py/job.py', 'is_on(SHIP)', 'is_on("direct")'],
  ] as const)
    it(`links few files when ${what}`, async () => {
      const { root, cache } = place(what.replaceAll(' ', '-'));
      const before = await scanWhole(root, cache);
      assert.ok(FILES[path]!.includes(from));
      // Lines move as well.
      writeSettled(root, path, `\n${FILES[path]!.replace(from, to)}`);
      const read: string[] = [];
      const how: string[] = [];
      const found = await again(root, cache, read, undefined, told => how.push(told));
      assert.deepEqual(found, await scanWhole(root, null));
      assert.notDeepEqual(found, before);
      assert.deepEqual(how, ['linked']);
      assert.deepEqual(await again(root, cache), found);
    });

  for (const [what, path, from, to] of [
    ['a function wraps a check now', 'client.ts', 'plain() {\n  return 1', 'plain(k: string) {\n  return released(k)'],
    ['a file is imported that nobody knows', 'use/one.ts', "'../keys'", "'../dull'"],
    ['another SDK is mentioned', 'use/one.ts', 'go();', 'go("@launchdarkly/node-server-sdk");'],
  ] as const)
    it(`tells nothing when ${what}`, async () => {
      const { root, cache } = place(what.replaceAll(' ', '-'));
      await scanWhole(root, cache);
      assert.ok(FILES[path]!.includes(from));
      writeSettled(root, path, FILES[path]!.replace(from, to));
      assert.equal(await again(root, cache), null);
    });

  it('tells nothing by links that are spoilt, cut, gone or of another scan', async () => {
    const { root, cache } = place('spoilt');
    const edit = (key: string) =>
      writeSettled(root, 'use/one.ts', FILES['use/one.ts']!.replace('released(A)', `released("${key}")`));
    const file = (kind: string) => join(cache, readdirSync(cache).find(name => name.startsWith(`${kind}-`))!);
    const spoil: Readonly<Record<string, () => void>> = {
      links: () => flip(file('links')),
      linked: () => flip(file('linked')),
      cut: () => truncateSync(file('links'), 100),
      gone: () => rmSync(file('linked')),
    };
    for (const [what, how] of Object.entries(spoil)) {
      await scanWhole(root, cache);
      how();
      edit(what);
      assert.equal(await again(root, cache).catch(() => null), null, what);
    }
    await scanWhole(root, cache);
    const older = readFileSync(file('links'));
    edit('more');
    assert.notEqual(await again(root, cache), null);
    writeFileSync(file('links'), older);
    edit('most');
    assert.equal(await again(root, cache), null);
  });

  function place(name: string): { readonly root: string; readonly cache: string } {
    const root = join(folder, name, 'root');
    for (const [path, text] of Object.entries(FILES)) writeSettled(root, path, text);
    return { root, cache: join(folder, name, 'cache') };
  }
});

/** Every byte, so that facts are spoilt whichever are read. */
function flip(path: string): void {
  writeFileSync(
    path,
    readFileSync(path).map((byte, at) => (at < 64 ? byte : byte ^ 1)),
  );
}

function edited(name: string, text: string, random: (below: number) => number): string {
  const lines = text.split('\n');
  const at = random(lines.length);
  switch (random(8)) {
    case 0:
      return FILES[name]!;
    case 1:
      return lines.filter((_, index) => index !== at).join('\n');
    case 2:
      return text.replace(/'[a-z]-key'/, `'${'abcz'[random(4)]}-key'`);
    case 3:
      return text.replace(/\bFlag\.\w+/, `Flag.${random(2) === 0 ? 'Pay' : 'Ship'}`);
    default: {
      const pieces = PIECES[endingOf(name)]!;
      const piece = pieces[random(pieces.length)]!;
      return [...lines.slice(0, at), piece + lines.slice(at).join('\n')].join('\n');
    }
  }
}

function endingOf(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1).replace('tsx', 'ts');
}
