// Stack traces that someone has in hand: finds the text, has the server analyse it and shows the answer as a read-only
// Markdown document.
import { commands, type Disposable, EventEmitter, env, l10n, type TextDocument, Uri, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import { type TraceParams, TraceRequest, type TraceResult } from '../../server/src/lsp/protocol.ts';

const scheme = 'flagbook-trace';

/** Registers the command and the documents it makes. */
export function registerStackTraces(client: BaseLanguageClient): Disposable {
  const answers = new Map<string, string>();
  const changed = new EventEmitter<Uri>();
  let made = 0;

  const show = async (result: TraceResult) => {
    made += 1;
    const uri = Uri.from({ scheme, path: `/${l10n.t('Stack trace')} ${made}.md` });
    answers.set(uri.toString(), withLinksThatPreviewFollows(result.markdown));
    changed.fire(uri);
    await commands.executeCommand('markdown.showPreview', uri);
  };
  const analyse = async (file?: unknown) => {
    const result = await firstWithTraces(client, candidates(file instanceof Uri ? file : null));
    if (result === null) await offerOtherTexts();
    else await show(result);
  };

  const subscriptions: readonly Disposable[] = [
    changed,
    commands.registerCommand('flagbook.analyseStackTrace', analyse),
    workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: uri => answers.get(uri.toString()) ?? '',
    }),
    workspace.onDidCloseTextDocument(document => void answers.delete(document.uri.toString())),
  ];
  return { dispose: () => subscriptions.forEach(subscription => void subscription.dispose()) };
}

/** The Markdown preview follows links from the (first) folder's root, such as `/src/pay.ts#L45`, but no `file:` links. */
function withLinksThatPreviewFollows(markdown: string): string {
  const folder = workspace.workspaceFolders?.[0]?.uri.toString();
  return folder === undefined ? markdown : markdown.replaceAll(`](${folder}/`, '](/');
}

type Candidate = () => string | Thenable<string>;

/** Where a trace may be, most deliberate first: a chosen file; else the selection, the clipboard, the document itself. */
function candidates(file: Uri | null): readonly Candidate[] {
  if (file !== null) return [async () => (await workspace.openTextDocument(file)).getText()];
  const editor = window.activeTextEditor;
  const selection =
    editor === undefined || editor.selection.isEmpty ? [] : [() => editor.document.getText(editor.selection)];
  const document = editor !== undefined && isPlainText(editor.document) ? [() => editor.document.getText()] : [];
  return [...selection, ...document, () => env.clipboard.readText()];
}

/** Source code is no place to look for a trace, and its comments would only mislead. */
function isPlainText(document: TextDocument): boolean {
  return document.languageId === 'plaintext' || document.languageId === 'log';
}

async function firstWithTraces(client: BaseLanguageClient, texts: readonly Candidate[]): Promise<TraceResult | null> {
  for (const candidate of texts) {
    const params: TraceParams = { text: await candidate() };
    if (params.text.trim() === '') continue;
    const result = await client.sendRequest<TraceResult>(TraceRequest, params);
    if (result.traces > 0) return result;
  }
  return null;
}

async function offerOtherTexts(): Promise<void> {
  const choose = l10n.t('Choose a File…');
  const paste = l10n.t('Paste It into an Editor');
  const answer = await window.showInformationMessage(
    l10n.t('There is no stack trace in the selection, the document or the clipboard.'),
    choose,
    paste,
  );
  if (answer === paste) await window.showTextDocument(await workspace.openTextDocument({ language: 'plaintext' }));
  if (answer !== choose) return;
  const files = await window.showOpenDialog({ canSelectMany: false, openLabel: l10n.t('Analyse') });
  if (files?.[0] !== undefined) await commands.executeCommand('flagbook.analyseStackTrace', files[0]);
}
