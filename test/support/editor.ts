// A small editor of our own: it starts the built language server as a process, speaks the protocol over stdio, keeps its
// documents in step, and lets a test wait for what the server tells. Nothing of the server's code is in it.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  CancellationTokenSource,
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import type {
  CodeAction,
  CompletionItem,
  Diagnostic,
  DocumentLink,
  Hover,
  InitializeResult,
  InlayHint,
  Location,
  LocationLink,
  Range,
} from 'vscode-languageserver-protocol';
import { serverMemory } from '../../client/src/serverMemory.ts';
import type {
  DecorationsParams,
  InitializationOptions,
  StatusParams,
  ViewResult,
} from '../../server/src/lsp/protocol.ts';

const SERVER = join(import.meta.dirname, '..', '..', 'dist', 'server', 'server.js');

export interface EditorOptions {
  /** Absolute paths of the workspace folders. */
  readonly folders: readonly string[];
  readonly initialization?: Partial<InitializationOptions>;
  /** False: a client that can't pull diagnostics, as older editors are. */
  readonly pullsDiagnostics?: boolean;
  /** False: a client that applies edits without asking. */
  readonly annotatesChanges?: boolean;
  /** The server's program; that of this build unless told. */
  readonly server?: string;
  /** Added to the environment of this process. */
  readonly env?: NodeJS.ProcessEnv;
}

export interface Editor {
  readonly process: ChildProcess;
  readonly initialized: InitializeResult;
  readonly connection: MessageConnection;
  /** The text of an open document. */
  textOf(uri: string): string;
  open(uri: string, languageId: string, text: string): void;
  /** Replaces one occurrence of a text by another, as an incremental change. */
  replace(uri: string, before: string, after: string): void;
  /** Replaces a range of UTF-16 offsets, as an incremental change. */
  splice(uri: string, start: number, end: number, text: string): void;
  close(uri: string): void;
  hover(uri: string, at: string): Promise<string | null>;
  hints(uri: string): Promise<readonly InlayHint[]>;
  diagnostics(uri: string): Promise<readonly Diagnostic[]>;
  definitions(uri: string, at: string): Promise<readonly LocationLink[]>;
  references(uri: string, at: string): Promise<readonly Location[]>;
  completions(uri: string, at: string): Promise<readonly CompletionItem[]>;
  links(uri: string): Promise<readonly DocumentLink[]>;
  actions(uri: string, at: string): Promise<readonly CodeAction[]>;
  request<T>(method: string, params?: unknown): Promise<T>;
  /** Sends a request and cancels it at once; resolves to how it ended. */
  cancelled(method: string, params: unknown): Promise<'answered' | 'cancelled'>;
  notify(method: string, params: unknown): void;
  /** Resolves when the predicate holds for something the server said, now or later. */
  status(until: (status: StatusParams) => boolean): Promise<StatusParams>;
  decorations(uri: string, until: (params: DecorationsParams) => boolean): Promise<DecorationsParams>;
  pushedDiagnostics(uri: string, until: (items: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]>;
  /** Resolves when indexing and, where there is git, the ages are done. */
  settled(): Promise<StatusParams>;
  view(method: string): Promise<ViewResult>;
  /** The position of a text in an open document: its middle. */
  position(uri: string, at: string): { line: number; character: number };
  shutdown(): Promise<number | null>;
}

/** Starts the server and initializes it. */
export async function startEditor(options: EditorOptions): Promise<Editor> {
  const child = spawn(process.execPath, [...serverMemory, options.server ?? SERVER, '--stdio'], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, ...options.env },
  });
  const connection = createMessageConnection(
    new StreamMessageReader(child.stdout),
    new StreamMessageWriter(child.stdin),
  );
  const documents = new Map<string, { text: string; version: number }>();
  const said = createListeners();
  connection.onNotification('flagbook/status', (params: StatusParams) => said.tell('status', '', params));
  connection.onNotification('flagbook/decorations', (params: DecorationsParams) =>
    said.tell('decorations', params.uri, params),
  );
  connection.onNotification('flagbook/changed', () => said.tell('changed', '', true));
  connection.onNotification('textDocument/publishDiagnostics', (params: { uri: string; diagnostics: Diagnostic[] }) =>
    said.tell('diagnostics', params.uri, params.diagnostics),
  );
  connection.onRequest('workspace/inlayHint/refresh', () => null);
  connection.onRequest('workspace/diagnostic/refresh', () => null);
  connection.onRequest('client/registerCapability', () => null);
  connection.onNotification('window/logMessage', () => {});
  connection.listen();
  const initialized = await connection.sendRequest<InitializeResult>('initialize', initializeParams(options));
  void connection.sendNotification('initialized', {});

  const position = (uri: string, at: string) => {
    const text = documents.get(uri)!.text;
    const offset = text.indexOf(at);
    if (offset < 0) throw new Error(`${JSON.stringify(at)} is not in ${uri}`);
    return positionOf(text, offset + (at.length >> 1));
  };
  const at = (uri: string, needle: string) => ({ textDocument: { uri }, position: position(uri, needle) });
  const splice = (uri: string, start: number, end: number, inserted: string) => {
    const document = documents.get(uri)!;
    const range = { start: positionOf(document.text, start), end: positionOf(document.text, end) };
    document.text = document.text.slice(0, start) + inserted + document.text.slice(end);
    document.version++;
    const textDocument = { uri, version: document.version };
    void connection.sendNotification('textDocument/didChange', {
      textDocument,
      contentChanges: [{ range, text: inserted }],
    });
  };

  return {
    process: child,
    initialized,
    connection,
    textOf: uri => documents.get(uri)!.text,
    open(uri, languageId, text) {
      documents.set(uri, { text, version: 1 });
      void connection.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text } });
    },
    replace(uri, before, after) {
      const start = documents.get(uri)!.text.indexOf(before);
      if (start < 0) throw new Error(`${JSON.stringify(before)} is not in ${uri}`);
      splice(uri, start, start + before.length, after);
    },
    splice,
    close(uri) {
      documents.delete(uri);
      void connection.sendNotification('textDocument/didClose', { textDocument: { uri } });
    },
    async hover(uri, needle) {
      const hover = await connection.sendRequest<Hover | null>('textDocument/hover', at(uri, needle));
      return hover === null ? null : (hover.contents as { value: string }).value;
    },
    hints: uri =>
      connection.sendRequest('textDocument/inlayHint', {
        textDocument: { uri },
        range: wholeRange(documents.get(uri)!.text),
      }),
    async diagnostics(uri) {
      const report = await connection.sendRequest<{ items: Diagnostic[] }>('textDocument/diagnostic', {
        textDocument: { uri },
      });
      return report.items;
    },
    definitions: (uri, needle) => connection.sendRequest('textDocument/definition', at(uri, needle)),
    references: (uri, needle) =>
      connection.sendRequest('textDocument/references', { ...at(uri, needle), context: { includeDeclaration: true } }),
    completions: (uri, needle) => connection.sendRequest('textDocument/completion', at(uri, needle)),
    links: uri => connection.sendRequest('textDocument/documentLink', { textDocument: { uri } }),
    actions: (uri, needle) => {
      const here = position(uri, needle);
      return connection.sendRequest('textDocument/codeAction', {
        textDocument: { uri },
        range: { start: here, end: here },
        context: { diagnostics: [] },
      });
    },
    request: (method, params) => connection.sendRequest(method, params),
    async cancelled(method, params) {
      const source = new CancellationTokenSource();
      const answer = connection.sendRequest(method, params, source.token);
      source.cancel();
      return answer.then(
        () => 'answered' as const,
        () => 'cancelled' as const,
      );
    },
    notify: (method, params) => void connection.sendNotification(method, params),
    status: until => said.wait('status', '', until),
    decorations: (uri, until) => said.wait('decorations', uri, until),
    pushedDiagnostics: (uri, until) => said.wait('diagnostics', uri, until),
    settled: () =>
      said.wait<StatusParams>('status', '', status => status.state === 'ready' || status.state === 'limited'),
    view: method => connection.sendRequest(method),
    position,
    async shutdown() {
      // One that a signal has ended has no exit code, and answers nobody.
      const isGone = child.exitCode !== null || child.signalCode !== null;
      if (isGone) return child.exitCode;
      const exited = once(child, 'exit');
      await Promise.race([connection.sendRequest('shutdown'), exited]);
      if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
      await connection.sendNotification('exit');
      const [code] = await exited;
      connection.dispose();
      return code as number | null;
    },
  };
}

/** The URI of a path on disk. */
export function uriOfPath(path: string): string {
  return pathToFileURL(path).href;
}

/** The 0-based position of an offset; lines end as the protocol says. */
export function positionOf(text: string, offset: number): { line: number; character: number } {
  const before = text.slice(0, offset).split(/\r\n|\n|\r(?!\n)/);
  // An offset between the two halves of a line ending still belongs to the line before it.
  return { line: before.length - 1, character: before.at(-1)!.length };
}

function wholeRange(text: string): Range {
  return { start: { line: 0, character: 0 }, end: positionOf(text, text.length) };
}

function initializeParams(options: EditorOptions) {
  const settings = { inline: { enabled: true }, diagnostics: { enabled: true, staleSeverity: 'hint' as const } };
  return {
    processId: process.pid,
    rootUri: null,
    workspaceFolders: options.folders.map(folder => ({ uri: uriOfPath(folder), name: folder })),
    initializationOptions: { trusted: true, fileAccess: 'disk', now: null, settings, ...options.initialization },
    capabilities: {
      workspace: {
        inlayHint: { refreshSupport: true },
        diagnostics: { refreshSupport: true },
        workspaceFolders: true,
        workspaceEdit: options.annotatesChanges === false ? {} : { documentChanges: true, changeAnnotationSupport: {} },
      },
      textDocument: options.pullsDiagnostics === false ? {} : { diagnostic: {} },
    },
  };
}

interface Waiting {
  readonly kind: string;
  readonly about: string;
  readonly until: (value: never) => boolean;
  readonly resolve: (value: never) => void;
}

/** What the server said last, and who waits for what it says next. */
function createListeners() {
  const last = new Map<string, unknown>();
  const waiting = new Set<Waiting>();
  return {
    tell(kind: string, about: string, value: unknown): void {
      last.set(`${kind} ${about}`, value);
      for (const waiter of [...waiting]) {
        if (waiter.kind !== kind || waiter.about !== about || !waiter.until(value as never)) continue;
        waiting.delete(waiter);
        waiter.resolve(value as never);
      }
    },
    wait<T>(kind: string, about: string, until: (value: T) => boolean): Promise<T> {
      const known = last.get(`${kind} ${about}`);
      if (known !== undefined && until(known as T)) return Promise.resolve(known as T);
      return new Promise<T>(resolve => waiting.add({ kind, about, until, resolve } as unknown as Waiting));
    },
  };
}
