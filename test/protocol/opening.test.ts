// What is answered while a repository is read: nothing that is taken back afterwards, no finding that needs all of it, and everything in
// the end. A real server, a repository of some hundred files, and somebody who asks and types all the while.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Editor, positionOf, startEditor, uriOfPath } from '../support/editor.ts';
import { makeTemporaryFolder } from '../support/temporaryFolder.ts';

const FILES = 300;

const PAGE = `import { OpenFeature } from '@openfeature/server-sdk';
import { NEW_PAY } from './keys';
import { isReleased } from './released';
const client = OpenFeature.getClient();
export async function page() {
  if (await client.getBooleanValue('literal', false)) return 1;
  if (await client.getBooleanValue(NEW_PAY, false)) return 2;
  if (await isReleased('through-wrapper')) return 3;
  return client.getBooleanValue('defined-nowhere', false);
}
//`;

describe('a repository while it is read', () => {
  let folder: string;
  let editor: Editor;
  after(() => editor.shutdown());
  before(() => {
    folder = makeTemporaryFolder('opening');
    for (const [path, text] of repository()) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const git = (...args: string[]) => execFileSync('git', args, { cwd: folder, stdio: 'ignore' });
    git('init', '--quiet', '--initial-branch', 'main');
    git('add', '--all');
    git('-c', 'user.name=Test', '-c', 'user.email=test@example.com', 'commit', '--quiet', '--message', 'Begin');
  });

  it('answers from what is known by then, and from everything afterwards', async function () {
    this.timeout(60_000);
    const env = { FLAGBOOK_CACHE: makeTemporaryFolder('opening-cache') };
    editor = await startEditor({ folders: [folder], env });
    const uri = open(editor, folder, 'src/page.ts');
    const early: Answer[] = [];
    let isRead = false;
    const read = editor
      .status(({ state, text }) => state !== 'indexing' || text.includes('·'))
      .then(() => {
        isRead = true;
      });
    while (!isRead) {
      const answer = await answerOf(editor, uri);
      if (!isRead) early.push(answer);
      // What is typed stands behind everything else.
      const { length } = editor.textOf(uri);
      editor.splice(uri, length, length, 'x');
    }
    await read;
    await editor.settled();
    const last = await answerOf(editor, uri);
    assert.ok(early.length > 3, `Only ${early.length} answers came before everything was read.`);
    assert.deepEqual(
      last.hints,
      ["'literal', false)", 'NEW_PAY, false)', "'through-wrapper')", "'defined-nowhere', false)"].map(
        end => PAGE.indexOf(end) + end.length,
      ),
    );
    assert.deepEqual(last.findings, [`unknown-flag at ${PAGE.indexOf("'defined-nowhere'")}`]);
    for (const { hints, findings } of early) {
      for (const place of hints) assert.ok(last.hints.includes(place), `the hint at ${place} was taken back`);
      // All may be known a moment before the status says so.
      for (const finding of findings) assert.ok(last.findings.includes(finding), `${finding} was taken back`);
    }
    assert.deepEqual(await usesOf(editor, uri, 'NEW_PAY, false'), FILES + 1);
  });
});

interface Answer {
  /** Where hints stand. */
  readonly hints: readonly number[];
  /** What is found, and where. */
  readonly findings: readonly string[];
}

async function answerOf(editor: Editor, uri: string): Promise<Answer> {
  const text = editor.textOf(uri);
  const [hints, diagnostics] = await Promise.all([editor.hints(uri), editor.diagnostics(uri)]);
  const places = new Map(Array.from(text, (_, at) => [JSON.stringify(positionOf(text, at)), at] as const));
  return {
    hints: hints.map(({ position }) => places.get(JSON.stringify(position)) ?? Number.NaN),
    findings: diagnostics.map(({ code, range }) => `${code} at ${places.get(JSON.stringify(range.start))}`),
  };
}

async function usesOf(editor: Editor, uri: string, at: string): Promise<number> {
  const places = await editor.references(uri, at);
  return places.filter(place => !place.uri.endsWith('keys.ts') && !place.uri.endsWith('.json')).length;
}

function open(editor: Editor, folder: string, path: string): string {
  const uri = uriOfPath(join(folder, path));
  editor.open(uri, 'typescript', readFileSync(join(folder, path), 'utf8'));
  return uri;
}

/** Many files that ask for flags, in the order of whose names the open one and what it imports come last. */
function repository(): ReadonlyMap<string, string> {
  const off = { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'off' };
  const files = new Map([
    ['src/page.ts', PAGE],
    ['src/keys.ts', "export const NEW_PAY = 'new-pay';\n"],
    [
      'src/released.ts',
      "import { OpenFeature } from '@openfeature/server-sdk';\nexport const isReleased = (key: string) => OpenFeature.getClient().getBooleanValue(key, false);\n",
    ],
    ['zz/all.flagd.json', JSON.stringify({ flags: { literal: off, 'new-pay': off, 'through-wrapper': off } })],
  ]);
  const calls = Array.from({ length: 20 }, (_, at) => `export const a${at} = () => isReleased('through-wrapper');`);
  for (let at = 0; at < FILES; at++) {
    files.set(
      `lib/part${at}.ts`,
      [
        "import { OpenFeature } from '@openfeature/server-sdk';",
        "import { NEW_PAY } from '../src/keys';",
        "import { isReleased } from '../src/released';",
        'export const isOn = () => OpenFeature.getClient().getBooleanValue(NEW_PAY, false);',
        ...calls,
        '',
      ].join('\n'),
    );
  }
  return files;
}
