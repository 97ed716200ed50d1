// Stack traces in the editor: where they come from, the page, the view and the steps, links, terminals.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import * as vscode from 'vscode';
import type { FlagbookApi } from '../../../client/src/session.ts';
import type { Traces } from '../../../client/src/traces/traces.ts';
import { closeAll, extension, pathOf, settledFlagbook, show, until, uriOf } from '../support/shop.ts';

const run = (command: string, ...rest: unknown[]) => vscode.commands.executeCommand(`flagbook.${command}`, ...rest);

describe('a stack trace', function () {
  this.timeout(120_000);
  let api: FlagbookApi;
  let traces: Traces;
  before(async () => {
    api = await settledFlagbook();
    traces = api.traces;
  });
  afterEach(async () => {
    await run('trace.clear');
    await closeAll();
  });
  const titleToBe = (title: string) =>
    until(
      () => `the trace ${title}; it is ${traces.current()?.result.title}`,
      () => (traces.current()?.result.title === title ? true : null),
    );
  const editorToBe = (path: string, line: number) =>
    until(
      () => `${path}:${line} in the editor; it is at ${placeOfCursor()}`,
      () => (placeOfCursor() === `${path}:${line}` ? true : null),
    );

  it('is analysed from the selection, on a page that is called after the error and its place', async () => {
    const document = await show('traces/checkout-node.txt');
    const all = new vscode.Selection(0, 0, document.lineCount, 0);
    vscode.window.activeTextEditor!.selection = all;
    await run('analyseStackTrace');
    await titleToBe('PaymentTimeoutError in pspClient.ts:25');
    await until('the page', () =>
      vscode.window.tabGroups.all.some(group =>
        group.tabs.some(tab => tab.label.includes('PaymentTimeoutError in pspClient.ts:25')),
      )
        ? true
        : null,
    );
  });

  it('is analysed from the clipboard, from a file, and from what is pasted', async () => {
    await vscode.env.clipboard.writeText(readText('traces/pricing-python.txt'));
    await run('analyseStackTrace');
    assert.match(traces.current()?.result.title ?? '', /^UnknownCountryError in vat\.py/);
    await run('analyseStackTrace', uriOf('traces/gateway-java.txt'));
    assert.match(traces.current()?.result.title ?? '', /^AcquirerException in AcquirerClient\.java/);
  });

  it('is gone through frame by frame, in the editor, from the likely culprit to its callers and back', async () => {
    await run('analyseStackTrace', uriOf('traces/pricing-python.txt'));
    await run('trace.nextFrame');
    const culprit = traces.step();
    assert.ok(culprit?.culprit);
    await editorToBe('services/pricing/src/tarnside_pricing/vat.py', culprit.open!.range.start.line + 1);
    const seen = [culprit.id];
    for (;;) {
      const before = traces.step()!.id;
      await run('trace.nextFrame');
      const after = traces.step()!;
      if (after.id === before) break;
      seen.push(after.id);
      const { uri, range } = after.open!;
      await editorToBe(pathOf(vscode.Uri.parse(uri)), range.start.line + 1);
    }
    assert.ok(seen.length >= 3, seen.join(' '));
    await run('trace.previousFrame');
    assert.equal(traces.step()!.id, seen.at(-2));
  });

  it('is followed from the commit that ran, and its files are shown as they were then', async () => {
    const text = readText('traces/checkout-node-v2026.09.1.txt');
    await traces.openLink(linkTo({ text, deployed: 'v2026.09.1' }));
    assert.equal(traces.current()?.deployed, 'v2026.09.1');
    assert.deepEqual(traces.current()?.result.deployed, { kind: 'known', revision: 'v2026.09.1' });
    await run('trace.nextFrame');
    await editorToBe('services/checkout/src/payments/pspClient.ts', 33);
    assert.match(traces.step()?.description ?? '', /^pspClient\.ts:33 · shifted, was 30/);
    await run('trace.openAsDeployed');
    const document = await until('the file as it was deployed', () => {
      const shown = vscode.window.activeTextEditor?.document;
      return shown?.uri.scheme === 'flagbook-deployed' ? shown : null;
    });
    assert.equal(vscode.window.activeTextEditor!.selection.active.line + 1, 30);
    assert.match(document.lineAt(29).text, /throw new PaymentTimeoutError/);
    assert.equal(document.languageId, 'typescript');
    assert.match(document.uri.path, /pspClient \(v2026\.09\.1\)\.ts$/);
    await run('trace.compareWithDeployed');
    await until('the comparison', () =>
      vscode.window.tabGroups.activeTabGroup.activeTab?.input instanceof vscode.TabInputTextDiff ? true : null,
    );
  });

  it('keeps its place when the workspace is read again', async () => {
    await run('analyseStackTrace', uriOf('traces/pricing-python.txt'));
    await run('trace.nextFrame');
    const before = traces.step()?.id;
    await traces.refresh();
    assert.equal(traces.step()?.id, before);
  });

  it('is copied as Markdown, and its link opens it again', async () => {
    await run('analyseStackTrace', uriOf('traces/checkout-node.txt'));
    await run('trace.copyMarkdown');
    assert.match(await vscode.env.clipboard.readText(), /^# PaymentTimeoutError in pspClient\.ts:25\n/);
    await run('trace.copyMarkdownMasked');
    assert.match(await vscode.env.clipboard.readText(), /^# PaymentTimeoutError in pspClient\.ts:25\n/);
    await run('trace.copyLink');
    const link = await vscode.env.clipboard.readText();
    assert.match(link, /:\/\/flagbook\.flagbook\/trace\?text=/);
    await run('trace.clear');
    assert.equal(traces.current(), null);
    await traces.openLink(vscode.Uri.parse(link));
    assert.equal(traces.current()?.result.title, 'PaymentTimeoutError in pspClient.ts:25');
  });

  it('is opened by a link to a file of the workspace, and by no other file', async () => {
    await traces.openLink(vscode.Uri.parse('vscode://flagbook.flagbook/trace?file=traces/gateway-java.txt'));
    assert.match(traces.current()?.result.title ?? '', /^AcquirerException/);
    await run('trace.clear');
    for (const query of [
      'file=../../../etc/hosts',
      'file=/etc/hosts',
      'file=traces/nowhere.txt',
      'text=AAAA',
      '',
      'file=README.md',
    ]) {
      await traces.openLink(vscode.Uri.parse('vscode://flagbook.flagbook/trace').with({ query }));
      assert.equal(traces.current(), null, query);
    }
    await vscode.commands.executeCommand('notifications.clearAll');
  });

  it('has keys that VS Code itself leaves free, and that are free without a trace', async () => {
    const { keybindings } = extension().packageJSON.contributes as {
      keybindings: readonly { command: string; key: string; when: string }[];
    };
    const own = keybindings.filter(({ command }) => command.startsWith('flagbook.trace.'));
    assert.equal(own.length, 2);
    const defaults = await vscode.workspace.openTextDocument(
      vscode.Uri.parse('vscode://defaultsettings/keybindings.json'),
    );
    for (const { key, command, when } of own) {
      assert.equal(when, 'flagbook.traceShown');
      const escaped = key.replaceAll('+', '\\+');
      const taken = [...defaults.getText().matchAll(new RegExp(`"key": "${escaped}",[^}]*"command": "([^"]+)"`, 'g'))];
      assert.deepEqual(
        taken.map(match => match[1]).filter(name => name !== command),
        [],
      );
      assert.match(defaults.getText(), /"key": "f7"/);
    }
  });

  it('needs a trace for every command but those that find one', async () => {
    for (const command of [
      'trace.nextFrame',
      'trace.previousFrame',
      'trace.openAsDeployed',
      'trace.showPage',
      'trace.copyMarkdown',
      'trace.copyLink',
      'trace.showOffered',
    ])
      await run(command);
    assert.equal(vscode.window.activeTextEditor, undefined);
  });
});

describe('a stack trace in a terminal', function () {
  this.timeout(120_000);
  let traces: Traces;
  let terminal: vscode.Terminal;
  let shell: vscode.TerminalShellIntegration;
  before(async () => {
    ({ traces } = await settledFlagbook());
    terminal = vscode.window.createTerminal({ name: 'trace', shellPath: '/bin/bash', cwd: uriOf('') });
    terminal.show(true);
    shell = await until('the shell integration', () => terminal.shellIntegration ?? null, 60_000);
  });
  after(() => terminal?.dispose());
  const finished = async (command: string) => {
    const execution = shell.executeCommand(command);
    await new Promise<void>(resolve => {
      const listening = vscode.window.onDidEndTerminalShellExecution(event => {
        if (event.execution !== execution) return;
        listening.dispose();
        resolve();
      });
    });
  };
  const setting = () => vscode.workspace.getConfiguration('flagbook.stackTraces');

  it('is offered, quietly, and shown when the offer is taken', async () => {
    // A shell that is not at its prompt yet may lose a command.
    const title = await until('the offer', async () => {
      if (traces.offered() === null) await finished('cat traces/checkout-node.txt');
      return traces.offered();
    });
    assert.equal(title, 'PaymentTimeoutError in pspClient.ts:25');
    assert.equal(traces.current(), null);
    await run('trace.showOffered');
    assert.equal(traces.current()?.result.title, title);
    assert.equal(traces.offered(), null);
  });

  it('is offered once', async () => {
    await finished('cat traces/checkout-node.txt');
    // The one behind it is offered, so the first one was looked at.
    const title = await until('the other offer', async () => {
      if (traces.offered() === null) await finished('cat traces/pricing-python.txt');
      return traces.offered();
    });
    assert.match(title, /^UnknownCountryError/);
  });

  it('is offered while the command that printed it still runs', async () => {
    const execution = shell.executeCommand("sh -c 'cat traces/inventory-go-panic.txt; sleep 60'");
    let hasEnded = false;
    const listening = vscode.window.onDidEndTerminalShellExecution(event => {
      hasEnded ||= event.execution === execution;
    });
    try {
      const title = () => (traces.offered()?.includes('reserve.go') ? true : null);
      await until('the offer', title, 30_000);
      assert.equal(hasEnded, false);
    } finally {
      listening.dispose();
      terminal.sendText('\u0003', false);
    }
  });

  it('is not offered any more when nobody wants it', async () => {
    await run('trace.stopOffering');
    try {
      assert.equal(setting().get('offerFromTerminal'), false);
      assert.equal(traces.offered(), null);
      await finished('cat traces/gateway-java.txt');
      assert.equal(traces.offered(), null);
    } finally {
      await setting().update('offerFromTerminal', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});

function readText(path: string): string {
  return readFileSync(join(uriOf('').fsPath, path), 'utf8');
}

function linkTo({ text, deployed }: { text: string; deployed: string }): vscode.Uri {
  const packed = deflateRawSync(text).toString('base64url');
  return vscode.Uri.parse(`vscode://flagbook.flagbook/trace?text=${packed}&deployed=${deployed}`);
}

function placeOfCursor(): string {
  const editor = vscode.window.activeTextEditor;
  return editor === undefined ? 'nowhere' : `${pathOf(editor.document.uri)}:${editor.selection.active.line + 1}`;
}
