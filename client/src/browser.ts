// The extension's entry where there is no Node, as on vscode.dev: the language server is a web worker.
import { type ExtensionContext, Uri, workspace } from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { clientId, clientName } from './clientOptions.ts';
import { type FlagbookApi, startSession } from './session.ts';
import { answerWasm } from './virtualFiles.ts';

export function activate(context: ExtensionContext): FlagbookApi {
  const script = Uri.joinPath(context.extensionUri, 'dist', 'server', 'browser.js').toString(true);
  let worker: Worker | null = null;
  // A worker outlives the connection that is closed: the one of before must go when a new one is started, or at the end.
  const endWorker = () => {
    worker?.terminate();
    worker = null;
  };
  context.subscriptions.push({ dispose: endWorker });
  const startWorker = async (): Promise<Worker> => {
    endWorker();
    worker = new Worker(script, { name: clientName });
    return worker;
  };
  return startSession(
    context,
    options => {
      const client = new LanguageClient(clientId, clientName, startWorker, options);
      context.subscriptions.push(answerWasm(client, context.extensionUri, uri => workspace.fs.readFile(uri)));
      return client;
    },
    { fileAccess: 'client', now: null },
  );
}
