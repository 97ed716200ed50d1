// A repository of more than 15,000 files, made the same way every time: packages of TypeScript, React, JavaScript, Python and
// Go as a company grows them. About three files in a hundred check a flag, directly, through constants of another file or
// through a wrapper; about one in a hundred only holds words that look like it.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { camelName, ecmaScriptFunction, goFunction, nounOf, pythonFunction, sentence } from './codeWriter.ts';
import { createRandom, type Random } from './random.ts';

/** Grows whenever the repository would come out differently. */
const EDITION = '1';

const FLAGS = 120;
const FILES_A_PACKAGE = 50;
const PACKAGES = { ecmaScript: 204, python: 62, go: 42 };

/** Makes sure that the repository is in `folder`, with everything committed; a second time it costs nothing. */
export function ensureLargeRepository(folder: string): void {
  const stamp = join(folder, '.git', 'edition');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === EDITION) return;
  process.stderr.write('Writing a repository of 15,000 files …\n');
  const unfinished = `${folder}.unfinished`;
  for (const old of [folder, unfinished]) rmSync(old, { recursive: true, force: true });
  for (const [path, text] of filesOf(createRandom(15_000))) {
    mkdirSync(dirname(join(unfinished, path)), { recursive: true });
    writeFileSync(join(unfinished, path), text);
  }
  const git = (...args: string[]) => execFileSync('git', args, { cwd: unfinished, stdio: 'ignore' });
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '--all');
  git('-c', 'user.name=Bench', '-c', 'user.email=bench@example.com', 'commit', '--quiet', '--message', 'Begin');
  writeFileSync(join(unfinished, '.git', 'edition'), EDITION);
  renameSync(unfinished, folder);
}

type NewFile = readonly [path: string, text: string];

function* filesOf(random: Random): Generator<NewFile> {
  yield ['package.json', `${JSON.stringify({ name: 'large', private: true, workspaces: ['packages/*'] })}\n`];
  yield ['flags/large.flagd.json', flagFile()];
  yield* sharedFlagFiles();
  for (let index = 0; index < PACKAGES.ecmaScript; index++) yield* ecmaScriptPackage(random, index);
  for (let index = 0; index < PACKAGES.python; index++) yield* pythonPackage(random, index);
  for (let index = 0; index < PACKAGES.go; index++) yield* goPackage(random, index);
}

function flagFile(): string {
  const flags = Object.fromEntries(
    Array.from({ length: FLAGS }, (_, index) => [
      keyOf(index),
      { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: index % 3 === 0 ? 'on' : 'off' },
    ]),
  );
  return `${JSON.stringify({ flags }, null, 2)}\n`;
}

function keyOf(index: number): string {
  return `release-${index}`;
}

function constantOf(index: number): string {
  return `RELEASE_${index}`;
}

/** One package a language that names the keys and wraps the SDK; all others check flags through it or directly. */
function* sharedFlagFiles(): Generator<NewFile> {
  const all = Array.from({ length: FLAGS }, (_, index) => index);
  yield ['packages/flags/package.json', `${JSON.stringify({ name: '@large/flags', version: '1.0.0' })}\n`];
  yield ['packages/flags/src/index.ts', "export * from './keys';\nexport { isReleased } from './client';\n"];
  yield [
    'packages/flags/src/keys.ts',
    `${all.map(index => `export const ${constantOf(index)} = '${keyOf(index)}';`).join('\n')}\n`,
  ];
  yield [
    'packages/flags/src/client.ts',
    `import { OpenFeature } from '@openfeature/server-sdk';\n\nconst client = OpenFeature.getClient();\n\nexport function isReleased(key: string, fallback = false): Promise<boolean> {\n  return client.getBooleanValue(key, fallback);\n}\n`,
  ];
  yield ['python/flags/__init__.py', ''];
  yield ['python/flags/keys.py', `${all.map(index => `${constantOf(index)} = "${keyOf(index)}"`).join('\n')}\n`];
  yield [
    'python/flags/client.py',
    'from openfeature import api\n\nclient = api.get_client()\n\n\ndef is_released(key: str, fallback: bool = False) -> bool:\n    return client.get_boolean_value(key, fallback)\n',
  ];
  yield [
    'go/flags/flags.go',
    `package flags\n\nimport (\n\t"context"\n\n\t"github.com/open-feature/go-sdk/openfeature"\n)\n\nconst (\n${all.map(index => `\tRelease${index} = "${keyOf(index)}"`).join('\n')}\n)\n\nvar client = openfeature.NewDefaultClient()\n\nfunc IsReleased(ctx context.Context, key string) bool {\n\tvalue, _ := client.BooleanValue(ctx, key, false, openfeature.EvaluationContext{})\n\treturn value\n}\n`,
  ];
}

/** What one file of a package does with flags: of fifty files one checks through the wrapper, every other package one directly. */
function useOf(index: number, file: number): 'wrapper' | 'direct' | 'words' | null {
  if (file === 7) return 'wrapper';
  if (file === 23 && index % 2 === 0) return 'direct';
  return file === 31 && index % 2 === 1 ? 'words' : null;
}

function* ecmaScriptPackage(random: Random, index: number): Generator<NewFile> {
  const folder = `packages/${nounOf(random)}-${index}`;
  yield [
    `${folder}/package.json`,
    `${JSON.stringify({ name: `@large/${index}`, version: '1.0.0', dependencies: { '@large/flags': '*' } }, null, 2)}\n`,
  ];
  yield [
    `${folder}/README.md`,
    `# ${nounOf(random)}\n\n${Array.from({ length: 20 }, () => sentence(random)).join(' ')}\n`,
  ];
  for (let file = 0; file < FILES_A_PACKAGE; file++) {
    const use = useOf(index, file);
    const ending = file % 8 === 5 ? 'js' : file % 4 === 3 ? 'tsx' : 'ts';
    const flag = random.below(FLAGS);
    const check =
      use === 'wrapper'
        ? `await isReleased(${constantOf(flag)})`
        : use === 'direct'
          ? `await client.getBooleanValue('${keyOf(flag)}', false)`
          : null;
    const lines = [
      ...(use === 'wrapper' ? [`import { isReleased, ${constantOf(flag)} } from '@large/flags';`] : []),
      ...(use === 'direct' ? ["import { OpenFeature } from '@openfeature/server-sdk';"] : []),
      ending === 'js' ? "import { logger } from './rows.js';" : "import { logger, type Row } from './rows';",
      '',
      ...(use === 'direct' ? ['const client = OpenFeature.getClient();', ''] : []),
      ...(use === 'words' ? ['// Whether the button isEnabled depends on the row, not on a flag.', ''] : []),
      ...functions(1 + random.below(14), check, held =>
        ecmaScriptFunction(random, ending === 'js' ? 'plain' : 'typed', held),
      ),
      ...(ending === 'tsx' ? component(random) : []),
    ];
    yield [`${folder}/src/${nounOf(random)}/${camelName(random)}${file}.${ending}`, `${lines.join('\n')}\n`];
  }
}

function component(random: Random): readonly string[] {
  const name = nounOf(random);
  return [
    `export function ${name.charAt(0).toUpperCase()}${name.slice(1)}List({ rows }: { rows: readonly Row[] }) {`,
    '  return (',
    `    <ul className="${name}-list" aria-label="${sentence(random)}">`,
    '      {rows.map(row => (',
    `        <li key={row.id} onClick={() => logger.debug('${name}', { id: row.id })}>`,
    `          {row.${nounOf(random)}}`,
    '        </li>',
    '      ))}',
    '    </ul>',
    '  );',
    '}',
  ];
}

function* pythonPackage(random: Random, index: number): Generator<NewFile> {
  const folder = `python/${nounOf(random)}_${index}`;
  yield [`${folder}/__init__.py`, ''];
  for (let file = 0; file < FILES_A_PACKAGE; file++) {
    const use = useOf(index, file);
    const flag = random.below(FLAGS);
    const check =
      use === 'wrapper'
        ? `is_released(${constantOf(flag)})`
        : use === 'direct'
          ? `client.get_boolean_value("${keyOf(flag)}", False)`
          : null;
    const lines = [
      'import logging',
      '',
      ...(use === 'wrapper'
        ? ['from flags.client import is_released', `from flags.keys import ${constantOf(flag)}`]
        : []),
      ...(use === 'direct' ? ['from openfeature import api'] : []),
      'from rows import Row',
      '',
      'logger = logging.getLogger(__name__)',
      ...(use === 'direct' ? ['client = api.get_client()'] : []),
      ...(use === 'words' ? ['# Whether the button is_enabled depends on the row, not on a flag.'] : []),
      '',
      '',
      ...functions(1 + random.below(14), check, held => pythonFunction(random, held)),
    ];
    yield [`${folder}/${nounOf(random)}_${file}.py`, `${lines.join('\n')}\n`];
  }
}

function* goPackage(random: Random, index: number): Generator<NewFile> {
  const name = `${nounOf(random)}${index}`;
  for (let file = 0; file < FILES_A_PACKAGE; file++) {
    const use = useOf(index, file);
    const flag = random.below(FLAGS);
    const check =
      use === 'wrapper'
        ? `flags.IsReleased(ctx, flags.Release${flag})`
        : use === 'direct'
          ? `released(ctx, client, "${keyOf(flag)}")`
          : null;
    const lines = [
      `package ${name}`,
      '',
      'import (',
      '\t"context"',
      '\t"log/slog"',
      '\t"strings"',
      '',
      ...(use === 'wrapper' ? ['\t"example.com/large/go/flags"'] : []),
      ...(use === 'direct' ? ['\t"github.com/open-feature/go-sdk/openfeature"'] : []),
      ')',
      '',
      ...(use === 'direct'
        ? [
            'var client = openfeature.NewDefaultClient()',
            '',
            'func released(ctx context.Context, client *openfeature.Client, key string) bool {',
            '\tvalue, _ := client.BooleanValue(ctx, key, false, openfeature.EvaluationContext{})',
            '\treturn value',
            '}',
            '',
          ]
        : []),
      ...(use === 'words' ? ['// Whether the button IsEnabled depends on the row, not on a flag.', ''] : []),
      ...functions(1 + random.below(14), check, held => goFunction(random, held)),
    ];
    yield [`go/${name}/${nounOf(random)}_${file}.go`, `${lines.join('\n')}\n`];
  }
}

/** So many functions; the first one checks the flag, if there is one. */
function functions(
  count: number,
  check: string | null,
  write: (check: string | null) => readonly string[],
): readonly string[] {
  return Array.from({ length: count }, (_, index) => write(index === 0 ? check : null)).flat();
}
