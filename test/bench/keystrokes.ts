// What a keystroke costs in a repository of 500 flags and 5,000 checks, in process: the incremental parse, the linking of all checks, and the
// snapshot made of them. Checks stand in files of every kind that links in a way of its own, through constants, wrappers and
// accessors that other files declare. The sources are bundled as the product's are, because what runs under a test's loader is
// slower than what ships.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadBundled } from './bundled.ts';
import { ecmaScriptFunction, pythonFunction } from './codeWriter.ts';
import type { Bench } from './main.ts';
import { createRandom } from './random.ts';
import { type Row, rowWithin } from './table.ts';

const FLAGS = 500;
const FILES = 250;
const CHECKS_A_FILE = 20;
const TIMES = 60;
const LIMIT = 20;

/** What is bundled. */
const ENTRY = `
export { createHost, languagesOf } from './server/src/core/host.ts';
export { createGrammars } from './server/src/core/languages/grammars.ts';
export { decodeFlagFile } from './server/src/sources/flag-systems/registry.ts';
`;

interface Core {
  readonly createHost: typeof import('../../server/src/core/host.ts').createHost;
  readonly languagesOf: typeof import('../../server/src/core/host.ts').languagesOf;
  readonly createGrammars: typeof import('../../server/src/core/languages/grammars.ts').createGrammars;
  readonly decodeFlagFile: import('../../server/src/core/host.ts').DecodeFlagFile;
}

export async function measureKeystrokes({ dist, scratch }: Bench): Promise<readonly Row[]> {
  const core = await loadBundled<Core>(ENTRY, join(scratch, 'core.mjs'));
  const grammars = await core.createGrammars(name => readFile(join(dist, 'wasm', `${name}.wasm`)));
  const files = manyChecks();
  await grammars.load(core.languagesOf(files.keys()));
  const host = core.createHost({ grammars, decodeFlagFile: core.decodeFlagFile, now: () => 0 });
  host.setPaths(files.keys(), new Map());
  for (const [path, text] of files) host.setText(path, text);
  const checks = [...host.snapshot(0).checks.values()].flat().filter(({ role }) => role === 'check').length;
  const path = 'src/part7.ts';
  const text = files.get(path)!;
  host.openDocument(path, text);
  host.snapshot(0);
  const type = (at: number, word: string): readonly number[] => {
    const times: number[] = [];
    for (let round = 0; round < TIMES; round++) {
      const started = performance.now();
      const edit =
        round % 2 === 0
          ? { start: at, oldEnd: at, inserted: word }
          : { start: at, oldEnd: at + word.length, inserted: '' };
      host.editDocument(path, [edit]);
      host.snapshot(0);
      times.push(performance.now() - started);
    }
    return times;
  };
  const where = `${host.snapshot(0).flags.size} flags, ${checks} checks`;
  const places: readonly (readonly [string, number, string])[] = [
    ['in a comment', text.indexOf('    // ') + 9, 'x'],
    ['in a number', text.indexOf('let total = ') + 12, '7'],
    ['in a called name', text.indexOf('logger.debug') + 8, 'x'],
    ['in a local name', text.indexOf('const parts') + 8, 'x'],
    ['in a key', text.indexOf("'flag-") + 3, 'x'],
    [
      'of a function declared and taken back',
      text.lastIndexOf('export async function'),
      'export function added() {}\n',
    ],
  ];
  return places.map(([what, at, word]) => rowWithin(`keystroke ${what} linked, ${where}`, type(at, word), LIMIT));
}

/** A repository in two languages: keys as texts, as constants of another file, through a wrapper and through accessors. */
function manyChecks(): ReadonlyMap<string, string> {
  const random = createRandom(7);
  const flags = Array.from({ length: FLAGS }, (_, at) => `flag-${at}`);
  const files = new Map<string, string>();
  const definitions = flags.map(flag => [
    flag,
    { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'off' },
  ]);
  files.set('flags/all.flagd.json', JSON.stringify({ flags: Object.fromEntries(definitions) }, null, 1));
  const constants = flags.map((flag, at) => `export const FLAG_${at} = '${flag}';`);
  files.set('src/constants.ts', `${constants.join('\n')}\n`);
  files.set(
    'src/released.ts',
    [
      "import { OpenFeature } from '@openfeature/server-sdk';",
      'const client = OpenFeature.getClient();',
      'export function isReleased(key: string): Promise<boolean> {',
      '  return client.getBooleanValue(key, false);',
      '}',
      "export const isNewBasketOn = () => client.getBooleanValue('flag-0', false);",
      '',
    ].join('\n'),
  );
  const forms: readonly ((at: number) => string)[] = [
    at => `await client.getBooleanValue('flag-${at}', false)`,
    at => `await client.getBooleanValue(FLAG_${at}, false)`,
    at => `await isReleased('flag-${at}')`,
    at => `await isReleased(FLAG_${at})`,
  ];
  for (let file = 0; file < FILES; file++) {
    const keys = Array.from({ length: CHECKS_A_FILE }, () => random.below(FLAGS));
    if (file % 5 === 4) {
      const functions = keys.flatMap(at => pythonFunction(random, `client.get_boolean_value("flag-${at}", False)`));
      const head = ['from openfeature import api', '', 'client = api.get_client()', '', ''];
      files.set(`lib/part${file}.py`, `${[...head, ...functions].join('\n')}\n`);
      continue;
    }
    const functions = keys.flatMap((at, index) =>
      ecmaScriptFunction(random, 'typed', forms[index % forms.length]!(at)),
    );
    const head = [
      "import { OpenFeature } from '@openfeature/server-sdk';",
      `import { ${[...new Set(keys)].map(at => `FLAG_${at}`).join(', ')} } from './constants';`,
      "import { isReleased } from './released';",
      'const client = OpenFeature.getClient();',
      '',
    ];
    files.set(`src/part${file}.ts`, `${[...head, ...functions].join('\n')}\n`);
  }
  return files;
}
