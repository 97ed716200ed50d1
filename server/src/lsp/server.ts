/** The language server, whatever carries its messages: capabilities, and the life of a session from `initialize` to `exit`. */
import * as lsp from 'vscode-languageserver';
import { createGrammars, type ReadWasm } from '../core/languages/grammars.ts';
import type { Notice } from '../core/model.ts';
import type { FileAccess } from '../sources/files/access.ts';
import type { Project, ProjectOptions } from '../sources/project/project.ts';
import { createProject } from '../sources/project/project.ts';
import { clientAccess } from './clientAccess.ts';
import { pushDiagnostics, registerHandlers } from './handlers.ts';
import type { InitializationOptions } from './protocol.ts';
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
      ) => Pick<ProjectOptions, 'access' | 'readHistory' | 'withoutHistory' | 'past' | 'openMemory'>)
    | null;
}

export interface DiskProject {
  readonly trusted: boolean;
  readonly now: () => number;
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
    const can = abilitiesOf(params.capabilities);
    hasFolders = params.capabilities.workspace?.workspaceFolders === true;
    const make = (root: string | null): Project =>
      createProject({ grammars, ...sourcesOf(connection, surroundings, initialization, root) });
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
  connection.onShutdown(() => session?.dispose());
  connection.listen();
}

/** Options as any editor may send them: what is missing has a default, and an editor that says nothing is trusted as its user is. */
function initializationOf(given: unknown): InitializationOptions {
  const options = (typeof given === 'object' && given !== null ? given : {}) as Partial<InitializationOptions>;
  const now = typeof options.now === 'string' && !Number.isNaN(Date.parse(options.now)) ? options.now : null;
  return {
    trusted: options.trusted ?? true,
    fileAccess: options.fileAccess ?? 'disk',
    now,
    settings: decodeSettings(options.settings),
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
      notices,
    };
  }
  return { ...surroundings.projectOnDisk(root, { trusted, now }), now, notices: trusted ? [] : [UNTRUSTED] };
}

function abilitiesOf(capabilities: lsp.ClientCapabilities): ClientAbilities {
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
    codeActionProvider: { codeActionKinds: [lsp.CodeActionKind.QuickFix] },
    ...(can.pullDiagnostics
      ? { diagnosticProvider: { identifier: 'flagbook', interFileDependencies: true, workspaceDiagnostics: false } }
      : {}),
    workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
  };
}
