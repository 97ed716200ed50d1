/** Requests and notifications, each answered in a few lines from a snapshot. Nothing is computed here. */
import * as lsp from 'vscode-languageserver';
import { codeActions } from '../core/features/codeActions.ts';
import { completionDocumentation, completions } from '../core/features/completion.ts';
import { diagnostics } from '../core/features/diagnostics.ts';
import { documentLinks } from '../core/features/documentLinks.ts';
import { type FlagsArrangement, flagsView, flagTooltip, rowsBelowFlag } from '../core/features/flagsView.ts';
import { hover } from '../core/features/hover.ts';
import { inlayHints, inlayHintTooltip } from '../core/features/inlayHints.ts';
import { definitions, references } from '../core/features/navigation.ts';
import { onCallView } from '../core/features/onCallView.ts';
import { documentSymbols } from '../core/features/symbols.ts';
import type { ViewContent } from '../core/features/viewRows.ts';
import { printable } from '../core/flags/rollout/describe.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { indexLines, offsetAt, type Span } from '../core/text.ts';
import { fileAtCommit } from './fileAtCommit.ts';
import { registerFlagActions } from './flagActions.ts';
import { commandLinks, flagCodeActions } from './flagCommands.ts';
import { registerFlagServers } from './flagServers.ts';
import { decodeUri } from './folders.ts';
import {
  type DeepLinkParams,
  DeepLinkRequest,
  type DeepLinkResult,
  type FileAtCommitParams,
  FileAtCommitRequest,
  type FileAtCommitResult,
  type FlagRowsParams,
  FlagRowsRequest,
  type FlagRowsResult,
  type FlagsViewParams,
  FlagsViewRequest,
  type FlagTooltipParams,
  FlagTooltipRequest,
  type FlagTooltipResult,
  OnCallViewRequest,
  type RecogniseTraceParams,
  RecogniseTraceRequest,
  TerminalLinksRequest,
  type TraceFileParams,
  TraceFileRequest,
  type TraceFileResult,
  type TraceLinkParams,
  TraceLinkRequest,
  type TraceMarkdownParams,
  TraceMarkdownRequest,
  type TraceParams,
  TraceRequest,
  type ViewResult,
} from './protocol.ts';
import { registerRename } from './rename.ts';
import type { Asked, Session } from './session.ts';
import { decodeSettings } from './settings.ts';
import { createTerminalLinks } from './terminalLinks.ts';
import {
  targetUri,
  toCodeAction,
  toCompletionItem,
  toDiagnostic,
  toDocumentSymbol,
  toLocation,
  toMarkdown,
  toRange,
  toViewNode,
  toViewResult,
  withUniqueIds,
} from './toProtocol.ts';
import { deepLink, recognise, traceDocument, traceFile, traceLink, traceMarkdown } from './traces.ts';

const NO_LINES = indexLines('');

/** Registers everything on the connection. */
export function registerHandlers(connection: lsp.Connection, session: Session): void {
  registerDocuments(connection, session);
  registerReading(connection, session);
  registerRename(connection, session);
  registerDiagnostics(connection, session);
  registerViews(connection, session);
  registerTraces(connection, session);
  registerFlagActions(connection, session);
  registerFlagServers(connection, session);
}

function registerDocuments(connection: lsp.Connection, session: Session): void {
  connection.onDidOpenTextDocument(({ textDocument }) => session.open(textDocument));
  connection.onDidChangeTextDocument(params => session.change(params));
  connection.onDidCloseTextDocument(({ textDocument }) => session.close(textDocument.uri));
  connection.onDidChangeWatchedFiles(({ changes }) => session.filesChanged(changes.map(change => change.uri)));
  connection.onDidChangeConfiguration(({ settings }: { settings?: { flagbook?: unknown } | null }) => {
    if (settings?.flagbook) session.settings = decodeSettings(settings.flagbook);
    session.changed();
  });
}

function registerReading(connection: lsp.Connection, session: Session): void {
  connection.onHover(async ({ textDocument, position }) => {
    const asked = await session.ask(textDocument.uri);
    const found = asked === null ? null : hover(asked.addresses.snapshot, asked.path, offsetOf(asked, position));
    if (asked === null || found === null) return null;
    const contents = toMarkdown(asked.addresses, found.lines);
    const commands = session.can.commandLinks && found.key !== undefined ? commandLinks(asked, found.key) : '';
    return { contents: { ...contents, value: contents.value + commands }, range: rangeOf(asked, found.span) };
  });
  connection.languages.inlayHint.on(async ({ textDocument, range }) => {
    const asked = await session.ask(textDocument.uri);
    if (asked === null || !session.settings.inline.enabled) return [];
    return inlayHints(asked.addresses.snapshot, asked.path, spanOf(asked, range)).map(hint => ({
      position: rangeOf(asked, { start: hint.offset, end: hint.offset }).start,
      label: printable(hint.label),
      paddingLeft: true,
      data: { uri: textDocument.uri, start: hint.check.span.start, revision: asked.addresses.snapshot.revision },
    }));
  });
  connection.languages.inlayHint.resolve(async hint => {
    const { uri, start } = hint.data as { uri: string; start: number };
    const asked = await session.ask(uri);
    const check = asked?.addresses.snapshot.files
      .get(asked.path)
      ?.checks.find(candidate => candidate.span.start === start);
    if (!asked || check === undefined) return hint;
    return { ...hint, tooltip: toMarkdown(asked.addresses, inlayHintTooltip(asked.addresses.snapshot, check)) };
  });
  connection.onDefinition(async ({ textDocument, position }): Promise<lsp.LocationLink[]> => {
    const asked = await session.ask(textDocument.uri);
    if (asked === null) return [];
    return definitions(asked.addresses.snapshot, asked.path, offsetOf(asked, position)).map(({ origin, target }) => {
      const { uri, range } = toLocation(asked.addresses, target);
      return {
        originSelectionRange: rangeOf(asked, origin),
        targetUri: uri,
        targetRange: range,
        targetSelectionRange: range,
      };
    });
  });
  connection.onReferences(async ({ textDocument, position, context }) => {
    const asked = await session.ask(textDocument.uri);
    if (asked === null) return [];
    const scope = context.includeDeclaration ? 'with-definitions' : 'uses-only';
    return references(asked.addresses.snapshot, asked.path, offsetOf(asked, position), scope).map(place =>
      toLocation(asked.addresses, place),
    );
  });
  connection.onCompletion(async ({ textDocument, position }) => {
    const asked = await session.ask(textDocument.uri);
    if (asked === null) return [];
    return completions(asked.addresses.snapshot, asked.path, offsetOf(asked, position)).map((completion, index) =>
      toCompletionItem(textDocument.uri, completion, rangeOf(asked, completion.span), index),
    );
  });
  connection.onCompletionResolve(async item => {
    if (item.data === undefined) return item;
    const { uri, key } = item.data as { uri: string; key: string };
    const asked = await session.ask(uri);
    if (asked === null) return item;
    return {
      ...item,
      documentation: toMarkdown(asked.addresses, completionDocumentation(asked.addresses.snapshot, key, asked.path)),
    };
  });
  connection.onDocumentSymbol(async ({ textDocument }) => {
    const asked = await session.ask(textDocument.uri);
    if (asked === null) return [];
    return documentSymbols(asked.addresses.snapshot, asked.path).map(each => toDocumentSymbol(linesOf(asked), each));
  });
  connection.onDocumentLinks(async ({ textDocument }) => {
    const asked = await session.ask(textDocument.uri);
    if (asked === null) return [];
    return documentLinks(asked.addresses.snapshot, asked.path).map(({ span, target, tooltip }) => ({
      range: rangeOf(asked, span),
      target: target.kind === 'url' ? target.url : targetUri(asked.addresses, target.path, target.span),
      tooltip,
    }));
  });
}

function registerDiagnostics(connection: lsp.Connection, session: Session): void {
  const reportOf = (asked: Asked): lsp.Diagnostic[] =>
    diagnostics(asked.addresses.snapshot, asked.path)
      .map(diagnostic => toDiagnostic(asked.addresses, asked.path, diagnostic, session.settings))
      .filter(diagnostic => diagnostic !== null);
  connection.languages.diagnostics.on(async ({ textDocument, previousResultId }) => {
    const asked = await session.ask(textDocument.uri);
    const items = asked === null ? [] : reportOf(asked);
    const resultId = fingerprint(JSON.stringify(items));
    if (resultId === previousResultId) return { kind: lsp.DocumentDiagnosticReportKind.Unchanged, resultId };
    return { kind: lsp.DocumentDiagnosticReportKind.Full, resultId, items };
  });
  connection.onCodeAction(async ({ textDocument, range, context }) => {
    const asked = await session.ask(textDocument.uri);
    if (asked === null) return [];
    const fixes = codeActions(asked.addresses.snapshot, asked.path, spanOf(asked, range))
      .map(action => toCodeAction(asked.addresses, asked.path, action, session.settings))
      .filter(action => action !== null);
    return session.can.commandLinks
      ? [...fixes, ...flagCodeActions(session, asked, spanOf(asked, range), context)]
      : fixes;
  });
}

/** For clients that can't pull: diagnostics of all open documents, sent when something settled and they differ. */
export function pushDiagnostics(connection: lsp.Connection, session: Session): void {
  const sent = new Map<string, string>();
  session.onSettled(async () => {
    for (const { uri, version } of session.documents()) {
      const asked = await session.ask(uri);
      if (asked === null) continue;
      const found = diagnostics(asked.addresses.snapshot, asked.path).map(diagnostic =>
        toDiagnostic(asked.addresses, asked.path, diagnostic, session.settings),
      );
      const items = found.filter(diagnostic => diagnostic !== null);
      const text = JSON.stringify(items);
      if (sent.get(uri) === text) continue;
      sent.set(uri, text);
      await connection.sendDiagnostics({ uri, version, diagnostics: items });
    }
  });
}

function registerViews(connection: lsp.Connection, session: Session): void {
  connection.onRequest<ViewResult, void>(FlagsViewRequest, (params: FlagsViewParams | null) =>
    mergedView(session, snapshot => flagsView(snapshot, arrangementOf(params))),
  );
  connection.onRequest<FlagTooltipResult, void>(FlagTooltipRequest, (params: FlagTooltipParams) =>
    tooltipOf(session, params),
  );
  connection.onRequest<FlagRowsResult, void>(FlagRowsRequest, (params: FlagRowsParams) => flagRows(session, params));
  connection.onRequest(OnCallViewRequest, () => mergedView(session, onCallView));
  connection.onRequest<FileAtCommitResult, void>(FileAtCommitRequest, (params: FileAtCommitParams) =>
    fileAtCommit(session, params),
  );
}

function registerTraces(connection: lsp.Connection, session: Session): void {
  connection.onRequest(TraceRequest, (params: TraceParams) => traceDocument(session, params));
  connection.onRequest(TraceMarkdownRequest, (params: TraceMarkdownParams) => traceMarkdown(session, params));
  connection.onRequest(TerminalLinksRequest, createTerminalLinks(session));
  connection.onRequest(RecogniseTraceRequest, (params: RecogniseTraceParams) => recognise(session, params));
  connection.onRequest<DeepLinkResult, void>(DeepLinkRequest, (params: DeepLinkParams) => deepLink(params));
  connection.onRequest(TraceLinkRequest, (params: TraceLinkParams) => traceLink(params));
  connection.onRequest<TraceFileResult, void>(TraceFileRequest, (params: TraceFileParams) =>
    traceFile(session, params),
  );
}

async function tooltipOf(session: Session, { key, uri }: FlagTooltipParams): Promise<FlagTooltipResult> {
  const asked = uri === null ? null : await session.ask(uri);
  const places = asked === null ? session.folders().map(session.snapshotOf) : [asked.addresses];
  for (const addresses of places) {
    const lines = flagTooltip(addresses.snapshot, key, asked?.path ?? null);
    if (lines.length > 0) return toMarkdown(addresses, lines).value;
  }
  return null;
}

/** Below a row whose id had a number added, the ids of all rows have it too: none may stand twice in a tree. */
async function flagRows(session: Session, { id, key, uri }: FlagRowsParams): Promise<FlagRowsResult> {
  const asked = uri === null ? null : await session.ask(uri);
  const [, own = id, number = ''] = /^(.*?)(#\d+)?$/s.exec(id) ?? [];
  for (const addresses of asked === null ? session.folders().map(session.snapshotOf) : [asked.addresses]) {
    const rows =
      [id, own].map(each => rowsBelowFlag(addresses.snapshot, key, each)).find(each => each.length > 0) ?? [];
    if (rows.length === 0) continue;
    return withUniqueIds(rows.map(row => ({ ...toViewNode(addresses, row), id: `${row.id}${number}` })));
  }
  return [];
}

/** Whatever a client says. */
function arrangementOf(params: FlagsViewParams | null): FlagsArrangement {
  const groupBy = GROUPINGS.find(grouping => grouping === params?.groupBy) ?? 'verdict';
  const below = params?.below === 'asked' ? 'asked' : undefined;
  return { groupBy, filter: typeof params?.filter === 'string' ? params.filter.slice(0, 1000) : '', below };
}

const GROUPINGS: readonly FlagsArrangement['groupBy'][] = ['verdict', 'system', 'owner', 'directory'];

/** The view of the only folder, or one group a folder. */
function mergedView(session: Session, content: (snapshot: Snapshot) => ViewContent): ViewResult {
  const folders = session.folders().filter(folder => folder.root !== null);
  const results = folders.map(folder => {
    const addresses = session.snapshotOf(folder);
    return { folder, result: toViewResult(addresses, content(addresses.snapshot)) };
  });
  const [only] = results;
  if (only !== undefined && results.length === 1) return { ...only.result, nodes: withUniqueIds(only.result.nodes) };
  const nodes = results.map(({ folder, result }) => ({
    id: `folder:${folder.root}`,
    label: decodeUri(folder.root!.split('/').at(-1)!),
    description: null,
    tooltip: null,
    icon: 'root-folder',
    kind: 'group',
    key: null,
    open: null,
    expanded: true,
    children: result.nodes,
  }));
  const value = results.reduce((sum, { result }) => sum + (result.badge?.value ?? 0), 0);
  const tooltip = results.map(({ result }) => result.badge?.tooltip).find(text => text !== undefined) ?? '';
  return {
    nodes: withUniqueIds(nodes),
    badge: value === 0 ? null : { value, tooltip: results.length === 1 ? tooltip : `${value} in all folders` },
  };
}

function linesOf(asked: Asked) {
  return asked.addresses.snapshot.files.get(asked.path)?.lines ?? NO_LINES;
}

function offsetOf(asked: Asked, position: lsp.Position): number {
  return offsetAt(linesOf(asked), { line: position.line, column: position.character });
}

function spanOf(asked: Asked, range: lsp.Range): Span {
  return { start: offsetOf(asked, range.start), end: offsetOf(asked, range.end) };
}

function rangeOf(asked: Asked, span: Span): lsp.Range {
  return toRange(linesOf(asked), span);
}

/** A short name for a text, for telling whether a result changed (FNV-1a, 32 bits, and the length). */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return `${(hash >>> 0).toString(16)}-${text.length}`;
}
