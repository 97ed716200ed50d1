// A repository of 500 flags and 5,000 checks in two languages: keys as texts, as constants of another file, through a wrapper and
// through accessors that other files declare.
import { ecmaScriptFunction, pythonFunction } from './codeWriter.ts';
import { createRandom } from './random.ts';

export const FLAGS = 500;
const FILES = 250;
const CHECKS_A_FILE = 20;

/** Its files by path. */
export function manyChecks(): ReadonlyMap<string, string> {
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
