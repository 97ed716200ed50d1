// `vscode://` links that open a trace: from a chat message, an alert, the command line. A link comes from anywhere: it shows a
// trace and does nothing else, and a folder that is not open is opened only when a person says so.
import { commands, type Disposable, type ExtensionContext, l10n, Uri, window, workspace } from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  type DeepLinkParams,
  DeepLinkRequest,
  type DeepLinkResult,
  type TraceFileParams,
  TraceFileRequest,
  type TraceFileResult,
} from '../../../server/src/lsp/protocol.ts';

type Link = Exclude<DeepLinkResult, { kind: 'failed' }>;

/** Shows a text's traces; false when there are none. */
export type ShowTrace = (text: string, deployed: string | null) => Promise<boolean>;

export interface DeepLinks extends Disposable {
  readonly handle: (uri: Uri) => Promise<void>;
}

/** What a window leaves for the one that it opens, and for how long. */
const pendingKey = 'flagbook.pendingLink';
const longestPending = 5 * 60_000;
interface Pending {
  readonly link: Link;
  readonly folder: string;
  readonly time: number;
}

export function createDeepLinks(
  context: Pick<ExtensionContext, 'globalState'>,
  client: BaseLanguageClient,
  show: ShowTrace,
): DeepLinks {
  const follow = async (link: Link, folder: Uri | null) => {
    const read = link.kind === 'text' ? link : await readFile(client, link.path, folder);
    if (read.kind === 'failed') void window.showWarningMessage(read.reason);
    else if (!(await show(read.text, link.deployed)))
      void window.showWarningMessage(l10n.t('The link holds no stack trace that Flagbook can read.'));
  };
  const handle = async ({ path, query }: Uri) => {
    const params: DeepLinkParams = { path, query };
    const link = await client.sendRequest<DeepLinkResult>(DeepLinkRequest, params);
    if (link.kind === 'failed') {
      void window.showWarningMessage(link.reason);
      return;
    }
    if (link.folder === null) return follow(link, null);
    const wanted = Uri.file(link.folder);
    const open = workspace.workspaceFolders?.find(({ uri }) => pathOf(uri) === pathOf(wanted));
    if (open !== undefined) return follow(link, open.uri);
    await askAndOpen(link, wanted);
  };
  const askAndOpen = async (link: Link, folder: Uri) => {
    const openFolder = l10n.t('Open Folder');
    const here = l10n.t('Show It Here');
    const answer = await window.showInformationMessage(
      l10n.t('A link shows a stack trace of the folder {0}, which is not open. Open this folder?', folder.fsPath),
      {
        modal: true,
        detail: l10n.t('Open only folders that you know. The link itself came from outside of the editor.'),
      },
      openFolder,
      ...(link.kind === 'text' ? [here] : []),
    );
    if (answer === here) return follow(link, null);
    if (answer !== openFolder) return;
    const pending: Pending = { link, folder: pathOf(folder), time: Date.now() };
    await context.globalState.update(pendingKey, pending);
    const forceNewWindow = (workspace.workspaceFolders?.length ?? 0) > 0;
    await commands.executeCommand('vscode.openFolder', folder, { forceNewWindow });
  };

  // The window that was opened for a link goes on with it.
  const pending = context.globalState.get<Pending>(pendingKey);
  const opened = workspace.workspaceFolders?.find(({ uri }) => pathOf(uri) === pending?.folder);
  if (pending !== undefined && opened !== undefined) {
    void context.globalState.update(pendingKey, undefined);
    if (Date.now() - pending.time < longestPending) follow(pending.link, opened.uri).catch(() => {});
  }
  const handler = window.registerUriHandler({
    handleUri: uri => handle(uri).catch(error => client.warn('A link was not followed.', error, false)),
  });
  return { handle, dispose: () => handler.dispose() };
}

/** For comparing folders: drives of Windows are written in both cases. */
function pathOf({ path }: Uri): string {
  return path.replace(/\/$/, '').replace(/^\/[A-Z](?=:)/, drive => drive.toLowerCase());
}

/** By way of the server, which reads nothing outside of the workspace's folders. */
async function readFile(client: BaseLanguageClient, path: string, folder: Uri | null): Promise<TraceFileResult> {
  const folders = folder === null ? (workspace.workspaceFolders ?? []).map(({ uri }) => uri) : [folder];
  let failed: TraceFileResult = {
    kind: 'failed',
    reason: l10n.t('The link names the file {0}: open the folder that holds it, then follow the link again.', path),
  };
  for (const uri of folders) {
    const params: TraceFileParams = { uri: Uri.joinPath(uri, path).toString() };
    const read = await client.sendRequest<TraceFileResult>(TraceFileRequest, params);
    if (read.kind === 'text') return read;
    failed = read;
  }
  return failed;
}
