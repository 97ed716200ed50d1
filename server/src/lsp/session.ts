/**
 * One client's session: its folders, its open documents, its settings, and the background work that keeps projects up to date.
 * Answers come from `handlers.ts`; this file decides what is known and when the client is told that it changed.
 */
import type { Connection, DidChangeTextDocumentParams, TextDocumentItem } from 'vscode-languageserver';
import { decorations } from '../core/features/decorations.ts';
import { BY_VERDICT, flagsView, stampBelowFlags } from '../core/features/flagsView.ts';
import { hintLabel } from '../core/features/inlayHints.ts';
import { onCallView } from '../core/features/onCallView.ts';
import { type ParsedText, parseTextInParts, releaseText } from '../core/languages/extract.ts';
import type { Grammars } from '../core/languages/grammars.ts';
import { languagesOf } from '../core/languages/registry.ts';
import { indexLines } from '../core/text.ts';
import { createPauses, letOthersRun } from '../sources/project/pauses.ts';
import type { Project } from '../sources/project/project.ts';
import { editsOf, type OpenDocument } from './documents.ts';
import { addressesOf, type Folder, type Located, locate } from './folders.ts';
import {
  ChangedNotification,
  DecorationsNotification,
  type DecorationsParams,
  type InitializationOptions,
  StatusNotification,
  type StatusParams,
} from './protocol.ts';
import { createSchedule } from './schedule.ts';
import { statusOf } from './status.ts';
import { type Addresses, rangeIn } from './toProtocol.ts';

/** What a front gives the session: how to make projects, and what the client can do. */
export interface SessionOptions {
  readonly connection: Connection;
  readonly grammars: Grammars;
  readonly initialization: InitializationOptions;
  /** Makes the project of a folder's URI; null for documents outside all folders. */
  readonly createProject: (root: string | null) => Project;
  readonly can: ClientAbilities;
}

export interface ClientAbilities {
  readonly refreshHints: boolean;
  readonly refreshDiagnostics: boolean;
  readonly pullDiagnostics: boolean;
  /** Edits of a workspace may ask to be confirmed. */
  readonly annotateChanges: boolean;
  /** Markdown may link to its commands. */
  readonly commandLinks: boolean;
}

/** A document and the snapshot to answer from. */
export interface Asked extends Located {
  readonly addresses: Addresses;
}

export interface Session {
  readonly can: ClientAbilities;
  settings: InitializationOptions['settings'];
  open(document: TextDocumentItem): Promise<void>;
  change(params: DidChangeTextDocumentParams): void;
  close(uri: string): void;
  /** Files changed on disk; `.git` paths mean that the history moved. */
  filesChanged(uris: readonly string[]): Promise<void>;
  addFolder(root: string): Promise<void>;
  removeFolder(root: string): void;
  /** Where a request is to be answered; null when the document is unknown. Waits for its grammar, never for anything else. */
  ask(uri: string): Promise<Asked | null>;
  folders(): readonly Folder[];
  /** The clock, milliseconds since 1970. */
  now(): number;
  snapshotOf(folder: Folder): Addresses;
  /** Something visible may have changed: the client is told within a moment, once. */
  changed(): void;
  documents(): readonly OpenDocument[];
  /** Pushes diagnostics, for clients that can't pull them. */
  onSettled(listener: () => void): void;
  dispose(): void;
}

/** Rows of views are made of everything there is, so they wait until the typing pauses. */
const VIEWS_DELAY = 1000;

/** Large flag files are read again when nothing was typed for this many milliseconds. */
const TYPING_PAUSE = 400;

/** Refresh requests are global, so they are rare: at most one in this many milliseconds. */
const REFRESH_DELAY = 250;

/** A text of more UTF-16 units is parsed in slices when it is opened. */
const LONG_TEXT = 32 * 1024;

export function createSession(options: SessionOptions): Session {
  const { connection, grammars, initialization, can } = options;
  const documents = new Map<string, OpenDocument>();
  /** Documents that are being opened. */
  const opening = new Map<string, Promise<void>>();
  const folders: Folder[] = [{ root: null, project: options.createProject(null) }];
  const settled: (() => void)[] = [];
  const aborter = new AbortController();
  /** Where each document is open: that changes when folders come and go. */
  const placed = new Map<string, Located>();
  const failures = new Map<string, string>();
  /** Folders that are being read, and how to stop that. */
  const reading = new Map<Folder, AbortController>();
  let indexing = 0;
  /** When a document was edited last, on the clock of `performance`. */
  let editedAt = Number.NEGATIVE_INFINITY;
  let shown = '';
  let shownViews = '';
  let shownStatus = '';
  const shownDecorations = new Map<string, string>();

  const now = (): number =>
    initialization.now === null ? Math.floor(Date.now() / 60_000) * 60_000 : Date.parse(initialization.now);
  const place = (uri: string): Located | null => locate(folders, uri, documents.get(uri)?.language ?? null);
  const snapshotOf = (folder: Folder): Addresses => addressesOf(folder, folder.project.host.snapshot(now()));
  const log = (what: string, error: unknown): void => {
    // Behind the end of the session there is nobody to tell.
    if (!aborter.signal.aborted) connection.console.error(`${what}: ${messageOf(error)}`);
  };

  const tellStatus = (): void => {
    tell(
      statusOf(
        folders.filter(folder => folder.root !== null).map(folder => snapshotOf(folder).snapshot),
        indexing > 0,
        grammars.failure() ?? [...failures.values()][0] ?? null,
        grammars.missing().map(message => ({ code: 'grammar', severity: 'warning', message })),
      ),
    );
  };
  const tell = (status: StatusParams): void => {
    const text = JSON.stringify(status);
    if (text === shownStatus) return;
    shownStatus = text;
    void connection.sendNotification(StatusNotification, status);
  };
  const tellDecorations = (document: OpenDocument): void => {
    const located = place(document.uri);
    if (located === null) return;
    const addresses = snapshotOf(located.folder);
    const spans = session.settings.inline.enabled ? decorations(addresses.snapshot, located.path) : [];
    const params: DecorationsParams = {
      uri: document.uri,
      version: document.version,
      decorations: spans.map(({ span, style }) => ({ range: rangeIn(addresses, located.path, span), style })),
    };
    const text = JSON.stringify(params);
    if (shownDecorations.get(document.uri) === text) return;
    shownDecorations.set(document.uri, text);
    void connection.sendNotification(DecorationsNotification, params);
  };
  /** What the client would draw apart from the document being typed in; when it changes, it has to ask again. */
  const visibleState = (): string =>
    JSON.stringify([
      session.settings,
      ...[...documents.values()].map(document => {
        const located = place(document.uri);
        if (located === null) return null;
        const { snapshot } = snapshotOf(located.folder);
        return (snapshot.files.get(located.path)?.checks ?? []).map(check => hintLabel(snapshot, check));
      }),
    ]);
  const tellViews = createSchedule(
    VIEWS_DELAY,
    () => {
      const views = JSON.stringify(
        folders.map(folder => {
          const { snapshot } = snapshotOf(folder);
          const flags = flagsView(snapshot, { ...BY_VERDICT, below: 'asked' });
          return [snapshot.completeness, flags, stampBelowFlags(snapshot), onCallView(snapshot)];
        }),
      );
      if (views === shownViews) return;
      shownViews = views;
      void connection.sendNotification(ChangedNotification);
    },
    error => log('Telling the views what changed failed', error),
  );
  const isTyping = (): boolean => performance.now() - editedAt < TYPING_PAUSE;
  const settle = createSchedule(
    REFRESH_DELAY,
    async () => {
      for (const folder of folders) await folder.project.reconfigure();
      for (const folder of folders)
        await folder.project.fulfilWishes().catch(error => log('Reading more files failed', error));
      const isPaused = !isTyping();
      const caughtUp = isPaused && (await Promise.all(folders.map(folder => folder.project.catchUp()))).includes(true);
      for (const document of documents.values()) tellDecorations(document);
      const visible = visibleState();
      if (visible !== shown || caughtUp) {
        shown = visible;
        if (can.refreshHints) connection.languages.inlayHint.refresh().catch(() => {});
        if (can.refreshDiagnostics) connection.languages.diagnostics.refresh().catch(() => {});
      }
      tellViews.request();
      tellStatus();
      for (const listener of settled) listener();
      // What is read again when the typing pauses still waits for that.
      if (folders.some(folder => folder.project.host.behind().length > 0)) settle.request();
    },
    error => {
      log('Telling the editor what changed failed', error);
      tell({ state: 'failed', text: `Something went wrong: ${messageOf(error)}`, notices: [] });
    },
  );
  /** Git is asked again when the head or the set of keys may have moved, but not on every keystroke. */
  const readHistory = createSchedule(
    1000,
    async () => {
      for (const folder of folders) {
        await folder.project.refreshHistory(aborter.signal).catch(error => log('Reading the history failed', error));
      }
      settle.request();
    },
    error => log('Reading the history failed', error),
  );

  const openInProject = (document: OpenDocument, known: ParsedText | null = null): void => {
    const before = placed.get(document.uri);
    const located = place(document.uri);
    if (before !== undefined && before.folder !== located?.folder) {
      placed.delete(document.uri);
      before.folder.project.host.closeDocument(before.path);
    }
    if (located === null) {
      if (known !== null) releaseText(known);
      return;
    }
    placed.set(document.uri, located);
    located.folder.project.host.openDocument(located.path, document.text, known);
  };
  /** Opens a document while others are answered: its grammar is loaded, a long text parsed and what it changes linked in slices. */
  const openInParts = async (uri: string): Promise<void> => {
    const document = documents.get(uri);
    const located = place(uri);
    const [language] = located === null ? [] : languagesOf([located.path]);
    if (language !== undefined && !grammars.isLoaded(language.id)) {
      await grammars.load([language]);
      // The first text of a language takes its parser as long again as the grammar took.
      await letOthersRun();
    }
    const text = document?.text ?? '';
    const pause = createPauses();
    const isLong = language !== undefined && text.length > LONG_TEXT;
    const known = isLong ? await parseTextInParts(grammars, language, text, pause) : null;
    // Where it is a large flag file.
    if (located !== null) await located.folder.project.prepareDocument(located.path, text);
    const current = documents.get(uri);
    if (current !== undefined) openInProject(current, known);
    else if (known !== null) releaseText(known);
    if (current === undefined) return;
    await pause();
    await placed.get(uri)?.folder.project.host.prepareLinks(pause);
  };
  const reopenAll = (): void => {
    for (const document of documents.values()) openInProject(document);
  };

  const readFolder = async (folder: Folder): Promise<void> => {
    const stop = new AbortController();
    reading.set(folder, stop);
    try {
      const signal = AbortSignal.any([aborter.signal, stop.signal]);
      await folder.project.index({ signal, isBusy: isTyping, onLinked: () => settle.request() });
      reopenAll();
    } catch (error) {
      if (stop.signal.aborted) return;
      failures.set(folder.root ?? '', `The folder could not be read: ${messageOf(error)}`);
      log('Indexing failed', error);
    } finally {
      reading.delete(folder);
    }
  };

  const session: Session = {
    can,
    settings: initialization.settings,
    async open({ uri, languageId, version, text }) {
      documents.set(uri, { uri, language: languageId, version, text, lines: indexLines(text) });
      const ready = openInParts(uri);
      opening.set(uri, ready);
      await ready;
      if (opening.get(uri) === ready) opening.delete(uri);
      const current = documents.get(uri);
      if (current === undefined) return;
      tellDecorations(current);
      settle.request();
    },
    change({ textDocument, contentChanges }) {
      const document = documents.get(textDocument.uri);
      if (document === undefined) return;
      const { text, lines, edits } = editsOf(document, contentChanges);
      editedAt = performance.now();
      documents.set(document.uri, { ...document, version: textDocument.version, text, lines });
      const located = place(document.uri);
      const host = located?.folder.project.host;
      if (host?.documentText(located!.path) === document.text) host.editDocument(located!.path, edits);
      settle.request();
    },
    close(uri) {
      documents.delete(uri);
      shownDecorations.delete(uri);
      const located = placed.get(uri);
      placed.delete(uri);
      located?.folder.project.host.closeDocument(located.path);
      settle.request();
    },
    async filesChanged(uris) {
      const changes = new Map<Folder, string[]>();
      for (const uri of uris) {
        const located = place(uri);
        if (located === null || located.folder.root === null) continue;
        if (located.path.startsWith('.git/')) readHistory.request();
        else changes.set(located.folder, [...(changes.get(located.folder) ?? []), located.path]);
      }
      for (const [folder, paths] of changes) {
        await folder.project.filesChanged(paths).catch(error => log('Reading files failed', error));
      }
      settle.request();
    },
    async addFolder(uri) {
      const root = uri.replace(/\/$/, '');
      if (folders.some(folder => folder.root === root)) return;
      indexing++;
      try {
        const folder: Folder = { root, project: options.createProject(root) };
        folders.push(folder);
        reopenAll();
        tellStatus();
        await readFolder(folder);
      } catch (error) {
        failures.set(root, `The folder could not be opened: ${messageOf(error)}`);
        log(`The folder ${root} could not be opened`, error);
      }
      indexing--;
      settle.request();
      readHistory.request();
    },
    removeFolder(uri) {
      const root = uri.replace(/\/$/, '');
      failures.delete(root);
      const index = folders.findIndex(folder => folder.root === root);
      if (index < 0) return;
      const [removed] = folders.splice(index, 1);
      reading.get(removed!)?.abort();
      removed!.project.dispose();
      reopenAll();
      settle.request();
    },
    async ask(uri) {
      await opening.get(uri);
      await place(uri)?.folder.project.reconfigure();
      // Most edits link one file or a few at once; one that concerns all of them is linked while others are answered.
      await place(uri)?.folder.project.host.prepareLinks(createPauses());
      const located = place(uri);
      return located === null ? null : { ...located, addresses: snapshotOf(located.folder) };
    },
    folders: () => folders,
    now,
    snapshotOf,
    changed: () => settle.request(),
    documents: () => [...documents.values()],
    onSettled: listener => settled.push(listener),
    dispose() {
      aborter.abort();
      for (const folder of folders) folder.project.dispose();
      settle.dispose();
      tellViews.dispose();
      readHistory.dispose();
    },
  };
  return session;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
