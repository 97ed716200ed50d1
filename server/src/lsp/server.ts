/** The language server, whatever carries its messages: capabilities, and the life of a session from `initialize` to `exit`. */
import * as lsp from 'vscode-languageserver';
import { createGrammars, type ReadWasm } from '../core/languages/grammars.ts';
import type { Notice } from '../core/model.ts';
import type { FileAccess } from '../sources/files/access.ts';
import type { NetworkSettings } from '../sources/flag-servers/pollerOfUser.ts';
import type { TokenFor } from '../sources/flag-servers/source.ts';
import type { Project, ProjectOptions } from '../sources/project/project.ts';
import { createProject } from '../sources/project/project.ts';
import { clientAccess } from './clientAccess.ts';
import { pushDiagnostics, registerHandlers } from './handlers.ts';
import { type InitializationOptions, TokensChangedNotification } from './protocol.ts';
import { type ClientAbilities, createSession, type Session } from './session.ts';
import { decodeSettings } from './settings.ts';

/** What differs between a process and a browser's worker. */
export interface Surroundings {
  readonly readWasm: ReadWasm;
  /** The project of a folder on disk; null where there is no disk. */
  readonly projectOnDisk:
    | ((
        rootUri: string,
        options: DiskProject,
      ) => Pick<
        ProjectOptions,
        | 'access'
        | 'readHistory'
        | 'withoutHistory'
        | 'past'
        | 'openMemory'
        | 'startWorkers'
        | 'servers'
        | 'withoutServers'
      >)
    | null;
  /** Tokens out of the client's secret storage; left out where nothing can be unsealed. */
  readonly tokens?: (connection: lsp.Connection) => TokenFor;
}

export interface DiskProject {
  readonly trusted: boolean;
  readonly now: () => number;
  /** Null: tokens are in the environment. */
  readonly tokenFor: TokenFor | null;
  readonly network: NetworkSettings;
  readonly onError: (error: unknown) => void;
}

const UNTRUSTED: Notice = {
  code: 'restricted',
  severity: 'warning',
  message: 'Restricted workspace: git is not run, so ages are off. Trust the workspace to see them.',
};

const THROUGH_CLIENT: Notice = {
  code: 'virtual',
  severity: 'warning',
  message: 'Virtual workspace: there is no git here, so ages are off. Flags, runbooks and incidents work.',
};

/** Listens on the connection until it closes. */
export function serve(connection: lsp.Connection, surroundings: Surroundings): void {
  let session: Session | null = null;
  let roots: readonly string[] = [];
  let hasFolders = false;
  connection.onInitialize(async params => {
    const initialization = initializationOf(params.initializationOptions);
    const grammars = await createGrammars(surroundings.readWasm, () => performance.now());
    roots = (params.workspaceFolders ?? []).map(folder => folder.uri);
    if (roots.length === 0 && params.rootUri) roots = [params.rootUri];
    const can = { ...abilitiesOf(params.capabilities), commandLinks: initialization.commandLinks === true };
    hasFolders = params.capabilities.workspace?.workspaceFolders === true;
    const make = (root: string | null): Project =>
      createProject({
        grammars,
        ...sourcesOf(connection, surroundings, initialization, root),
        onServed: () => session?.changed(),
      });
    session = createSession({ connection, grammars, initialization, createProject: make, can });
    registerHandlers(connection, session);
    if (!can.pullDiagnostics) pushDiagnostics(connection, session);
    return { capabilities: capabilities(can), serverInfo: { name: 'flagbook' } };
  });
  connection.onInitialized(() => {
    for (const root of roots) void session?.addFolder(root);
    // Editors without workspace folders are told so by an error when they are asked about them.
    if (!hasFolders) return;
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      for (const folder of removed) session?.removeFolder(folder.uri);
      for (const folder of added) void session?.addFolder(folder.uri);
    });
  });
  connection.onNotification(TokensChangedNotification, () => {
    for (const folder of session?.folders() ?? []) void folder.project.servers?.askAll(ANSWERS_LIMIT);
  });
  connection.onShutdown(() => session?.dispose());
  connection.listen();
}

/** Nobody waits for this; it only bounds the timer, in milliseconds. */
const ANSWERS_LIMIT = 60_000;

/** Options as any editor may send them: what is missing has a default, and an editor that says nothing is trusted as its user is. */
function initializationOf(given: unknown): InitializationOptions {
  const options = (typeof given === 'object' && given !== null ? given : {}) as Partial<InitializationOptions>;
  const now = typeof options.now === 'string' && !Number.isNaN(Date.parse(options.now)) ? options.now : null;
  return {
    trusted: options.trusted ?? true,
    fileAccess: options.fileAccess ?? 'disk',
    now,
    settings: decodeSettings(options.settings),
    tokens: options.tokens ?? 'environment',
    commandLinks: options.commandLinks === true,
    network: options.network ?? { strictCertificates: true, systemCertificates: true },
  };
}

function sourcesOf(
  connection: lsp.Connection,
  surroundings: Surroundings,
  initialization: InitializationOptions,
  root: string | null,
) {
  const { trusted, fileAccess } = initialization;
  const now = () => (initialization.now === null ? Date.now() : Date.parse(initialization.now));
  if (root === null) {
    const nothing: FileAccess = { list: async () => [], read: async () => ({ kind: 'skipped', reason: 'unreadable' }) };
    return {
      access: nothing,
      now,
      readHistory: null,
      withoutHistory: 'The file belongs to no folder.',
      past: null,
      servers: null,
      withoutServers: 'the file belongs to no folder.',
      notices: [],
    };
  }
  if (fileAccess === 'client' || surroundings.projectOnDisk === null || !root.startsWith('file:')) {
    const notices = trusted ? [THROUGH_CLIENT] : [UNTRUSTED, THROUGH_CLIENT];
    return {
      access: clientAccess(connection, root),
      now,
      readHistory: null,
      withoutHistory: 'There is no git in a virtual workspace.',
      past: null,
      servers: null,
      withoutServers: 'flag servers are asked for folders on a disk only.',
      notices,
    };
  }
  const tokenFor = initialization.tokens === 'client' && surroundings.tokens ? surroundings.tokens(connection) : null;
  const network = initialization.network ?? {};
  const onError = (error: unknown) => connection.console.error(`Asking a flag server failed: ${nameOf(error)}`);
  const disk = surroundings.projectOnDisk(root, { trusted, now, tokenFor, network, onError });
  return { ...disk, now, notices: trusted ? [] : [UNTRUSTED] };
}

/** Messages of unforeseen errors may quote anything: the log gets their kind and where they come from. */
function nameOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown error';
  return `${error.name}${/\n[ \t]+at [^\n]{0,300}/.exec(error.stack ?? '')?.[0] ?? ''}`;
}

function abilitiesOf(capabilities: lsp.ClientCapabilities): Omit<ClientAbilities, 'commandLinks'> {
  return {
    refreshHints: capabilities.workspace?.inlayHint?.refreshSupport === true,
    refreshDiagnostics: capabilities.workspace?.diagnostics?.refreshSupport === true,
    pullDiagnostics: capabilities.textDocument?.diagnostic !== undefined,
    annotateChanges:
      capabilities.workspace?.workspaceEdit?.documentChanges === true &&
      capabilities.workspace.workspaceEdit.changeAnnotationSupport !== undefined,
  };
}

function capabilities(can: ClientAbilities): lsp.ServerCapabilities {
  return {
    textDocumentSync: { openClose: true, change: lsp.TextDocumentSyncKind.Incremental },
    hoverProvider: true,
    definitionProvider: true,
    referencesProvider: true,
    // VS Code shows outlines of several extensions side by side, under their names.
    documentSymbolProvider: { label: 'Flagbook' },
    inlayHintProvider: { resolveProvider: true },
    completionProvider: { resolveProvider: true, triggerCharacters: ["'", '"', '`'] },
    documentLinkProvider: {},
    renameProvider: { prepareProvider: true },
    codeActionProvider: { codeActionKinds: [lsp.CodeActionKind.QuickFix, lsp.CodeActionKind.Refactor] },
    ...(can.pullDiagnostics
      ? { diagnosticProvider: { identifier: 'flagbook', interFileDependencies: true, workspaceDiagnostics: false } }
      : {}),
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
}
