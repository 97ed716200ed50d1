// The built language server over stdio on flag files: what is typed in them, and a flag renamed everywhere.
import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { CompletionItem, DocumentSymbol, TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver-protocol';
import { type Editor, positionOf, startEditor, uriOfPath } from '../support/editor.ts';
import { parseFixture } from '../support/fixture.ts';
import { makeTemporaryFolder } from '../support/temporaryFolder.ts';
import { LAUNCHDARKLY } from '../unit/flaglang/fixtures.ts';

const SOURCE = `${LAUNCHDARKLY}
//- /src/rates.ts
import { init } from '@launchdarkly/node-server-sdk';
const client = init('sdk');
export const rates = client.boolVariation('carrier-rates', user, false);
//- /README.md
Ask for carrier-rates.
`;

describe('flag files over the protocol', () => {
  const files = Object.fromEntries(parseFixture(SOURCE).files);
  const path = 'flags/shop.launchdarkly.json';
  let root: string;
  let editor: Editor;
  let uri: string;
  before(async () => {
    root = makeTemporaryFolder('flag-files');
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(join(root, dirname(name)), { recursive: true });
      writeFileSync(join(root, name), text);
    }
    editor = await startEditor({ folders: [root] });
    await editor.settled();
    uri = uriOfPath(join(root, path));
    editor.open(uri, 'json', readFileSync(join(root, path), 'utf8'));
  });
  after(() => editor.shutdown());

  it('outlines flags, variations and rules', async () => {
    const symbols = await editor.request<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument: { uri } });
    assert.deepEqual(
      symbols.map(({ name }) => name),
      ['carrier-rates', 'label-format'],
    );
    assert.deepEqual(
      symbols[0]!.children!.map(({ name }) => name),
      ['on', 'off', 'Everyone else', 'if plan is pro or team', 'if plan is pro'],
    );
  });

  it('renames in flag files and code at once, and asks about what only looks like the flag', async () => {
    const position = editor.position(uri, '"carrier-rates": {');
    const prepared = await editor.request<{ placeholder: string }>('textDocument/prepareRename', {
      textDocument: { uri },
      position: { ...position, character: 8 },
    });
    assert.equal(prepared.placeholder, 'carrier-rates');
    const edit = await rename(editor, uri, '"carrier-rates"', 'live-rates');
    const found = (edit.documentChanges as TextDocumentEdit[]).map(({ textDocument, edits }) => [
      textDocument.uri.slice(uriOfPath(root).length + 1),
      textDocument.version,
      edits.map(each => ('annotationId' in each ? each.annotationId : 'certain')),
    ]);
    assert.deepEqual(found, [
      ['README.md', null, ['documentation']],
      [path, 1, ['certain', 'certain', 'certain']],
      ['src/rates.ts', null, ['certain']],
    ]);
    assert.equal(edit.changeAnnotations!.documentation!.needsConfirmation, true);
    // A preview that is grouped by kind names the certain ones too, and asks nothing about them.
    assert.deepEqual(
      Object.values(edit.changeAnnotations!).map(({ label, needsConfirmation }) => [label, needsConfirmation]),
      [
        ['The flag itself', false],
        ['Documentation', true],
      ],
    );
  });

  it('refuses with a sentence', async () => {
    await assert.rejects(
      rename(editor, uri, '"carrier-rates"', 'label-format'),
      /A flag “label-format” exists already \(flags\/shop\.launchdarkly\.json:14\)/,
    );
    await assert.rejects(rename(editor, uri, '"carrier-rates"', 'a b'), /its keys are made of letters, digits/);
  });

  it('gives a client that can not ask the certain edits alone', async () => {
    const simple = await startEditor({ folders: [root], annotatesChanges: false });
    await simple.settled();
    simple.open(uri, 'json', files[path]!);
    const edit = await rename(simple, uri, '"carrier-rates"', 'live-rates');
    assert.deepEqual(
      Object.keys(edit.changes!).map(each => each.split('/').at(-1)),
      ['shop.launchdarkly.json', 'rates.ts'],
    );
    await simple.shutdown();
  });

  it('completes in a place that is broken while one types', async () => {
    editor.replace(uri, '"offVariation": 0,', '"offVariation": ');
    const behind = editor.textOf(uri).indexOf('"offVariation": \n') + '"offVariation": '.length;
    const items = await editor.request<CompletionItem[]>('textDocument/completion', {
      textDocument: { uri },
      position: positionOf(editor.textOf(uri), behind),
    });
    assert.deepEqual(
      items.map(({ label }) => label),
      ['0 pdf', '1 zpl'],
    );
    editor.replace(uri, '"offVariation": \n', '"offVariation": 0,\n');
  });

  it('marks a rule that never applies, with the one before it', async () => {
    const [found] = (await editor.diagnostics(uri)).filter(({ code }) => code === 'unreachable-rule');
    assert.match(String(found!.message), /Rule 2 of 2 of “carrier-rates” never applies/);
    assert.equal(found!.relatedInformation!.length, 1);
    assert.match(found!.codeDescription!.href, /#unreachable-rule$/);
  });
});

function rename(editor: Editor, uri: string, at: string, newName: string): Promise<WorkspaceEdit> {
  return editor.request('textDocument/rename', { textDocument: { uri }, position: editor.position(uri, at), newName });
}
