// The extension's entry where there is no Node, as on vscode.dev: the language server is a web worker.
import { type ExtensionContext, Uri, workspace } from 'vscode';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  LanguageClient,
  type MessageTransports,
} from 'vscode-languageclient/browser';
import { clientId, clientName } from './clientOptions.ts';
import { type FlagbookApi, startSession } from './session.ts';
import { answerWasm } from './virtualFiles.ts';

export function activate(context: ExtensionContext): FlagbookApi {
  const script = Uri.joinPath(context.extensionUri, 'dist', 'server', 'browser.js');
  let worker: Worker | null = null;
  // A worker outlives the connection that is closed: the one of before must go when a new one is started, or at the end.
  const endWorker = () => {
    worker?.terminate();
    worker = null;
  };
  context.subscriptions.push({ dispose: endWorker });
  const startWorker = async (): Promise<MessageTransports> => {
    endWorker();
    const started = new Worker(await workerAddress(script), { name: clientName });
    worker = started;
    // Not the worker itself: the library would not know it for one, since the editor puts its own constructor in the way.
    return { reader: new BrowserMessageReader(started), writer: new BrowserMessageWriter(started) };
  };
  return startSession(
    context,
    options => {
      const client = new QuietBrowserClient(clientId, clientName, startWorker, options);
      context.subscriptions.push(answerWasm(client, context.extensionUri));
      return client;
    },
    { fileAccess: 'client', now: null },
  );
}

/** The library would show a server that can't be started in a pop-up; here the status item tells. */
class QuietBrowserClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/** What a worker can be started from: the web, or a copy of a script that only the editor's own file systems can read. */
async function workerAddress(script: Uri): Promise<string> {
  if (script.scheme === 'https' || script.scheme === 'http') return script.toString(true);
  const bytes = await workspace.fs.readFile(script);
  return URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'text/javascript' }));
}
