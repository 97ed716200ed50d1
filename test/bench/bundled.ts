// Parts of the product, bundled as they ship and loaded into this process: what runs under a test's loader is slower.
import { pathToFileURL } from 'node:url';
import * as esbuild from 'esbuild';
import { root } from '../setup/steps.mjs';

/** What a module says that re-exports from the repository's root, as `T` has it; the bundle is written to `outfile`. */
export async function loadBundled<T>(entry: string, outfile: string): Promise<T> {
  await esbuild.build({
    stdin: { contents: entry, resolveDir: root, loader: 'ts' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    outfile,
    absWorkingDir: root,
    packages: 'external',
  });
  return import(`${pathToFileURL(outfile).href}?${Date.now()}`);
}
