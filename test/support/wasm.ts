/** The wasm files of the installed packages, as esbuild.mjs copies them. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

/** Grammars that VS Code's own package lacks. */
const OTHER_PACKAGES: Readonly<Record<string, string>> = {
  'tree-sitter-scala': 'tree-sitter-scala',
  'tree-sitter-kotlin': '@tree-sitter-grammars/tree-sitter-kotlin',
  'tree-sitter-swift': '@repomix/tree-sitter-wasms/out',
};

/** Reads a file by its base name, such as `tree-sitter-go`. */
export async function readWasm(name: string): Promise<Uint8Array> {
  const require = createRequire(import.meta.url);
  const file =
    name === 'web-tree-sitter'
      ? path.join(path.dirname(require.resolve('web-tree-sitter')), 'web-tree-sitter.wasm')
      : require.resolve(`${OTHER_PACKAGES[name] ?? '@vscode/tree-sitter-wasm/wasm'}/${name}.wasm`);
  return readFile(file);
}
