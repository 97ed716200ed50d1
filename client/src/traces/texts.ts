// Where the text of a trace may be: a selection, a document, the clipboard, a file, or what somebody is asked to paste.
import { type Disposable, env, l10n, type TextDocument, Uri, window, workspace } from 'vscode';

/** A text that may hold a trace; asked for only when it is its turn. */
export type Candidate = () => string | Thenable<string>;

/** Most deliberate first: a chosen file; else the selection, the document itself where it is plain text, the clipboard. */
export function candidates(file: unknown): readonly Candidate[] {
  if (file instanceof Uri) return [fromFile(file)];
  const editor = window.activeTextEditor;
  const document = editor !== undefined && isPlainText(editor.document) ? [() => editor.document.getText()] : [];
  return [...fromSelection(), ...document, fromClipboard];
}

export function fromSelection(): readonly Candidate[] {
  const editor = window.activeTextEditor;
  return editor === undefined || editor.selection.isEmpty ? [] : [() => editor.document.getText(editor.selection)];
}

/** Larger logs are for the command line, which reads them piece by piece. */
const largestFile = 50_000_000;

/** With what is not saved yet, where the file is open. A file that can't be read has no trace, and says so. */
export function fromFile(file: Uri): Candidate {
  return async () => {
    const open = workspace.textDocuments.find(({ uri }) => uri.toString() === file.toString());
    if (open !== undefined) return open.getText();
    try {
      const { size } = await workspace.fs.stat(file);
      if (size <= largestFile) return decode(await workspace.fs.readFile(file));
      const said = l10n.t(
        '{0} is too large for the editor. In a terminal: flagbook trace {0}',
        workspace.asRelativePath(file),
      );
      void window.showWarningMessage(said);
    } catch {
      void window.showWarningMessage(l10n.t("{0} can't be read.", workspace.asRelativePath(file)));
    }
    return '';
  };
}

/** Redirections of some Windows shells write UTF-16. */
function decode(bytes: Uint8Array): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}

export const fromClipboard: Candidate = () => env.clipboard.readText();

export async function chooseFile(): Promise<Candidate | null> {
  const files = await window.showOpenDialog({ canSelectMany: false, openLabel: l10n.t('Analyse') });
  return files?.[0] === undefined ? null : fromFile(files[0]);
}

/**
 * Opens an empty document to paste into, since a prompt of one line would tear a trace apart. Calls `taken` with its text each
 * time it changes, until `taken` says that it has what it wanted, or the document is closed.
 */
export async function pasteIntoDocument(taken: (text: string) => Promise<boolean>): Promise<void> {
  const document = await workspace.openTextDocument({ language: 'plaintext' });
  await window.showTextDocument(document);
  window.setStatusBarMessage(l10n.t('Paste the stack trace here.'), 8000);
  const listening: Disposable[] = [];
  const end = () => listening.forEach(each => void each.dispose());
  listening.push(
    workspace.onDidChangeTextDocument(async event => {
      if (event.document === document && (await taken(document.getText()))) end();
    }),
    workspace.onDidCloseTextDocument(closed => {
      if (closed === document) end();
    }),
  );
}

/** Source code is no place to look for a trace, and its comments would only mislead. */
function isPlainText(document: TextDocument): boolean {
  return document.languageId === 'plaintext' || document.languageId === 'log';
}
