// The text as the server holds it is the text as the client holds it, whatever is typed; and after any edits the server says
// what a fresh one would say of the same text.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { languageOfPath } from '../../server/src/core/languages/registry.ts';
import { type Folder, locate } from '../../server/src/lsp/folders.ts';
import { type Editor, startEditor, uriOfPath } from '../support/editor.ts';
import { makeTemporaryFolder } from '../support/temporaryFolder.ts';

const CHECKS = `import { OpenFeature } from '@openfeature/server-sdk';
const client = OpenFeature.getClient();
export async function pay(user: string) {
  // 😀 a comment
  if (await client.getBooleanValue('new-checkout', false)) return 'é';
  return (await client.getStringValue('copy-𝔸', 'x')) + \`team-\${user}\`;
}
`;

const FLAGS = JSON.stringify({
  flags: {
    'new-checkout': { state: 'ENABLED', variants: { on: true, off: false }, defaultVariant: 'on' },
    'copy-𝔸': { state: 'ENABLED', variants: { a: 'a', b: 'b' }, defaultVariant: 'a' },
  },
});

/** Repeatable randomness (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const PIECES = [
  'a',
  'é',
  '😀',
  ' ',
  '\n',
  '\r\n',
  '\r',
  '𝔸',
  "'",
  '"',
  '`',
  '{',
  '}',
  '(',
  ')',
  '//',
  '/*',
  '${',
  "client.getBooleanValue('new-checkout', true)",
];

describe('text synchronisation', () => {
  let folder: string;
  let editor: Editor;
  before(async () => {
    folder = makeTemporaryFolder('sync');
    mkdirSync(join(folder, 'flags'));
    writeFileSync(join(folder, 'flags', 'demo.flagd.json'), FLAGS);
    editor = await startEditor({ folders: [folder] });
    await editor.settled();
  });
  after(() => editor.shutdown());

  for (const seed of [1, 2, 3, 4, 5, 6]) {
    it(`says after 60 random edits what a fresh document says (seed ${seed})`, async () => {
      const random = createRandom(seed);
      const uri = uriOfPath(join(folder, `random${seed}.ts`));
      editor.open(uri, 'typescript', CHECKS);
      for (let step = 0; step < 60; step++) {
        const text = editor.textOf(uri);
        const start = boundary(text, Math.floor(random() * (text.length + 1)));
        const end = boundary(text, Math.min(text.length, start + Math.floor(random() * random() * 12)));
        editor.splice(uri, start, end, PIECES[Math.floor(random() * PIECES.length)]!);
      }
      const fresh = uriOfPath(join(folder, `fresh${seed}.ts`));
      editor.open(fresh, 'typescript', editor.textOf(uri));
      assert.deepEqual(await visible(editor, uri), await visible(editor, fresh));
      editor.close(uri);
      editor.close(fresh);
    });
  }

  it('follows changes that replace the whole text, and several changes in one notification', async () => {
    const uri = uriOfPath(join(folder, 'whole.ts'));
    editor.open(uri, 'typescript', CHECKS);
    editor.notify('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [
        { text: CHECKS.replace('new-checkout', 'other-key') },
        { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '\n\n' },
      ],
    });
    const [hint] = await editor.hints(uri);
    assert.equal(hint?.label, 'unknown flag');
    assert.equal(hint?.position.line, 6);
  });

  it('survives a range outside the text', async () => {
    const uri = uriOfPath(join(folder, 'outside.ts'));
    editor.open(uri, 'typescript', CHECKS);
    const far = { line: 9_999, character: 9_999 };
    editor.notify('textDocument/didChange', {
      textDocument: { uri, version: 2 },
      contentChanges: [{ range: { start: far, end: far }, text: '\n// more' }],
    });
    assert.equal((await editor.hints(uri)).length, 2);
  });

  it('changes a key everywhere at once when its constant is edited in another open file', async () => {
    const constants = uriOfPath(join(folder, 'keys.ts'));
    const user = uriOfPath(join(folder, 'user.ts'));
    writeFileSync(join(folder, 'keys.ts'), "export const KEY = 'new-checkout';\n");
    const code =
      "import { OpenFeature } from '@openfeature/server-sdk';\nimport { KEY } from './keys';\nOpenFeature.getClient().getBooleanValue(KEY, false);\n";
    writeFileSync(join(folder, 'user.ts'), code);
    editor.notify('workspace/didChangeWatchedFiles', {
      changes: [
        { uri: constants, type: 1 },
        { uri: user, type: 1 },
      ],
    });
    editor.open(constants, 'typescript', "export const KEY = 'new-checkout';\n");
    editor.open(user, 'typescript', code);
    assert.match((await editor.hover(user, 'KEY,')) ?? '', /new-checkout/);
    editor.replace(constants, "'new-checkout'", "'copy-𝔸'");
    assert.match((await editor.hover(user, 'KEY,')) ?? '', /copy-𝔸/);
  });
});

describe('requests', () => {
  let folder: string;
  let editor: Editor;
  before(async () => {
    folder = makeTemporaryFolder('requests');
    writeFileSync(join(folder, 'demo.flagd.json'), FLAGS);
    editor = await startEditor({ folders: [folder] });
    await editor.settled();
  });
  after(() => editor.shutdown());

  it('answers hover at every offset, and outside of documents', async () => {
    const uri = uriOfPath(join(folder, 'every.ts'));
    editor.open(uri, 'typescript', CHECKS);
    const lines = CHECKS.split('\n');
    let found = 0;
    for (const [line, text] of lines.entries()) {
      for (let character = 0; character <= text.length; character++) {
        if (
          (await editor.request('textDocument/hover', { textDocument: { uri }, position: { line, character } })) !==
          null
        )
          found++;
      }
    }
    assert.ok(found > 20, `${found} offsets have a hover`);
    const nowhere = { textDocument: { uri: 'untitled:Untitled-1' }, position: { line: 0, character: 0 } };
    assert.equal(await editor.request('textDocument/hover', nowhere), null);
  });

  it('answers every request of a disordered burst exactly once', async () => {
    const uri = uriOfPath(join(folder, 'burst.ts'));
    const textDocument = { uri };
    const position = { line: 4, character: 36 };
    const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
    const requests: [string, unknown][] = [
      ['textDocument/hover', { textDocument, position }],
      ['textDocument/inlayHint', { textDocument, range }],
      ['textDocument/definition', { textDocument, position }],
      ['textDocument/references', { textDocument, position, context: { includeDeclaration: true } }],
      ['textDocument/completion', { textDocument, position }],
      ['textDocument/documentLink', { textDocument }],
      ['textDocument/diagnostic', { textDocument }],
      ['textDocument/codeAction', { textDocument, range, context: { diagnostics: [] } }],
      ['flagbook/flagsView', undefined],
    ];
    const random = createRandom(7);
    const answers: Promise<unknown>[] = [];
    let isOpen = false;
    for (let step = 0; step < 200; step++) {
      const choice = Math.floor(random() * (requests.length + 2));
      const request = requests[choice];
      if (request !== undefined) answers.push(editor.request(...request));
      else if (isOpen) editor.close(uri);
      else editor.open(uri, 'typescript', CHECKS);
      if (request === undefined) isOpen = !isOpen;
    }
    assert.equal((await Promise.all(answers)).length, answers.length);
  });

  it('stands cancellation, and answers what comes behind', async () => {
    const uri = uriOfPath(join(folder, 'cancel.ts'));
    editor.open(uri, 'typescript', CHECKS);
    const ends = await Promise.all(
      Array.from({ length: 20 }, () => editor.cancelled('textDocument/diagnostic', { textDocument: { uri } })),
    );
    assert.equal(ends.length, 20);
    assert.equal((await editor.hints(uri)).length, 2);
  });

  it('answers unchanged diagnostics with "unchanged"', async () => {
    const uri = uriOfPath(join(folder, 'unchanged.ts'));
    editor.open(uri, 'typescript', CHECKS);
    const first = await editor.request<{ resultId: string; kind: string }>('textDocument/diagnostic', {
      textDocument: { uri },
    });
    const second = await editor.request<{ kind: string }>('textDocument/diagnostic', {
      textDocument: { uri },
      previousResultId: first.resultId,
    });
    assert.equal(first.kind, 'full');
    assert.equal(second.kind, 'unchanged');
  });

  it('survives a document cut at every character, CRLF and a byte order mark', async () => {
    const uri = uriOfPath(join(folder, 'cut.ts'));
    const text = `\ufeff${CHECKS.replaceAll('\n', '\r\n')}`;
    editor.open(uri, 'typescript', text);
    assert.equal((await editor.hints(uri)).length, 2);
    while (editor.textOf(uri).length > 0) {
      const length = editor.textOf(uri).length;
      const step = boundary(editor.textOf(uri), length - 1);
      editor.splice(uri, step, length, '');
      await editor.hints(uri);
    }
    assert.deepEqual(await editor.hints(uri), []);
  });
});

describe('restarts and clients', () => {
  it('starts again after it was killed in mid-request, and says the same', async () => {
    const folder = makeTemporaryFolder('restart');
    writeFileSync(join(folder, 'demo.flagd.json'), FLAGS);
    const first = await startEditor({ folders: [folder] });
    await first.settled();
    const uri = uriOfPath(join(folder, 'a.ts'));
    first.open(uri, 'typescript', CHECKS);
    const labels = (await first.hints(uri)).map(hint => hint.label);
    first.hints(uri).catch(() => {});
    first.process.kill('SIGKILL');
    const second = await startEditor({ folders: [folder] });
    await second.settled();
    second.open(uri, 'typescript', CHECKS);
    assert.deepEqual(
      (await second.hints(uri)).map(hint => hint.label),
      labels,
    );
    assert.equal(await second.shutdown(), 0);
  });

  it('pushes diagnostics to clients that cannot pull them', async () => {
    const folder = makeTemporaryFolder('push');
    writeFileSync(join(folder, 'demo.flagd.json'), FLAGS);
    const editor = await startEditor({ folders: [folder], pullsDiagnostics: false });
    await editor.settled();
    const uri = uriOfPath(join(folder, 'a.ts'));
    editor.open(uri, 'typescript', CHECKS.replace('new-checkout', 'nowhere'));
    const items = await editor.pushedDiagnostics(uri, found => found.length > 0);
    assert.equal(items[0]?.code, 'unknown-flag');
    await editor.shutdown();
  });

  it('says what is off in a restricted workspace, and keeps the rest', async () => {
    const folder = makeTemporaryFolder('restricted');
    writeFileSync(join(folder, 'demo.flagd.json'), FLAGS);
    const editor = await startEditor({ folders: [folder], initialization: { trusted: false } });
    const status = await editor.settled();
    assert.equal(status.state, 'limited');
    assert.match(status.notices[0]!.message, /Restricted workspace/);
    const uri = uriOfPath(join(folder, 'a.ts'));
    editor.open(uri, 'typescript', CHECKS);
    assert.deepEqual(
      (await editor.hints(uri)).map(hint => hint.label),
      ['on', 'a'],
    );
    await editor.shutdown();
  });

  it('draws nothing inline when the setting says so', async () => {
    const folder = makeTemporaryFolder('inline');
    writeFileSync(join(folder, 'demo.flagd.json'), FLAGS);
    const editor = await startEditor({ folders: [folder] });
    await editor.settled();
    const uri = uriOfPath(join(folder, 'a.ts'));
    editor.open(uri, 'typescript', CHECKS);
    await editor.decorations(uri, params => params.decorations.length === 2);
    const settings = { inline: { enabled: false }, diagnostics: { enabled: true, staleSeverity: 'hint' } };
    editor.notify('workspace/didChangeConfiguration', { settings: { flagbook: settings } });
    await editor.decorations(uri, params => params.decorations.length === 0);
    assert.deepEqual(await editor.hints(uri), []);
    await editor.shutdown();
  });
});

/** What the server says of a document, without its address. */
async function visible(editor: Editor, uri: string): Promise<unknown> {
  const hints = (await editor.hints(uri)).map(hint => ({ label: hint.label, position: hint.position }));
  const diagnostics = (await editor.diagnostics(uri)).map(({ code, range, message }) => ({ code, range, message }));
  return { hints, diagnostics };
}

/** Not between the halves of a character or a line ending: no editor makes such an edit. */
function boundary(text: string, offset: number): number {
  const code = text.charCodeAt(offset);
  const isInside = (code >= 0xdc00 && code < 0xe000) || (code === 10 && text.charCodeAt(offset - 1) === 13);
  return isInside && offset > 0 ? offset - 1 : offset;
}

describe('a document that was never saved', () => {
  let editor: Editor;
  let folder: string;
  before(async () => {
    folder = makeTemporaryFolder('unsaved');
    mkdirSync(join(folder, 'flags'));
    writeFileSync(join(folder, 'flags', 'demo.flagd.json'), FLAGS);
    writeFileSync(join(folder, 'keys.ts'), "export const KEY = 'new-checkout';\n");
    editor = await startEditor({ folders: [folder] });
    await editor.settled();
  });
  after(() => editor.shutdown());

  it('is a file of the first folder in the language that the client names, and forgotten when it is closed', async () => {
    const uri = 'untitled:Untitled-1';
    editor.open(uri, 'typescript', CHECKS);
    const shown = await editor.decorations(uri, ({ decorations }) => decorations.length > 0);
    assert.equal(shown.decorations[0]?.range.start.line, 4);
    const [definition] = await editor.definitions(uri, 'new-checkout');
    assert.match(definition?.targetUri ?? '', /flags\/demo\.flagd\.json$/);
    const saved = uriOfPath(join(folder, 'keys.ts'));
    editor.open(saved, 'typescript', "export const KEY = 'new-checkout';\n");
    const uses = (await editor.references(uri, 'new-checkout')).map(({ uri: at }) => at);
    assert.ok(uses.includes(uri), uses.join(', '));
    editor.close(uri);
    const rest = (await editor.references(saved, 'new-checkout')).map(({ uri: at }) => at);
    assert.ok(!rest.includes(uri), rest.join(', '));
  });

  it('is read in templates and components as well', async () => {
    const script =
      "import { OpenFeature } from '@openfeature/server-sdk';\nOpenFeature.getClient().getBooleanValue('new-checkout', false);\n";
    const texts: Readonly<Record<string, string>> = {
      vue: `<script setup lang="ts">\n${script}</script>\n`,
      svelte: `<script lang="ts">\n${script}</script>\n`,
      'django-html': '{% load waffle_tags %}\n{% flag "new-checkout" %}new{% endflag %}\n',
      blade: "@feature('new-checkout')\n<b>new</b>\n@endfeature\n",
      razor:
        '@addTagHelper *, Microsoft.FeatureManagement.AspNetCore\n<feature name="new-checkout"><b>new</b></feature>\n',
      erb: '<% if Flipper.enabled?("new-checkout") %>\nnew\n<% end %>\n',
    };
    for (const [language, text] of Object.entries(texts)) {
      const uri = `untitled:Untitled-${language}`;
      editor.open(uri, language, text);
      const shown = await editor.decorations(uri, ({ decorations }) => decorations.length > 0);
      assert.equal(shown.decorations.length, 1, language);
      editor.close(uri);
    }
  });

  it('is one of a language that the extension is started for', () => {
    const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')) as {
      activationEvents: string[];
    };
    const folders: readonly Folder[] = [{ root: 'file:///shop', project: null as never }];
    for (const event of manifest.activationEvents) {
      const [, language] = /^onLanguage:(.+)$/.exec(event) ?? [];
      if (language === undefined) continue;
      const located = locate(folders, 'untitled:Untitled-1', language);
      assert.notEqual(located === null ? null : languageOfPath(located.path), null, language);
    }
  });

  it('is where it is going to be, when it has a path', async () => {
    const uri = uriOfPath(join(folder, 'fresh.ts')).replace('file://', 'untitled:');
    editor.open(
      uri,
      'typescript',
      "import { OpenFeature } from '@openfeature/server-sdk';\nimport { KEY } from './keys';\nOpenFeature.getClient().getBooleanValue(KEY, false);\n",
    );
    const shown = await editor.decorations(uri, ({ decorations }) => decorations.length > 0);
    assert.equal(shown.decorations[0]?.range.start.line, 2);
  });
});
