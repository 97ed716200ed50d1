// Builds everything into dist/: the extension, the language server (Node and browser), the command line, the host tests, the
// grammars and the schema of flagbook.json. `--watch` rebuilds on every change; `--production` minifies and leaves out source maps.

import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, copyFile, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';

const root = dirname(fileURLToPath(import.meta.url));
const dist = join(root, 'dist');
const watch = process.argv.includes('--watch');
const production = process.argv.includes('--production');

/** Bundles that are being rebuilt now. */
let building = 0;

const shared = {
  bundle: true,
  absWorkingDir: root,
  minify: production,
  sourcemap: production ? false : 'linked',
  legalComments: 'none',
  logLevel: 'silent',
  metafile: true,
  // Its ESM build asks for `import.meta.url`, which a CommonJS bundle has not.
  alias: { 'web-tree-sitter': './node_modules/web-tree-sitter/web-tree-sitter.cjs' },
};
// `module` first: the `main` of jsonc-parser is a UMD file whose own `require` no bundler follows.
const node22 = { ...shared, platform: 'node', format: 'cjs', target: 'node22', mainFields: ['module', 'main'] };
// Programs that are started for every question: half as many bytes are read and held. Names stay, for profiles and stack traces.
// A program that is loaded with what V8 compiled of it in an earlier run has no `import()`.
const compact = { minifyWhitespace: true, minifySyntax: true, supported: { 'dynamic-import': false } };
// In a worker there is no document: packages that have a build for workers must give that one.
const browser = {
  ...shared,
  platform: 'browser',
  target: 'es2023',
  mainFields: ['browser', 'module', 'main'],
  conditions: ['worker', 'module'],
};

const bundles = [
  { entry: 'client/src/extension.ts', out: 'client/extension.js', options: { ...node22, external: ['vscode'] } },
  {
    entry: 'client/src/browser.ts',
    out: 'client/browser.js',
    options: { ...browser, format: 'cjs', external: ['vscode'] },
  },
  // For the extension, and for the command line. What answers `initialize` is a small program, which loads the rest behind its reply.
  {
    entry: 'server/src/lsp/main.ts',
    out: 'server/server.js',
    options: { ...node22, target: 'node20', supported: { 'dynamic-import': false } },
  },
  {
    entry: 'server/src/lsp/sessionOnDisk.ts',
    out: 'server/session.js',
    options: { ...node22, ...compact, target: 'node20' },
    plugins: [takenFrom('./server.js', { 'vscode-languageserver': 'languageServer', 'web-tree-sitter': 'treeSitter' })],
  },
  // For the server and the command line alike.
  {
    entry: 'server/src/sources/workers/worker.ts',
    out: 'worker/worker.js',
    options: { ...node22, ...compact, target: 'node20' },
  },
  {
    // What that one loads.
    entry: 'server/src/sources/workers/serveBatches.ts',
    out: 'worker/files.js',
    options: { ...node22, ...compact, target: 'node20' },
  },
  {
    entry: 'server/src/sources/workers/flagFileThread.ts',
    out: 'worker/flagFiles.js',
    options: { ...node22, ...compact, target: 'node20' },
  },
  { entry: 'server/src/lsp/mainBrowser.ts', out: 'server/browser.js', options: { ...browser, format: 'iife' } },
  {
    // What answers most scans by itself, and loads the program for everything else.
    entry: 'server/src/cli/start.ts',
    out: 'cli/flagbook.js',
    options: { ...node22, ...compact, target: 'node20', banner: { js: '#!/usr/bin/env node' } },
    executable: true,
  },
  {
    // What answers a scan that nothing is remembered for.
    entry: 'server/src/cli/wholeScan.ts',
    out: 'cli/wholeScan.js',
    options: { ...node22, ...compact, target: 'node20' },
  },
  {
    // What it loads where files have changed that took part in linking.
    entry: 'server/src/cli/parse.ts',
    out: 'cli/parse.js',
    options: { ...node22, ...compact, target: 'node20' },
  },
  {
    // What it loads where these say something else.
    entry: 'server/src/cli/relink.ts',
    out: 'cli/relink.js',
    options: { ...node22, ...compact, target: 'node20' },
  },
  {
    entry: 'server/src/cli/main.ts',
    out: 'cli/program.js',
    options: { ...node22, ...compact, target: 'node20' },
  },
];

/** Makes of functions that packages export by default such as load their package when they are called first. */
function loadedByCall(packages) {
  return {
    name: 'loaded by call',
    setup(build) {
      build.onResolve({ filter: /^[a-z]/ }, ({ path, namespace, resolveDir }) =>
        packages.includes(path) && namespace === 'file'
          ? { path, namespace: 'called', pluginData: resolveDir }
          : undefined,
      );
      build.onLoad({ filter: /.*/, namespace: 'called' }, ({ path, pluginData }) => ({
        resolveDir: pluginData,
        contents: `let loaded;
          export default (...given) => (loaded ??= require(${JSON.stringify(path)}).default)(...given);`,
      }));
    },
  };
}

/**
 * Takes packages from a bundle that is loaded already, by the names that it exports them under: they are read once, and there is one
 * of each class of theirs.
 */
function takenFrom(bundle, packages) {
  return {
    name: 'taken from',
    setup(build) {
      build.onResolve({ filter: /^[a-z]/ }, ({ path }) =>
        path in packages ? { path, namespace: 'taken' } : undefined,
      );
      build.onResolve({ filter: /^\./, namespace: 'taken' }, ({ path }) => ({ path, external: true }));
      build.onLoad({ filter: /.*/, namespace: 'taken' }, ({ path }) => ({
        contents: `module.exports = require(${JSON.stringify(bundle)}).${packages[path]};`,
      }));
    },
  };
}

const grammars = ['typescript', 'tsx', 'javascript', 'python', 'go', 'java', 'c-sharp', 'ruby', 'php', 'rust', 'cpp'];
/** Grammars that VS Code's own package lacks. */
const otherGrammars = {
  kotlin: '@tree-sitter-grammars/tree-sitter-kotlin',
  scala: 'tree-sitter-scala',
  swift: '@repomix/tree-sitter-wasms/out',
};

/** Copies what is not ours to compile. */
async function copyWasm() {
  const folder = join(dist, 'wasm');
  await mkdir(folder, { recursive: true });
  const { resolve } = createRequire(import.meta.url);
  const copy = (source, file) => copyFile(resolve(`${source}/${file}`), join(folder, file));
  await Promise.all([
    copyFile(
      join(root, 'node_modules', 'web-tree-sitter', 'web-tree-sitter.wasm'),
      join(folder, 'web-tree-sitter.wasm'),
    ),
    ...grammars.map(name => copy('@vscode/tree-sitter-wasm/wasm', `tree-sitter-${name}.wasm`)),
    ...Object.entries(otherGrammars).map(([name, source]) => copy(source, `tree-sitter-${name}.wasm`)),
  ]);
}

/** Writes the JSON schema that the editor checks flagbook.json with; it comes from the code that decodes the file. */
async function writeSchema() {
  const entry = 'server/src/core/config.ts';
  const { outputFiles } = await esbuild.build({
    ...node22,
    entryPoints: [entry],
    minify: false,
    sourcemap: false,
    write: false,
  });
  const module = { exports: {} };
  new Function('module', 'exports', 'require', outputFiles[0].text)(module, module.exports, missingModule);
  await writeFile(
    join(dist, 'flagbook.schema.json'),
    `${JSON.stringify(module.exports.configJsonSchema(), null, production ? 0 : 2)}\n`,
  );
}

function missingModule(name) {
  throw new Error(`server/src/core/config.ts must not need ${name} at run time.`);
}

/**
 * What the facts and answers that the program remembers depend on. A build that goes on rebuilding has no edition: it would
 * remember what older sources said.
 */
async function editionOf() {
  const digest = createHash('sha256');
  const folders = ['server/src/core', 'server/src/sources'];
  for (const folder of folders) {
    const names = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
    const paths = names.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
    for (const path of paths.sort()) digest.update(relative(root, path)).update(await readFile(path));
  }
  // Which versions of the others there are.
  digest.update(await readFile(join(root, 'package-lock.json')));
  return digest.digest('hex');
}

/** esbuild's options of one bundle, with the file made executable where it is a program. */
function optionsOf({ entry, out, options, plugins = [], executable = false }) {
  return {
    ...options,
    ...(edition === null ? {} : { define: { FLAGBOOK_EDITION: JSON.stringify(edition) } }),
    entryPoints: [entry],
    outfile: join(dist, out),
    plugins: [
      ...plugins,
      // `new Intl.Segmenter()` stands at the top of it.
      loadedByCall(['string-width']),
      {
        name: 'flagbook',
        setup(build) {
          if (watch) build.onStart(() => announce(1));
          build.onEnd(async result => {
            if (executable && result.errors.length === 0) await chmod(join(dist, out), 0o755);
            if (watch) {
              await report(result);
              announce(-1);
            }
          });
        },
      },
    ],
  };
}

/** The editor's watch task waits for these two lines. */
function announce(change) {
  if (building === 0) console.log('[watch] build started');
  building += change;
  if (building === 0) console.log('[watch] build finished');
}

async function report(result) {
  const print = async (kind, messages) => {
    for (const line of await esbuild.formatMessages(messages, { kind, color: process.stderr.isTTY ?? false })) {
      console.error(line);
    }
  };
  await print('warning', result.warnings ?? []);
  await print('error', result.errors ?? []);
}

/** The host tests know themselves what belongs to them. */
async function bundleHostTests() {
  if (production || !existsSync(join(root, 'test/host/suite'))) return;
  const { bundleHostTests: bundle } = await import('./test/host/bundle.mjs');
  await bundle();
}

async function buildOnce() {
  const results = await Promise.all(
    bundles.map(bundle =>
      esbuild.build(optionsOf(bundle)).then(
        result => ({ ...result, bundle }),
        failure => ({ ...failure, errors: failure.errors ?? [], bundle, failure }),
      ),
    ),
  );
  for (const result of results) {
    await report(result);
    if (result.failure !== undefined) {
      process.exitCode = 1;
      if (result.errors.length === 0) console.error(result.failure);
      continue;
    }
    const bytes = Object.entries(result.metafile.outputs).find(([path]) => path.endsWith('.js'))?.[1].bytes ?? 0;
    console.log(`dist/${result.bundle.out}  ${Math.round(bytes / 1024)} KB`);
  }
}

const started = performance.now();
const edition = watch ? null : await editionOf();
await mkdir(dist, { recursive: true });
// Nothing of an earlier development build may slip into the package.
if (production) await Promise.all(bundles.map(bundle => rm(`${join(dist, bundle.out)}.map`, { force: true })));
if (watch) {
  await Promise.all([copyWasm(), writeSchema(), bundleHostTests()]);
  const contexts = await Promise.all(bundles.map(bundle => esbuild.context(optionsOf(bundle))));
  await Promise.all(contexts.map(context => context.watch()));
} else {
  await Promise.all([buildOnce(), copyWasm(), writeSchema(), bundleHostTests()]);
  console.log(`built in ${Math.round(performance.now() - started)} ms`);
}
