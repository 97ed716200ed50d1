// Bundles the host tests for VS Code's extension host: CommonJS, with `vscode` and `mocha` left to the host and to node_modules.
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const folder = dirname(fileURLToPath(import.meta.url));

/** The folder the bundles are written to: `index.js`, and `suite/` as here. */
export const hostTests = join(folder, '..', '..', 'dist', 'test', 'host');

/** Bundles every test file; returns their names relative to `suite/`, ending in `.test.ts`. */
export async function bundleHostTests() {
  const files = readdirSync(join(folder, 'suite'), { recursive: true, encoding: 'utf8' })
    .map(file => file.replaceAll('\\', '/'))
    .filter(file => file.endsWith('.test.ts'))
    .sort();
  await build({
    entryPoints: [join(folder, 'index.ts'), ...files.map(file => join(folder, 'suite', file))],
    outbase: folder,
    outdir: hostTests,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode', 'mocha'],
    sourcemap: true,
    logLevel: 'warning',
  });
  return files;
}
