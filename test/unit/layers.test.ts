// Imports point one way: fronts → sources → core. The core knows no editor, no disk and no network, and the client imports
// nothing of the server but the protocol's types.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

interface Import {
  readonly file: string;
  readonly specifier: string;
  readonly typeOnly: boolean;
}

describe('the layers', () => {
  const server = importsBelow('server/src');
  const client = importsBelow('client/src');

  it('has files to look at', () => {
    assert.ok(server.length > 200);
    assert.ok(client.length > 20);
  });

  it('keeps the core free of Node, of editors and of the outer layers', () => {
    const wrong = server.filter(({ file, specifier }) => {
      if (!file.startsWith('server/src/core/')) return false;
      return (
        /^(?:node:|vscode)/.test(specifier) ||
        (specifier.startsWith('server/') && !specifier.startsWith('server/src/core/'))
      );
    });
    assert.deepEqual(wrong, []);
  });

  it('uses no Node module by its bare name, no fetch and no clock in the core', () => {
    const wrong = filesBelow('server/src/core').filter(file => {
      const code = withoutComments(readFileSync(join(root, file), 'utf8'));
      return /\bfetch\(|\bprocess\.|\bDate\.now\(|new Date\(\)|Math\.random\(|\brequire\(/.test(code);
    });
    assert.deepEqual(wrong, []);
  });

  it('lets each folder of what finds and tells flags know those before it alone', () => {
    const layers = [
      ['names', 'resolve', 'questions', 'guessed', 'linking'],
      ['rollout', 'verdicts', 'telling'],
      ['names', 'lists', 'linking'],
    ];
    const folderOf = (path: string) => /^server\/src\/core\/flags\/(\w+)\//.exec(path)?.[1] ?? '';
    const wrong = server.filter(({ file, specifier, typeOnly }) =>
      layers.some(layer => {
        const at = layer.indexOf(folderOf(file));
        return !typeOnly && at >= 0 && layer.indexOf(folderOf(specifier)) > at;
      }),
    );
    assert.deepEqual(wrong, []);
  });

  it('lets sources know the core but no front', () => {
    const wrong = server.filter(
      ({ file, specifier }) =>
        file.startsWith('server/src/sources/') && /^server\/src\/(?:lsp|cli|mcp)\//.test(specifier),
    );
    assert.deepEqual(wrong, []);
  });

  it('keeps the fronts apart: only the command that starts the server knows it', () => {
    const wrong = server.filter(({ file, specifier }) => {
      if (file.startsWith('server/src/lsp/')) return /^server\/src\/(?:cli|mcp)\//.test(specifier);
      return file.startsWith('server/src/cli/') && specifier.startsWith('server/src/lsp/') && !file.endsWith('/lsp.ts');
    });
    assert.deepEqual(wrong, []);
  });

  it('lets the client import the protocol from the server and nothing else', () => {
    const wrong = client.filter(
      ({ specifier }) =>
        specifier.startsWith('server/') && !/^server\/src\/lsp\/protocol(?:OfActions)?\.ts$/.test(specifier),
    );
    assert.deepEqual(wrong, []);
  });

  it('has short files, named exports and no barrels', () => {
    const files = [...filesBelow('server/src'), ...filesBelow('client/src')];
    const wrong = files.filter(file => {
      const text = readFileSync(join(root, file), 'utf8');
      return text.split('\n').length > 401 || /^export default|^export \*/m.test(text);
    });
    assert.deepEqual(wrong, []);
  });

  it('opens every file of the core with a paragraph that says what lives there', () => {
    const wrong = filesBelow('server/src/core').filter(
      file => !readFileSync(join(root, file), 'utf8').startsWith('/**'),
    );
    assert.deepEqual(wrong, []);
  });

  it('has an extension entry of at most 80 lines', () => {
    assert.ok(readFileSync(join(root, 'client/src/extension.ts'), 'utf8').split('\n').length <= 81);
  });
});

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.ts'))
    .map(name => `${folder}/${name.split(sep).join('/')}`)
    .sort();
}

/** Imports with relative specifiers resolved to paths from the project's root. */
function importsBelow(folder: string): readonly Import[] {
  return filesBelow(folder).flatMap(file => {
    const text = readFileSync(join(root, file), 'utf8');
    return [...text.matchAll(/^(?:import|export)\s+(type\s+)?(?:[^'";]*?\sfrom\s+)?'([^']+)'/gms)].map(match => {
      const written = match[2]!;
      const specifier = written.startsWith('.')
        ? relative(root, join(root, dirname(file), written))
            .split(sep)
            .join('/')
        : written;
      return { file, specifier, typeOnly: match[1] !== undefined };
    });
  });
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}
