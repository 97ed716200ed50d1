// Frames of bundles and compiled files back to their sources, with maps that esbuild makes here and now.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as esbuild from 'esbuild';
import { locateTrace } from '../../../server/src/core/traces/locate.ts';
import { frameKey, generatedPaths, mapPath } from '../../../server/src/core/traces/mappedSources.ts';
import { parseTraces } from '../../../server/src/core/traces/parse.ts';
import { indexRepository } from '../../../server/src/core/traces/repositoryIndex.ts';
import { decodeSourceMap, mapReference, originalPosition } from '../../../server/src/core/traces/sourceMap.ts';
import { createDiskAccess } from '../../../server/src/sources/files/disk.ts';
import { readOriginals } from '../../../server/src/sources/project/sourceMaps.ts';
import { removeTemporaryDirectories, temporaryDirectory } from '../git/repositories.ts';

const PAY = `import { format } from './format';

export class PaymentError extends Error {}

/** Charges a card. */
export function charge(total: number): string {
  if (total < 0) {
    throw new PaymentError(format('negative', total));
  }
  return format('charged', total);
}
`;
const FORMAT = `export const format = (what: string, total: number): string => {
  return [what, total.toFixed(2)].join(' ');
};
`;
const MAIN = `import { charge } from './pay';
charge(Number(process.argv[2]));
`;

interface World {
  readonly root: string;
  readonly listed: string[];
}

function world(files: Readonly<Record<string, string>>): World {
  const root = temporaryDirectory();
  for (const [path, text] of Object.entries(files)) write(root, path, text);
  return { root, listed: Object.keys(files) };
}

function write(root: string, path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

const SOURCES = { 'package.json': '{}', 'src/pay.ts': PAY, 'src/format.ts': FORMAT, 'src/main.ts': MAIN };

/** Line and column (1-based) of a text in a file. */
function find(root: string, path: string, what: string): string {
  const text = readFileSync(join(root, path), 'utf8');
  const at = text.indexOf(what);
  assert.ok(at >= 0, `${what} is not in ${path}`);
  const before = text.slice(0, at);
  return `${before.split('\n').length}:${at - before.lastIndexOf('\n')}`;
}

async function mapped({ root, listed }: World, frames: readonly string[]) {
  const parsed = parseTraces(`PaymentError: negative\n${frames.map(frame => `    at ${frame}`).join('\n')}\n`);
  const { places, problems } = await readOriginals(createDiskAccess(root, { git: false }), parsed, new Set(listed), []);
  const located = locateTrace(parsed.traces[0]!, {
    index: indexRepository(listed),
    readText: path => readFileSync(join(root, path), 'utf8'),
    originalOf: ({ file, line, column }) => places.get(frameKey(file, line, column)) ?? null,
  });
  const said = located.threads[0]!.errors[0]!.frames.map(({ place }) => {
    if (place.kind !== 'resolved') return place.kind === 'none' ? place.reason : place.kind;
    return `${place.path}:${place.line}:${place.original?.column ?? '-'}`;
  });
  return { said, problems: problems.map(({ message }) => message) };
}

const build = (root: string, options: esbuild.BuildOptions) =>
  esbuild.build({
    absWorkingDir: root,
    entryPoints: ['src/main.ts'],
    bundle: true,
    platform: 'node',
    logLevel: 'silent',
    ...options,
  });

const THROWN = `src/pay.ts:8:${PAY.split('\n')[7]!.indexOf('format') + 1}`;

describe('source maps', () => {
  after(removeTemporaryDirectories);

  for (const sourcemap of ['linked', 'inline', 'external'] as const)
    it(`are followed from a minified bundle when they are ${sourcemap}`, async () => {
      const shop = world(SOURCES);
      await build(shop.root, { outfile: 'dist/main.js', minify: true, sourcemap });
      const at = find(shop.root, 'dist/main.js', '("negative"');
      const { said } = await mapped(shop, [`a (/srv/app/dist/main.js:${at})`, `https://x.example/dist/main.js:${at}`]);
      assert.deepEqual([...new Set(said)], [THROWN]);
    });

  it('are found under the served folder of a package, when a browser prints a URL', async () => {
    const shop = world({
      ...SOURCES,
      'apps/web/package.json': '{}',
      'apps/web/src/main.ts': PAY.replace("from './format'", "from '../../../src/format'"),
    });
    await build(shop.root, {
      entryPoints: ['apps/web/src/main.ts'],
      outfile: 'apps/web/dist/assets/index-4f3a.js',
      minify: true,
      sourcemap: true,
      format: 'iife',
      globalName: 'shop',
    });
    const at = find(shop.root, 'apps/web/dist/assets/index-4f3a.js', '("negative"');
    const { said } = await mapped(shop, [`t (https://shop.example/assets/index-4f3a.js:${at})`]);
    assert.deepEqual(said, [THROWN.replace('src/pay.ts', 'apps/web/src/main.ts')]);
  });

  it('are followed through a chain: compiled file by file, then bundled without the compiler’s maps', async () => {
    const shop = world(SOURCES);
    const files = ['src/main.ts', 'src/pay.ts', 'src/format.ts'];
    await build(shop.root, {
      entryPoints: files,
      bundle: false,
      outdir: 'build',
      format: 'esm',
      sourcemap: true,
      banner: { js: '// one\n// two' },
    });
    const first = files.map(file => file.replace('src/', 'build/').replace('.ts', '.js'));
    // The bundler is not told of the maps of what it bundles, as many are not: its map ends at the compiled files.
    const strip: esbuild.Plugin = {
      name: 'strip',
      setup: ({ onLoad }) =>
        onLoad({ filter: /build[\\/].*\.js$/ }, ({ path }) => ({
          contents: readFileSync(path, 'utf8').replace(/\/\/# source.*/, ''),
        })),
    };
    await build(shop.root, {
      entryPoints: [first[0]!],
      outfile: 'dist/main.js',
      minify: true,
      sourcemap: true,
      plugins: [strip],
    });
    const at = find(shop.root, 'dist/main.js', '("negative"');
    const bundle = decodeSourceMap(readFileSync(join(shop.root, 'dist/main.js.map'), 'utf8'));
    assert.ok(bundle.kind === 'ok' && bundle.map.sources.every(source => source?.startsWith('../build/')));
    assert.deepEqual((await mapped(shop, [`a (/srv/app/dist/main.js:${at})`])).said, [THROWN]);
  });

  it('are followed when they are indexed', async () => {
    const shop = world(SOURCES);
    await build(shop.root, { outfile: 'dist/main.js', minify: true, sourcemap: 'external' });
    const map = JSON.parse(readFileSync(join(shop.root, 'dist/main.js.map'), 'utf8'));
    const code = readFileSync(join(shop.root, 'dist/main.js'), 'utf8');
    write(shop.root, 'dist/all.js', `// a first part\n// of two lines\n${code}//# sourceMappingURL=all.js.map\n`);
    const empty = { version: 3, sources: [], names: [], mappings: '' };
    const sections = [
      { offset: { line: 0, column: 0 }, map: empty },
      { offset: { line: 2, column: 0 }, map },
    ];
    write(shop.root, 'dist/all.js.map', `)]}'\n${JSON.stringify({ version: 3, sections })}`);
    const at = find(shop.root, 'dist/all.js', '("negative"');
    assert.deepEqual((await mapped(shop, [`a (/srv/app/dist/all.js:${at})`])).said, [THROWN]);
  });

  it('name webpack’s sources, and set its libraries aside', async () => {
    const shop = world(SOURCES);
    await build(shop.root, { outfile: 'dist/main.js', minify: true, sourcemap: 'external' });
    const map = JSON.parse(readFileSync(join(shop.root, 'dist/main.js.map'), 'utf8'));
    const at = find(shop.root, 'dist/main.js', '("negative"');
    const withSources = async (rename: (source: string) => string) => {
      write(shop.root, 'dist/main.js.map', JSON.stringify({ ...map, sources: map.sources.map(rename) }));
      return (await mapped(shop, [`a (/srv/app/dist/main.js:${at})`])).said[0];
    };
    for (const start of [
      'webpack://shop/./',
      'webpack:///./',
      'webpack://@acme/shop/',
      '/home/ci/work/shop/',
      'file:///C:/ci/shop/',
      'app:///',
    ])
      assert.equal(await withSources(source => source.replace('../', start)), THROWN, start);
    assert.equal(await withSources(source => source.replace('../src', 'webpack://shop/./node_modules/psp')), 'library');
  });

  it('follow what became of the source since the build', async () => {
    const shop = world(SOURCES);
    await build(shop.root, { outfile: 'dist/main.js', minify: true, sourcemap: true });
    const at = find(shop.root, 'dist/main.js', '("negative"');
    write(shop.root, 'src/pay.ts', PAY.replace('/** Charges', '// New.\n// Newer.\n/** Charges'));
    assert.match((await mapped(shop, [`a (/srv/app/dist/main.js:${at})`])).said[0]!, /^src\/pay\.ts:10:/);
  });

  it('that are broken, of another version or elsewhere are told, and the frame stays as it is', async () => {
    const shop = world(SOURCES);
    await build(shop.root, { outfile: 'dist/main.js', minify: true, sourcemap: 'external' });
    const code = readFileSync(join(shop.root, 'dist/main.js'), 'utf8');
    const at = find(shop.root, 'dist/main.js', '("negative"');
    const told = async (map: string | null, url = 'main.js.map') => {
      write(shop.root, 'dist/main.js', `${code}//# sourceMappingURL=${url}\n`);
      if (map !== null) write(shop.root, 'dist/main.js.map', map);
      const { said, problems } = await mapped(shop, [`a (/srv/app/dist/main.js:${at})`]);
      assert.ok(!said[0]!.startsWith('src/pay.ts:8'), said[0]);
      return problems.join();
    };
    assert.match(await told('{"version":3,'), /The source map of dist\/main\.js is not used: it is no JSON/);
    assert.match(await told('[]'), /it is no map/);
    assert.match(await told('{"version":2,"sources":[],"mappings":""}'), /it has version 2, and only 3 is known/);
    assert.match(await told('{"version":3,"sources":[]}'), /it has no mappings/);
    assert.match(await told(null, 'data:application/json;base64,%%%'), /its inline map is damaged/);
    for (const mappings of ['!!!!', 'AAAA;;;9999999999', 42])
      await told(JSON.stringify({ version: 3, sources: ['../src/pay.ts'], names: [], mappings }));
  });

  it('are read from the workspace alone', async () => {
    const shop = world(SOURCES);
    await build(shop.root, { outfile: 'dist/main.js', minify: true, sourcemap: 'external' });
    const map = readFileSync(join(shop.root, 'dist/main.js.map'), 'utf8');
    const at = find(shop.root, 'dist/main.js', '("negative"');
    const outside = world({ 'main.js.map': map });
    for (const url of [
      'https://x.example/main.js.map',
      `file://${outside.root}/main.js.map`,
      '//x.example/m.map',
      '../../main.js.map',
    ])
      assert.equal(mapPath('dist/main.js', url), null, url);
    const code = readFileSync(join(shop.root, 'dist/main.js'), 'utf8');
    write(shop.root, 'dist/main.js', `${code}//# sourceMappingURL=https://x.example/main.js.map\n`);
    // The map beside the file is the workspace's own, whatever the file says.
    assert.deepEqual((await mapped(shop, [`a (/srv/app/dist/main.js:${at})`])).said, [THROWN]);
    assert.equal(mapPath('dist/main.js', '/static/js/main.js.map'), 'dist/main.js.map');
  });

  it('are not guessed when two built files fit equally well', async () => {
    const shop = world({ ...SOURCES, 'a/package.json': '{}', 'b/package.json': '{}' });
    for (const folder of ['a', 'b'])
      await build(shop.root, { outfile: `${folder}/dist/main.js`, minify: true, sourcemap: true });
    const at = find(shop.root, 'a/dist/main.js', '("negative"');
    assert.notEqual((await mapped(shop, [`a (/srv/dist/main.js:${at})`])).said[0], THROWN);
    assert.deepEqual((await mapped(shop, [`a (/srv/b/dist/main.js:${at})`])).said, [THROWN]);
  });

  it('answer a line without a column, and nothing where nothing was generated', () => {
    const { map } = esbuild.transformSync(PAY, { loader: 'ts', sourcemap: true, sourcefile: 'pay.ts' });
    const decoded = decodeSourceMap(map);
    assert.ok(decoded.kind === 'ok');
    const { code } = esbuild.transformSync(PAY, { loader: 'ts' });
    const line = code.split('\n').findIndex(text => text.includes('throw')) + 1;
    const { content, ...place } = originalPosition(decoded.map, line, null)!;
    assert.deepEqual(place, { source: 'pay.ts', line: 8, column: null, name: null });
    assert.equal(content, PAY);
    assert.equal(originalPosition(decoded.map, 4000, 1), null);
  });

  it('are told from strings that speak of them, in linear time', () => {
    assert.equal(mapReference(`const a = "//# sourceMappingURL=x.map";${'\n// more'.repeat(4000)}`), null);
    assert.deepEqual(mapReference('a();\n//# sourceMappingURL=x.map\n'), { kind: 'url', url: 'x.map' });
    const started = performance.now();
    mapReference('//# sourceMappingURL=data:'.repeat(200_000));
    mapReference(`//# sourceMappingURL=${'a'.repeat(5_000_000)}`);
    [...generatedPaths(`https://x/${'a/'.repeat(50_000)}main.js`, new Set(), [])];
    assert.ok(performance.now() - started < 1500);
  });
});
