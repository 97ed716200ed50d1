/**
 * The session of a server that has told what it can do: its projects, its handlers, and what a client says about folders. It is loaded
 * after the reply to `initialize` (see `server.ts`), so that all that Flagbook knows is read while the editor goes on.
 */
import type * as lsp from 'vscode-languageserver';
import type { Grammars } from '../core/languages/grammars.ts';
import type { Notice } from '../core/model.ts';
import type { FileAccess } from '../sources/files/access.ts';
import type { NetworkSettings } from '../sources/flag-servers/pollerOfUser.ts';
import type { TokenFor } from '../sources/flag-servers/source.ts';
import type { Project, ProjectOptions } from '../sources/project/project.ts';
import { createProject } from '../sources/project/project.ts';
import { clientAccess } from './clientAccess.ts';
import { pushDiagnostics, registerHandlers } from './handlers.ts';
import { type InitializationOptions, TokensChangedNotification } from './protocol.ts';
import { type ClientAbilities, createSession } from './session.ts';
import { decodeSettings } from './settings.ts';

/** What differs between a process and a browser's worker. */
export interface Surroundings {
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
        | 'readFlagFile'
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

/** What `initialize` was told and what came of it. */
export interface Opening {
  readonly connection: lsp.Connection;
  readonly params: lsp.InitializeParams;
  readonly grammars: Grammars;
  readonly surroundings: Surroundings;
  readonly can: Omit<ClientAbilities, 'commandLinks'>;
}

/** Makes the session and answers from now on, until `shutdown`. */
export function openSession({ connection, params, grammars, surroundings, can }: Opening): void {
  const initialization = initializationOf(params.initializationOptions);
  const folders = (params.workspaceFolders ?? []).map(folder => folder.uri);
  const roots = folders.length === 0 && params.rootUri ? [params.rootUri] : folders;
  const make = (root: string | null): Project =>
    createProject({
      grammars,
      ...sourcesOf(connection, surroundings, initialization, root),
      onServed: () => session.changed(),
    });
  const all = { ...can, commandLinks: initialization.commandLinks === true };
  const session = createSession({ connection, grammars, initialization, createProject: make, can: all });
  registerHandlers(connection, session);
  if (!can.pullDiagnostics) pushDiagnostics(connection, session);
  connection.onInitialized(() => {
    for (const root of roots) void session.addFolder(root);
    // Editors without workspace folders are told so by an error when they are asked about them.
    if (params.capabilities.workspace?.workspaceFolders !== true) return;
    connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
      for (const folder of removed) session.removeFolder(folder.uri);
      for (const folder of added) void session.addFolder(folder.uri);
    });
  });
  connection.onNotification(TokensChangedNotification, () => {
    for (const folder of session.folders()) void folder.project.servers?.askAll(ANSWERS_LIMIT);
  });
  connection.onShutdown(() => session.dispose());
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
