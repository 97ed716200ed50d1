// The extension's entry where there is no Node, as on vscode.dev: the language server is a web worker.
import { type ExtensionContext, Uri, workspace } from 'vscode';
import {
  BrowserMessageReader,
  BrowserMessageWriter,
  type DataCallback,
  type Disposable,
  ErrorCodes,
  LanguageClient,
  Message,
  type MessageTransports,
  type RequestMessage,
  type ResponseMessage,
} from 'vscode-languageclient/browser';
import { type ReadWasmParams, ReadWasmRequest, type ReadWasmResult } from '../../server/src/lsp/protocol.ts';
import { clientId, clientName } from './clientOptions.ts';
import { type FlagbookApi, startSession } from './session.ts';

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
    const writer = new BrowserMessageWriter(started);
    const answer = async (request: RequestMessage) => writer.write(await readWasm(context.extensionUri, request));
    return { reader: new ReaderThatAnswersWasm(started, answer), writer };
  };
  return startSession(context, options => new QuietBrowserClient(clientId, clientName, startWorker, options), {
    fileAccess: 'client',
    now: null,
  });
}

/** The library would show a server that can't be started in a pop-up; here the status item tells. */
class QuietBrowserClient extends LanguageClient {
  override error(message: string, data?: unknown): void {
    super.error(message, data, false);
  }
}

/**
 * Takes the server's requests for its grammars out of the stream. It makes them before it answers `initialize`, and until then the
 * library knows none of our handlers.
 */
class ReaderThatAnswersWasm extends BrowserMessageReader {
  readonly #answer: (request: RequestMessage) => Promise<void>;

  constructor(worker: Worker, answer: (request: RequestMessage) => Promise<void>) {
    super(worker);
    this.#answer = answer;
    // A worker says so when it breaks but closes nothing by itself, and the library would wait for ever.
    worker.addEventListener('error', () => this.fireClose());
  }

  override listen(callback: DataCallback): Disposable {
    return super.listen(message => {
      if (Message.isRequest(message) && message.method === ReadWasmRequest) void this.#answer(message);
      else callback(message);
    });
  }
}

async function readWasm(extension: Uri, { id, params }: RequestMessage): Promise<ResponseMessage> {
  const jsonrpc = '2.0';
  const { name } = params as unknown as ReadWasmParams;
  const refuse = (reason: string): ResponseMessage => {
    return { jsonrpc, id, error: { code: ErrorCodes.InvalidParams, message: `${JSON.stringify(name)}: ${reason}` } };
  };
  if (!/^[a-z-]{1,60}$/.test(name)) return refuse('no name of a grammar');
  try {
    const bytes: ReadWasmResult = await workspace.fs.readFile(Uri.joinPath(extension, 'dist', 'wasm', `${name}.wasm`));
    return { jsonrpc, id, result: bytes };
  } catch (error) {
    return refuse(String(error));
  }
}

/** What a worker can be started from: the web, or a copy of a script that only the editor's own file systems can read. */
async function workerAddress(script: Uri): Promise<string> {
  if (script.scheme === 'https' || script.scheme === 'http') return script.toString(true);
  const bytes = await workspace.fs.readFile(script);
  return URL.createObjectURL(new Blob([new Uint8Array(bytes)], { type: 'text/javascript' }));
}
