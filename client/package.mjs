// `npm run package`: builds for production and writes the one flagbook-<version>.vsix. Fails when a file of the build that
// .vscodeignore names is missing, when it forgets a grammar, or when the package is larger than people should have to download.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { deflateSync } from 'node:zlib';

// Grammars are most of it: a repository's languages are known only when it is open, and nothing may be downloaded then.
const maximumBytes = 6_000_000;
// What everyone downloads whatever they write in: all of it but the grammars of further languages.
const maximumBaseBytes = 2_500_000;
const baseGrammars = ['typescript', 'tsx', 'javascript', 'python', 'go'];
// Without these the extension works all the same, and a package can be tried.
const pages = ['README.md', 'CHANGELOG.md', 'LICENSE'];
const root = join(dirname(fileURLToPath(import.meta.url)), '..');

run([join(root, 'esbuild.mjs'), '--production']);
const wanted = readFileSync(join(root, '.vscodeignore'), 'utf8')
  .split('\n')
  .filter(line => line.startsWith('!'))
  .map(line => line.slice(1));
const unpacked = readdirSync(join(root, 'dist', 'wasm')).filter(file => !wanted.includes(`dist/wasm/${file}`));
if (unpacked.length > 0) fail(`.vscodeignore does not name these grammars: ${unpacked.join(', ')}.`);
const missing = wanted.filter(path => !existsSync(join(root, path)));
const missingPages = missing.filter(path => pages.includes(path));
if (missing.length > missingPages.length) {
  fail(`The package is to hold these files, and they are missing: ${missing.join(', ')}.`);
}
if (missingPages.length > 0) console.warn(`warning: packed without ${missingPages.join(', ')}`);

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const vsix = `flagbook-${version}.vsix`;
const vsce = join(root, 'node_modules', '@vscode', 'vsce', 'vsce');
const license = missing.includes('LICENSE') ? ['--skip-license'] : [];
run([vsce, 'package', '--no-dependencies', ...license, '--out', vsix]);
const { size } = statSync(join(root, vsix));
if (size > maximumBytes) fail(`${vsix} has ${size} bytes; ${maximumBytes} is the limit.`);
const further = readdirSync(join(root, 'dist', 'wasm')).filter(file => {
  const grammar = /^tree-sitter-(.+)\.wasm$/.exec(file)?.[1];
  return grammar !== undefined && !baseGrammars.includes(grammar);
});
// As large as they are in the package, which packs each file by itself.
const furtherBytes = further.reduce(
  (sum, file) => sum + deflateSync(readFileSync(join(root, 'dist', 'wasm', file))).length,
  0,
);
const base = size - furtherBytes;
if (base > maximumBaseBytes)
  fail(`${vsix} has ${base} bytes without further grammars; ${maximumBaseBytes} is the limit.`);
console.log(`without the grammars of ${further.length} further languages: ${(base / 1e6).toFixed(2)} MB`);
console.log(`${vsix}: ${(size / 1e6).toFixed(2)} MB, ${wanted.length - missing.length} files`);

function run(args) {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}

function fail(message) {
  console.error(message);
  process.exit(1);
}
