// What an editor asks while someone works, over stdio: on the demo workspace and on files of 5,000 lines, with the server's own
// set of flags. A keystroke is a change and the hints that follow it, which stand on the facts of the changed text.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { demoWorkspace } from '../support/demoWorkspace.ts';
import { type Editor, positionOf, startEditor, uriOfPath } from '../support/editor.ts';
import { largeFiles, largeFlagFile, placesToType } from './largeFiles.ts';
import type { Bench } from './main.ts';
import { timings } from './statistics.ts';
import { type Row, rowWithin } from './table.ts';

const TIMES = 100;

/** Lines that a screen shows. */
const VIEWPORT = 60;

/** A check of the demo workspace whose key is written out. */
const DEMO = { path: 'services/checkout/src/orders/placeOrder.ts', key: "'express-checkout'" };

interface Place {
  readonly uri: string;
  /** A text whose middle is inside a flag's key. */
  readonly key: string;
}

export async function measureRequests({ dist, scratch }: Bench): Promise<readonly Row[]> {
  const server = join(dist, 'server', 'server.js');
  return [...(await onDemo(server)), ...(await onLargeFiles(server, join(scratch, 'large-files')))];
}

async function onDemo(server: string): Promise<readonly Row[]> {
  const folder = demoWorkspace();
  const path = join(folder, DEMO.path);
  const text = readFileSync(path, 'utf8');
  const editor = await startEditor({ folders: [folder], server });
  const uri = uriOfPath(path);
  editor.open(uri, 'typescript', text);
  await editor.settled();
  const rows = await answers(editor, 'demo', { uri, key: DEMO.key });
  await editor.shutdown();
  return rows;
}

async function onLargeFiles(server: string, folder: string): Promise<readonly Row[]> {
  rmSync(folder, { recursive: true, force: true });
  const files = largeFiles();
  for (const { path, text } of [...files, { path: 'flags/large.flagd.json', text: largeFlagFile() }]) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  // A repository of its own: the one around it ignores the folder.
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  const editor = await startEditor({ folders: [folder], server });
  const rows: Row[] = [];
  await editor.settled();
  for (const { languageId, path, text } of files) {
    const uri = uriOfPath(join(folder, path));
    editor.open(uri, languageId, text);
    const key = /["']large-flag-20["']/.exec(text)![0];
    if (languageId === 'typescript') rows.push(...(await answers(editor, '5,000 lines', { uri, key })));
    rows.push(rowWithin(`keystroke to fresh hints, 5,000 lines of ${languageId}`, await keystrokes(editor, uri), 20));
    editor.close(uri);
  }
  await editor.shutdown();
  return rows;
}

async function answers(editor: Editor, where: string, { uri, key }: Place): Promise<readonly Row[]> {
  const at = { textDocument: { uri }, position: editor.position(uri, key) };
  const range = viewportAt(editor.textOf(uri), editor.textOf(uri).indexOf(key));
  const time = async (what: string, limit: number, ask: () => Promise<unknown>): Promise<Row> => {
    await timings(5, ask);
    return rowWithin(`${what}, ${where}`, await timings(TIMES, ask), limit);
  };
  return [
    await time('inlay hints of a viewport', 20, () =>
      editor.request('textDocument/inlayHint', { textDocument: { uri }, range }),
    ),
    await time('inlay hints of the file', 20, () => editor.hints(uri)),
    await time('hover', 30, () => editor.request('textDocument/hover', at)),
    await time('definition', 30, () => editor.request('textDocument/definition', at)),
    await time('document links', 30, () => editor.links(uri)),
    await time('completion', 50, () => editor.request('textDocument/completion', at)),
    await time('diagnostics', 50, () => editor.diagnostics(uri)),
  ];
}

/** Types a letter and takes it back at many places of the file, and asks for the hints of the surroundings each time. */
async function keystrokes(editor: Editor, uri: string): Promise<readonly number[]> {
  const places = placesToType(editor.textOf(uri), TIMES / 2);
  await editor.hints(uri);
  return timings(TIMES, async round => {
    const place = places[round >> 1]!;
    if (round % 2 === 0) editor.splice(uri, place, place, 'x');
    else editor.splice(uri, place, place + 1, '');
    await editor.request('textDocument/inlayHint', {
      textDocument: { uri },
      range: viewportAt(editor.textOf(uri), place),
    });
  });
}

function viewportAt(text: string, offset: number) {
  const { line } = positionOf(text, offset);
  return {
    start: { line: Math.max(0, line - VIEWPORT / 2), character: 0 },
    end: { line: line + VIEWPORT / 2, character: 0 },
  };
}
