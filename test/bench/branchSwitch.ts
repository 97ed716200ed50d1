// How long the server's event loop is held up when files that hold checks change on disk at once, as when another branch is checked out,
// and how long somebody waits for hints meanwhile. The checkout is cloned, since it is written to.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Editor, startEditor, uriOfPath } from '../support/editor.ts';
import { openFirst, waitsUntil } from './eventLoop.ts';
import { pathsWithChecks } from './foundChecks.ts';
import type { Bench } from './main.ts';
import { timings } from './statistics.ts';
import { blockRow, type Row, rowWithin } from './table.ts';
import { freshClone } from './warmScan.ts';

const FILES = 300;

/** Hints of an open file wait for a few slices of other work. */
const MILLISECONDS = 100;

/** Milliseconds in which the files are read and linked. */
const MEASURED = 4000;

export async function measureBranchSwitch({ dist, repository, scratch }: Bench): Promise<readonly Row[]> {
  const clone = join(scratch, 'changing');
  freshClone(repository, clone);
  const paths = pathsWithChecks(dist, clone).slice(0, FILES);
  const editor = await startEditor({ folders: [clone], server: join(dist, 'server', 'server.js') });
  await editor.settled();
  const uri = openFirst(editor, clone, paths);
  await editor.hints(uri);
  for (const path of paths) {
    const file = join(clone, path);
    writeFileSync(file, `\n${readFileSync(file, 'utf8')}`);
  }
  editor.notify('workspace/didChangeWatchedFiles', {
    changes: paths.map(path => ({ uri: uriOfPath(join(clone, path)), type: 2 })),
  });
  const answers: number[] = [];
  const waits = await waitsUntil(editor, askMeanwhile(editor, uri, answers));
  await editor.shutdown();
  return [
    blockRow(`longest block while ${paths.length} changed files are read again`, waits),
    rowWithin('hints meanwhile', answers, MILLISECONDS),
  ];
}

async function askMeanwhile(editor: Editor, uri: string, answers: number[]): Promise<void> {
  const started = performance.now();
  while (performance.now() - started < MEASURED) {
    answers.push(...(await timings(1, () => editor.hints(uri))));
    await delay(20);
  }
}
