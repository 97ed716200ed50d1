// How long the server's event loop is held up: a request that costs nothing is sent over and over, and the longest it waits is
// the longest block. First while a checkout is indexed and linked, then while someone types in a file of it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { languageOfPath } from '../../server/src/core/languages/registry.ts';
import { type Editor, startEditor, uriOfPath } from '../support/editor.ts';
import { pathsWithChecks } from './foundChecks.ts';
import { placesToType } from './largeFiles.ts';
import type { Bench } from './main.ts';
import { timings } from './statistics.ts';
import { blockRow, type Row, rowWithin } from './table.ts';

const KEYSTROKES = 60;

export async function measureEventLoop({ dist, repository }: Bench): Promise<readonly Row[]> {
  const started = performance.now();
  const editor = await startEditor({ folders: [repository], server: join(dist, 'server', 'server.js') });
  const idle = editor.status(({ state }) => state === 'ready' || state === 'limited');
  const waits = await waitsUntil(editor, idle);
  const indexed = performance.now() - started;
  const uri = openFirst(editor, repository, pathsWithChecks(dist, repository));
  await editor.hints(uri);
  const typing = await typeIn(editor, uri);
  await editor.shutdown();
  return [
    {
      what: 'checkout opened in the editor until all is known, ages too',
      p50: indexed,
      p95: Number.NaN,
      ratio: null,
      target: '',
      met: null,
    },
    blockRow('longest block meanwhile', waits),
    rowWithin('keystroke to fresh hints in the checkout', typing.answers, 20),
    blockRow('longest block while typing in the checkout', typing.waits),
  ];
}

/** Waits of tiny requests, one after the other, from the first that is answered until the promise settles: how soon a server starts is measured apart. */
export async function waitsUntil(editor: Editor, end: Promise<unknown>): Promise<readonly number[]> {
  const waits: number[] = [];
  let over = false;
  const finish = (): void => {
    over = true;
  };
  end.then(finish, finish);
  await editor.request('textDocument/hover', nowhere);
  while (!over) {
    waits.push(...(await timings(1, () => editor.request('textDocument/hover', nowhere))));
    await delay(1);
  }
  return waits;
}

/** A hover in a document that was never opened: answered with null at once. */
const nowhere = { textDocument: { uri: 'untitled:nowhere' }, position: { line: 0, character: 0 } };

/** Opens the first of these files; gives its address. */
export function openFirst(editor: Editor, repository: string, [path]: readonly string[]): string {
  if (path === undefined) throw new Error(`${repository} holds no file that checks a flag.`);
  const uri = uriOfPath(join(repository, path));
  const language = languageOfPath(path)!.id;
  const languageId = language === 'tsx' ? 'typescriptreact' : language;
  editor.open(uri, languageId, readFileSync(join(repository, path), 'utf8'));
  return uri;
}

async function typeIn(editor: Editor, uri: string) {
  const places = placesToType(editor.textOf(uri), KEYSTROKES / 2);
  const answers: number[] = [];
  const typing = async (): Promise<void> => {
    for (const [round, place] of places.flatMap(place => [place, place]).entries()) {
      if (round % 2 === 0) editor.splice(uri, place, place, 'x');
      else editor.splice(uri, place, place + 1, '');
      answers.push(...(await timings(1, () => editor.hints(uri))));
      // What settles after a burst is part of it: the next letter comes when a person would type it.
      await delay(60);
    }
    await delay(400);
  };
  return { waits: await waitsUntil(editor, typing()), answers };
}
