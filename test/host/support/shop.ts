// What host tests on the demo shop do again and again: open its files, find texts in them, wait for what the extension says.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { FlagbookApi } from '../../../client/src/session.ts';

/** What a reader of the shop says is in it: the part of test/demo/expected.json that these tests use. */
export interface ExpectedShop {
  readonly checks: readonly ExpectedCheck[];
  readonly mentions: readonly { path: string; line: number; key: string; role: string }[];
  readonly lookalikes: readonly { path: string; line: number; why: string }[];
  readonly flags: readonly {
    key: string;
    environments: readonly { environment: string; state: string; path: string; line: number }[];
    introduced: { time: string };
    verdict: { kind: string; stale: boolean; alsoAcceptable: readonly string[] };
  }[];
  readonly runbooks: readonly { path: string; title: string }[];
  readonly links: readonly { path: string; line: number; to: string; ok: boolean; alert: string | null }[];
  readonly incidents: readonly { id: string; path: string }[];
}

export interface ExpectedCheck {
  readonly path: string;
  readonly line: number;
  readonly key: string | null;
  readonly keyPrefix: string | null;
  readonly test: boolean;
  readonly optional: boolean;
}

export function expectedShop(): ExpectedShop {
  return JSON.parse(readFileSync(join(extension().extensionPath, 'test', 'demo', 'expected.json'), 'utf8'));
}

export function extension(): vscode.Extension<FlagbookApi> {
  const found = vscode.extensions.getExtension<FlagbookApi>('flagbook.flagbook');
  assert.ok(found);
  return found;
}

/** The extension's own view of itself, once it has activated by itself, read the workspace and asked git for ages. */
export async function settledFlagbook(): Promise<FlagbookApi> {
  const api = await until('the extension to activate by itself', () =>
    extension().isActive ? extension().exports : null,
  );
  await until('the workspace to be read', () => (['ready', 'limited'].includes(api.status().state) ? true : null));
  return api;
}

/** Whole days from a time to the tests' clock, as every age in the editor counts them. */
export function ageInDays(time: string): number {
  return Math.floor((Date.parse(process.env.FLAGBOOK_NOW ?? '') - Date.parse(time)) / 86_400_000);
}

export function uriOf(path: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder);
  return vscode.Uri.joinPath(folder.uri, path);
}

/** The path below the folder. */
export function pathOf(uri: vscode.Uri): string {
  return vscode.workspace.asRelativePath(uri, false);
}

/** Opens a file in an editor, where a person would see it. */
export async function show(path: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(uriOf(path));
  await vscode.window.showTextDocument(document, { preview: false });
  return document;
}

/** The range of a text's first occurrence, or of one behind `after`. */
export function rangeOf(document: vscode.TextDocument, text: string, after = ''): vscode.Range {
  const start = document.getText().indexOf(text, after === '' ? 0 : document.getText().indexOf(after));
  assert.notEqual(start, -1, `${text} is in ${document.uri.path}`);
  return new vscode.Range(document.positionAt(start), document.positionAt(start + text.length));
}

/** A position in the middle of a text. */
export function positionIn(document: vscode.TextDocument, text: string, after = ''): vscode.Position {
  const range = rangeOf(document, text, after);
  return document.positionAt(document.offsetAt(range.start) + Math.floor(text.length / 2));
}

/** Replaces one text by another in an open document, without saving it. */
export async function replace(document: vscode.TextDocument, before: string, after: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, rangeOf(document, before), after);
  assert.ok(await vscode.workspace.applyEdit(edit));
}

/** Writes a file to the disk, as another program would. */
export async function write(path: string, text: string): Promise<void> {
  await vscode.workspace.fs.writeFile(uriOf(path), Buffer.from(text));
}

/**
 * Runs a test on a file that exists for that long. No two have the same name, and each is emptied before it goes, because the
 * editor keeps closed documents, with their texts, for some minutes.
 */
export async function withFile(path: string, text: string, test: (path: string) => Promise<void>): Promise<void> {
  const dot = path.lastIndexOf('.');
  const own = `${path.slice(0, dot)}${Math.random().toString(36).slice(2, 8)}${path.slice(dot)}`;
  await write(own, text);
  try {
    await test(own);
  } finally {
    await empty(own);
    await closeAll();
    await remove(own);
  }
}

async function empty(path: string): Promise<void> {
  const document = vscode.workspace.textDocuments.find(each => each.uri.toString() === uriOf(path).toString());
  if (document === undefined || document.getText() === '') return;
  const edit = new vscode.WorkspaceEdit();
  edit.delete(document.uri, new vscode.Range(0, 0, document.lineCount, 0));
  await vscode.workspace.applyEdit(edit);
  await document.save();
}

export async function remove(path: string): Promise<void> {
  await vscode.workspace.fs.delete(uriOf(path));
}

/** Throws away what was not saved, and closes every editor. */
export async function closeAll(): Promise<void> {
  for (const document of vscode.workspace.textDocuments.filter(each => each.isDirty)) {
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('workbench.action.files.revert');
  }
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}

/** The labels of the hints of a document, by 0-based line. */
export async function hintsByLine(document: vscode.TextDocument): Promise<ReadonlyMap<number, string>> {
  const hints = await hintsOf(document);
  return new Map(hints.map(hint => [hint.position.line, labelOf(hint)]));
}

/** All hints of a document, resolved, as the editor gets them. */
export async function hintsOf(document: vscode.TextDocument): Promise<readonly vscode.InlayHint[]> {
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  const found = await vscode.commands.executeCommand('vscode.executeInlayHintProvider', document.uri, all);
  return found as vscode.InlayHint[];
}

export function labelOf(hint: vscode.InlayHint): string {
  return typeof hint.label === 'string' ? hint.label : hint.label.map(part => part.value).join('');
}

/** Waits until the hint on the line of a text is this one. */
export async function hintToBe(document: vscode.TextDocument, text: string, label: string | RegExp): Promise<string> {
  let last = 'none';
  return until(
    () => `the hint at ${text} to be ${label}; it is ${last}`,
    async () => {
      last = (await hintsByLine(document)).get(rangeOf(document, text).start.line) ?? 'none';
      return (typeof label === 'string' ? last === label : label.test(last)) ? last : null;
    },
  );
}

/** Waits for the problems that the extension reports in a document to be as wanted, and returns them in order of place. */
export async function problems(
  document: vscode.TextDocument,
  areWanted: (problems: readonly vscode.Diagnostic[]) => boolean,
): Promise<readonly vscode.Diagnostic[]> {
  let own: readonly vscode.Diagnostic[] = [];
  const listed = () => own.map(each => `\n  ${each.range.start.line + 1}: ${codeOf(each)} ${each.message}`).join('');
  return until(
    () => `other problems in ${pathOf(document.uri)}; there are${listed() || ' none'}`,
    () => {
      own = vscode.languages
        .getDiagnostics(document.uri)
        .filter(each => each.source === 'flagbook')
        .sort((a, b) => a.range.start.compareTo(b.range.start));
      return areWanted(own) ? own : null;
    },
  );
}

export function codeOf({ code }: vscode.Diagnostic): string {
  return String(typeof code === 'object' ? code.value : code);
}

/**
 * Asks until there is an answer other than null, each time that the editor reports a change and at short intervals, because what
 * a language server sends has no event that tests could see.
 */
export async function until<T>(
  what: string | (() => string),
  ask: () => T | null | Promise<T | null>,
  milliseconds = 45_000,
): Promise<T> {
  const deadline = Date.now() + milliseconds;
  for (;;) {
    const answer = await ask();
    if (answer !== null) return answer;
    if (Date.now() > deadline) throw new Error(`Waited in vain for ${typeof what === 'string' ? what : what()}.`);
    await nextChange();
  }
}

async function nextChange(): Promise<void> {
  const listening: vscode.Disposable[] = [];
  let timer: NodeJS.Timeout | undefined;
  await new Promise<void>(resolve => {
    listening.push(
      vscode.languages.onDidChangeDiagnostics(() => resolve()),
      vscode.workspace.onDidChangeTextDocument(() => resolve()),
      vscode.window.onDidChangeVisibleTextEditors(() => resolve()),
    );
    timer = setTimeout(resolve, 100);
  });
  clearTimeout(timer);
  for (const each of listening) each.dispose();
}
