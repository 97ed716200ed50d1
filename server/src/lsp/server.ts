/**
 * The language server, whatever carries its messages: it tells what it can do, and then loads what does it. Little may be imported
 * here, because all of it is read before `initialize` is answered.
 */
import * as lsp from 'vscode-languageserver';
import { createGrammars, type ReadWasm, type Unoptimised } from '../core/languages/grammars.ts';
import type { Gate } from './gate.ts';
import type { Opening, Surroundings } from './opening.ts';

/** What is read once `initialize` is answered. */
export interface SessionProgram {
  readonly openSession: (opening: Opening) => void;
  readonly surroundings: Surroundings;
}

export interface Server {
  readonly connection: lsp.Connection;
  /** The gate that the connection's messages pass. */
  readonly gate: Gate;
  readonly readWasm: ReadWasm;
  /** Absent where V8 can't be told. */
  readonly unoptimised?: Unoptimised;
  /** May know the client's folders, and throw. */
  readonly loadSession: (params: lsp.InitializeParams) => Promise<SessionProgram>;
}

/** Listens on the connection until it closes. */
export function serve({ connection, gate, readWasm, unoptimised, loadSession }: Server): void {
  connection.onInitialize(async params => {
    const grammars = await createGrammars(readWasm, () => performance.now(), unoptimised);
    const can = abilitiesOf(params.capabilities);
    const open = async (): Promise<void> => {
      const { openSession, surroundings } = await loadSession(params);
      openSession({ connection, params, grammars, surroundings, can });
    };
    const opened = afterReply()
      .then(open)
      .catch(error => connection.console.error(`Flagbook could not start: ${error?.stack ?? error}`));
    gate.closeUntil(opened);
    return { capabilities: capabilities(can), serverInfo: { name: 'flagbook' } };
  });
  connection.listen();
}

/** Resolves when what was returned in the meantime has been sent. */
function afterReply(): Promise<void> {
  return new Promise(resolve => {
    setTimeout(resolve, 0);
  });
}

function abilitiesOf(capabilities: lsp.ClientCapabilities): Opening['can'] {
  return {
    refreshHints: capabilities.workspace?.inlayHint?.refreshSupport === true,
    refreshDiagnostics: capabilities.workspace?.diagnostics?.refreshSupport === true,
    pullDiagnostics: capabilities.textDocument?.diagnostic !== undefined,
    annotateChanges:
      capabilities.workspace?.workspaceEdit?.documentChanges === true &&
      capabilities.workspace.workspaceEdit.changeAnnotationSupport !== undefined,
  };
}

function capabilities(can: Opening['can']): lsp.ServerCapabilities {
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
