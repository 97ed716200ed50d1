// Programs are loaded with what an earlier run compiled of them. Whatever is wrong with that, they do what their text says.
import assert from 'node:assert/strict';
import { execFile, execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { buildSync } from 'esbuild';
import { type CodeFolder, loadProgram } from '../../../server/src/sources/facts-cache/compiledCode.ts';
import { makeTemporaryFolder } from '../../support/temporaryFolder.ts';

describe('compiled code', () => {
  it('is kept at the end of a run and taken in the next one', () => {
    const { path, folder } = program("exports.say = name => 'hello ' + name;");
    const first = loadProgram(path, folder);
    assert.equal(first.isCompiled, false);
    assert.equal(said(first, 'you'), 'hello you');
    assert.deepEqual(kept(folder), []);
    first.keep();
    assert.equal(kept(folder).length, 1);
    assert.deepEqual(anew(path, folder, []), { isCompiled: true, said: 'hello again' });
  });

  it('loads a program as Node does: its file, its folder, what it requires, letters of any alphabet', () => {
    const text = `const { sep } = require('node:path');\nexports.say = () => [__filename, __dirname, sep, module.exports === exports, 'é 旗'].join();`;
    const { path, folder } = program(text);
    for (const isCompiled of [false, true]) {
      const loaded = loadProgram(path, folder);
      assert.equal(loaded.isCompiled, isCompiled);
      assert.equal(said(loaded), [path, dirname(path), '/', true, 'é 旗'].join());
      loaded.keep();
    }
  });

  it('tells places in the program as they are in its file', () => {
    const { path, folder } = program("exports.say = () => new Error('here').stack.split('\\n')[1];");
    const place = (text: string) => text.slice(text.indexOf(path));
    loadProgram(path, folder).keep();
    assert.match(place(said(loadProgram(path, folder))), /:1:21\)?$/);
  });

  it('is none of another program of the same length at the same place', () => {
    const { path, folder } = program("exports.say = () => 'one';");
    loadProgram(path, folder).keep();
    writeFileSync(path, "exports.say = () => 'two';");
    const loaded = loadProgram(path, folder);
    assert.equal(loaded.isCompiled, false);
    assert.equal(said(loaded), 'two');
    loaded.keep();
    assert.equal(said(loadProgram(path, folder)), 'two');
    assert.equal(loadProgram(path, folder).isCompiled, true);
    assert.equal(kept(folder).length, 1);
  });

  it('is left alone where it is cut off or changed, and made again', () => {
    const { path, folder } = program("exports.say = () => 'whole';");
    loadProgram(path, folder).keep();
    const file = keptPath(folder);
    const whole = readFileSync(file);
    const broken = [
      whole.subarray(0, 0),
      whole.subarray(0, 10),
      whole.subarray(0, 60),
      whole.subarray(0, whole.length - 1),
    ];
    for (let at = 0; at < whole.length; at += 37)
      broken.push(Buffer.from(whole.map((byte, index) => (index === at ? byte ^ 1 : byte))));
    for (const bytes of broken) {
      writeFileSync(file, bytes);
      const loaded = loadProgram(path, folder);
      assert.equal(loaded.isCompiled, false);
      assert.equal(said(loaded), 'whole');
    }
    loadProgram(path, folder).keep();
    assert.equal(loadProgram(path, folder).isCompiled, true);
  });

  it('is another one under other flags of V8, which refuses that of these', () => {
    const { path, folder } = program("exports.say = () => 'flagged';");
    const flags = ['--interrupt-budget=500000'];
    for (const [given, isCompiled] of [
      [[], false],
      [[], true],
      [flags, false],
      [flags, true],
      [[], true],
    ] as const)
      assert.deepEqual(anew(path, folder, given), { isCompiled, said: 'flagged' }, given.join());
    const [one, other] = kept(folder).map(name => join(folder.directory, name));
    const [first, second] = [readFileSync(one!), readFileSync(other!)];
    writeFileSync(one!, second);
    writeFileSync(other!, first);
    for (const isCompiled of [false, true])
      assert.deepEqual(anew(path, folder, []), { isCompiled, said: 'flagged' }, 'is made again');
  });

  it('is not kept where the flags have changed since the program was loaded', () => {
    const { path, folder } = program("exports.say = () => 'changed';");
    const loaded = loadProgram(path, folder);
    try {
      setFlagsFromString('--stack-trace-limit=11');
      loaded.keep();
      assert.deepEqual(kept(folder), []);
    } finally {
      setFlagsFromString('--stack-trace-limit=10');
    }
    loaded.keep();
    assert.equal(kept(folder).length, 1);
  });

  it('is made again once a day, since other parts of the program may have been needed', () => {
    const { path, folder } = program("exports.say = () => 'day';");
    loadProgram(path, folder).keep();
    const file = keptPath(folder);
    const before = readFileSync(file);
    const young = loadProgram(path, folder);
    said(young);
    young.keep();
    assert.deepEqual(readFileSync(file), before);
    const longAgo = new Date(Date.now() - 25 * 60 * 60 * 1000);
    utimesSync(file, longAgo, longAgo);
    const old = loadProgram(path, folder);
    assert.equal(old.isCompiled, true);
    said(old);
    old.keep();
    assert.ok(readFileSync(file).length > before.length, 'with the function that was called');
  });

  it('is neither written to nor read from where others may write', () => {
    for (const spoil of [
      (folder: CodeFolder) => chmodSync(folder.directory, 0o777),
      (folder: CodeFolder) => chmodSync(folder.directory, 0o770),
    ]) {
      const { path, folder } = program("exports.say = () => 'mine';");
      loadProgram(path, folder).keep();
      const before = readFileSync(keptPath(folder));
      spoil(folder);
      const loaded = loadProgram(path, folder);
      assert.equal(loaded.isCompiled, false);
      said(loaded);
      loaded.keep();
      assert.deepEqual(readFileSync(keptPath(folder)), before);
    }
    const { path, folder } = program("exports.say = () => 'mine';");
    loadProgram(path, folder).keep();
    chmodSync(keptPath(folder), 0o622);
    assert.equal(loadProgram(path, folder).isCompiled, false);
    chmodSync(keptPath(folder), 0o600);
    assert.equal(loadProgram(path, folder).isCompiled, true);
  });

  it('follows no link, neither to a folder nor to a file', () => {
    const { path, folder } = program("exports.say = () => 'linked';");
    loadProgram(path, folder).keep();
    const other = { ...folder, directory: join(dirname(path), 'link') };
    symlinkSync(folder.directory, other.directory);
    assert.equal(loadProgram(path, other).isCompiled, false);
    const third = { ...folder, directory: join(dirname(path), 'third') };
    mkdirSync(third.directory, { mode: 0o700 });
    symlinkSync(keptPath(folder), join(third.directory, kept(folder)[0]!));
    assert.equal(loadProgram(path, third).isCompiled, false);
  });

  it('is never kept in a workspace, by whatever name it is called', () => {
    const { path, folder } = program("exports.say = () => 'workspace';");
    const root = dirname(path);
    for (const directory of [folder.directory, 'memory', join(root, '..', root.split('/').at(-1)!, 'memory')]) {
      loadProgram(path, { directory, workspaces: [root] }).keep();
      assert.equal(existsSync(folder.directory) && kept(folder).length > 0, false, directory);
    }
    loadProgram(path, folder).keep();
    assert.equal(loadProgram(path, { ...folder, workspaces: [root] }).isCompiled, false);
    const around = makeTemporaryFolder('compiled-elsewhere');
    symlinkSync(root, join(around, 'way'));
    const through = { directory: join(around, 'way', 'memory'), workspaces: [root] };
    assert.equal(loadProgram(path, through).isCompiled, false);
  });

  it('is never kept in a work tree of git, whoever works there', () => {
    const { path, folder } = program("exports.say = () => 'tree';");
    loadProgram(path, folder).keep();
    assert.equal(loadProgram(path, folder).isCompiled, true);
    mkdirSync(join(dirname(path), '.git'));
    assert.equal(loadProgram(path, folder).isCompiled, false);
  });

  it('costs nothing where there can be no folder', () => {
    const { path, folder } = program("exports.say = () => 'nowhere';");
    writeFileSync(folder.directory, 'a file');
    const loaded = loadProgram(path, folder);
    loaded.keep();
    assert.equal(said(loaded), 'nowhere');
    assert.equal(said(loadProgram(path, null)), 'nowhere');
  });

  it('is whole when many write it at once', async () => {
    const { path, folder } = program(`${'function f() { return 1; }\n'.repeat(500)}exports.say = () => 'many';`);
    const run = `const { loadProgram } = require(process.argv[1]);
      for (let round = 0; round < 40; round++) {
        require('node:fs').rmSync(process.argv[4], { force: true });
        const loaded = loadProgram(process.argv[2], JSON.parse(process.argv[3]));
        if (loaded.exports.say() !== 'many') process.exit(1);
        loaded.keep();
      }`;
    loadProgram(path, folder).keep();
    const args = ['-e', run, loader(), path, JSON.stringify(folder), keptPath(folder)];
    await Promise.all([1, 2, 3].map(() => promisify(execFile)(process.execPath, args)));
    assert.equal(kept(folder).length, 1, 'and no drafts are left');
    assert.deepEqual(anew(path, folder, []), { isCompiled: true, said: 'many' });
  });

  it('is kept of a bounded number of programs', () => {
    const { path, folder } = program("exports.say = () => 'one of many';");
    mkdirSync(folder.directory, { mode: 0o700 });
    writeFileSync(join(folder.directory, 'facts-of-somebody.bin'), '');
    for (let index = 0; index < 40; index++) {
      const file = join(folder.directory, `code-${index.toString(16).padStart(24, '0')}.bin`);
      writeFileSync(file, '');
      utimesSync(file, index, index);
    }
    loadProgram(path, folder).keep();
    assert.equal(kept(folder).filter(name => name.startsWith('code-')).length, 24);
    assert.equal(loadProgram(path, folder).isCompiled, true);
    assert.ok(kept(folder).includes('facts-of-somebody.bin'));
  });
});

function program(text: string): { readonly path: string; readonly folder: CodeFolder } {
  const root = makeTemporaryFolder('compiled');
  writeFileSync(join(root, 'program.js'), text);
  return { path: join(root, 'program.js'), folder: { directory: join(root, 'memory'), workspaces: [] } };
}

function said({ exports }: { readonly exports: unknown }, name = ''): string {
  return (exports as { readonly say: (name: string) => string }).say(name);
}

/** What a new process says, which knows nothing of what this one has compiled; it keeps what it compiled itself. */
function anew(path: string, folder: CodeFolder, flags: readonly string[]): unknown {
  const run = `const { loadProgram } = require(process.argv[1]);
    const loaded = loadProgram(process.argv[2], JSON.parse(process.argv[3]));
    const said = loaded.exports.say('again');
    loaded.keep();
    console.log(JSON.stringify({ isCompiled: loaded.isCompiled, said }));`;
  const args = [...flags, '-e', run, loader(), path, JSON.stringify(folder)];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

let built: string | null = null;

/** The file that a plain Node loads what is tested from. */
function loader(): string {
  if (built !== null) return built;
  const outfile = join(makeTemporaryFolder('compiled-loader'), 'loader.cjs');
  const entry = join(import.meta.dirname, '../../../server/src/sources/facts-cache/compiledCode.ts');
  buildSync({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'cjs', logLevel: 'silent' });
  built = outfile;
  return outfile;
}

function kept({ directory }: CodeFolder): readonly string[] {
  return existsSync(directory) ? readdirSync(directory) : [];
}

function keptPath(folder: CodeFolder): string {
  return join(folder.directory, kept(folder)[0]!);
}
