// Working in a flag file of 500 flags and close to 1 MB, over stdio: what a keystroke is followed by, and what one asks by hand.
// Times from a change to the answer behind it include the change; reading the file again waits for a pause, which is measured too.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Editor, positionOf, startEditor, uriOfPath } from '../support/editor.ts';
import type { Bench } from './main.ts';
import { timings } from './statistics.ts';
import { type Row, rowWithin } from './table.ts';

const FLAGS = 500;
const TIMES = 60;
const LIMIT = 50;

export async function measureFlagFiles({ dist, scratch }: Bench): Promise<readonly Row[]> {
  const folder = join(scratch, 'flag-files');
  const path = join(folder, 'flags', 'large.flagd.json');
  const text = largeFile();
  rmSync(folder, { recursive: true, force: true });
  write(path, text);
  write(join(folder, 'src', 'app.ts'), code());
  execFileSync('git', ['init', '--quiet'], { cwd: folder });
  const editor = await startEditor({ folders: [folder], server: join(dist, 'server', 'server.js') });
  const uri = uriOfPath(path);
  await editor.settled();
  editor.open(uri, 'json', text);
  const rows = await questions(editor, uri, `${FLAGS} flags, ${Math.round(text.length / 1000)} KB`);
  await editor.shutdown();
  return rows;
}

async function questions(editor: Editor, uri: string, where: string): Promise<readonly Row[]> {
  const key = 'flag-250';
  const inFlag = (word: string) => {
    const text = editor.textOf(uri);
    return text.indexOf(word, text.indexOf(`"${key}"`)) + (word.length >> 1);
  };
  const at = (offset: number) => ({ textDocument: { uri }, position: positionOf(editor.textOf(uri), offset) });
  const row = async (what: string, ask: (round: number) => Promise<unknown>): Promise<Row> => {
    await timings(5, ask);
    return rowWithin(`${what}, ${where}`, await timings(TIMES, ask), LIMIT);
  };
  const onKey = at(inFlag(`"${key}"`));
  const onRule = at(inFlag('"fractional"'));
  const onDefault = at(inFlag('"defaultVariant": "off"') + 10);
  const context = { includeDeclaration: true };
  const typed = inFlag('some text');
  return [
    await row('hover over a rule', () => editor.request('textDocument/hover', onRule)),
    await row('definition of a variation', () => editor.request('textDocument/definition', onDefault)),
    await row('references of a flag', () => editor.request('textDocument/references', { ...onKey, context })),
    await row('completion of a variation', () => editor.request('textDocument/completion', onDefault)),
    await row('outline', () => editor.request('textDocument/documentSymbol', { textDocument: { uri } })),
    await row('diagnostics', () => editor.diagnostics(uri)),
    await row('prepare rename', () => editor.request('textDocument/prepareRename', onKey)),
    await row('rename', () => editor.request('textDocument/rename', { ...onKey, newName: 'flag-new' })),
    await row('a letter typed, and completion', round => {
      if (round % 2 === 0) editor.splice(uri, typed, typed, 'x');
      else editor.splice(uri, typed, typed + 1, '');
      return editor.request('textDocument/completion', onDefault);
    }),
    await row('a letter typed, and diagnostics', round => {
      if (round % 2 === 0) editor.splice(uri, typed, typed, 'x');
      else editor.splice(uri, typed, typed + 1, '');
      return editor.diagnostics(uri);
    }),
  ];
}

/** Flags with two rules each and many values, as a generator writes them. */
function largeFile(): string {
  const emails = Array.from({ length: 40 }, (_, at) => `customer-${at}@shop.example`);
  const flag = {
    state: 'ENABLED',
    variants: { on: true, off: false },
    defaultVariant: 'off',
    metadata: { owner: 'team-shop', description: 'some text that says what the flag is for' },
    targeting: {
      if: [
        { in: [{ var: 'email' }, emails] },
        'on',
        { '==': [{ var: 'country' }, 'SE'] },
        {
          fractional: [
            ['on', 25],
            ['off', 75],
          ],
        },
        'off',
      ],
    },
  };
  return JSON.stringify(
    { flags: Object.fromEntries(Array.from({ length: FLAGS }, (_, at) => [`flag-${at}`, flag])) },
    null,
    1,
  );
}

function code(): string {
  const checks = Array.from(
    { length: FLAGS },
    (_, at) => `export const c${at} = await client.getBooleanValue('flag-${at}', false);`,
  );
  return `import { OpenFeature } from '@openfeature/server-sdk';\nconst client = OpenFeature.getClient();\n${checks.join('\n')}\n`;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
