/**
 * What client and server say to each other beyond the Language Server Protocol. Types and method names only: the client
 * imports this file and nothing else of the server.
 */

/** Passed as `initializationOptions`. */
export interface InitializationOptions {
  /** False in a restricted (untrusted) workspace: the server runs nothing (no git) and talks to no one. */
  readonly trusted: boolean;
  /** How the server reads files: by itself, or through the client (virtual workspaces and the browser). */
  readonly fileAccess: 'disk' | 'client';
  /** The clock, RFC 3339, for repeatable pictures and tests; null for the real one. */
  readonly now: string | null;
  readonly settings: Settings;
}

/** The settings the server needs; sent again with `workspace/didChangeConfiguration` as `{ flagbook: Settings }`. */
export interface Settings {
  /** The master switch for everything drawn into the text: hints, highlights. */
  readonly inline: { readonly enabled: boolean };
  readonly diagnostics: {
    readonly enabled: boolean;
    readonly staleSeverity: 'hint' | 'information' | 'warning' | 'off';
  };
}

export interface Range {
  readonly start: { readonly line: number; readonly character: number };
  readonly end: { readonly line: number; readonly character: number };
}

/** How a highlighted span is painted. `stale` and `unknown` are also told apart by shape, never by colour alone. */
export type DecorationStyle = 'check' | 'stale' | 'unknown' | 'runbook' | 'incident';

/** Server → client notification: what to highlight in one open document, replacing what was there. */
export const DecorationsNotification = 'flagbook/decorations';
export interface DecorationsParams {
  readonly uri: string;
  /** The document version the ranges belong to; ignore them when it is not the current one. */
  readonly version: number;
  readonly decorations: readonly { readonly range: Range; readonly style: DecorationStyle }[];
}

/** Server → client notification: the health of the server, for the language status item. */
export const StatusNotification = 'flagbook/status';
export interface StatusParams {
  readonly state: 'starting' | 'indexing' | 'ready' | 'limited' | 'failed';
  /** Short, such as `15 flags · 42 checks`. */
  readonly text: string;
  /** One sentence each: what is off or incomplete, why, and what would mend it. */
  readonly notices: readonly {
    readonly code: string;
    readonly severity: 'warning' | 'note';
    readonly message: string;
  }[];
}

/** Server → client notification: views should ask again. At most one in 250 ms, and only when something visible changed. */
export const ChangedNotification = 'flagbook/changed';

/** One row of a tree view. Children come with it: the trees are small. */
export interface ViewNode {
  /** Stable across refreshes, so that the view keeps what is expanded and selected. */
  readonly id: string;
  readonly label: string;
  readonly description: string | null;
  /** Markdown. */
  readonly tooltip: string | null;
  /** A codicon name, such as `flame`. */
  readonly icon: string | null;
  /** `flag`, `check`, `runbook`, `incident`, `alert`, `group`, `message`: for menus. */
  readonly kind: string;
  /** The flag key of the row, if it has one. */
  readonly key: string | null;
  readonly open: { readonly uri: string; readonly range: Range } | null;
  readonly expanded: boolean;
  readonly children: readonly ViewNode[];
}

/** Client → server requests for the two views. Parameters: none. */
export const FlagsViewRequest = 'flagbook/flagsView';
export const OnCallViewRequest = 'flagbook/onCallView';
export interface ViewResult {
  readonly nodes: readonly ViewNode[];
  /** Number on the view's badge, and what it counts. */
  readonly badge: { readonly value: number; readonly tooltip: string } | null;
}

/** Client → server request: analyse pasted text as stack traces; the answer is Markdown for a read-only document. */
export const TraceRequest = 'flagbook/trace';
export interface TraceParams {
  readonly text: string;
}
export interface TraceResult {
  /**
   * Links to files are URIs, or start at the workspace's root, such as `/src/pay.ts#L45` (1-based line) or
   * `/docs/runbooks/pay.md#timeouts`; the client makes the first into the second, which alone the Markdown preview follows.
   */
  readonly markdown: string;
  readonly traces: number;
}

/**
 * Client → server request: a file as it was at a commit, for a read-only document. Answered by git, so never in a restricted or
 * a virtual workspace, which `failed` then says.
 */
export const FileAtCommitRequest = 'flagbook/fileAtCommit';
export interface FileAtCommitParams {
  /** Where the file was then, as a URI in a workspace folder; nothing need stand there now. */
  readonly uri: string;
  /** A commit, a tag or a branch. */
  readonly revision: string;
}
export type FileAtCommitResult =
  /** `commit` is the full name of what `revision` stands for. */
  | { readonly kind: 'text'; readonly text: string; readonly commit: string }
  /** One sentence for people. */
  | { readonly kind: 'failed'; readonly reason: string };

/** Server → client requests, used with `fileAccess: 'client'`. Paths are URIs. */
export const ListFilesRequest = 'flagbook/listFiles';
export interface ListFilesParams {
  readonly folder: string;
}
/** URIs of the files below the folder, without `node_modules` and `.git`; at most 20,000. */
export type ListFilesResult = readonly string[];
export const ReadFileRequest = 'flagbook/readFile';
export interface ReadFileParams {
  readonly uri: string;
}
/** Base64 of the file's bytes, or null when it can't be read or is larger than 1 MB. */
export type ReadFileResult = string | null;

/**
 * Server → client request of the browser's server, which has no folder of its own: the bytes of a file of `dist/wasm`, by base
 * name, such as `tree-sitter-go`. They cross as they are, since messages to a worker are cloned and not written out as JSON.
 */
export const ReadWasmRequest = 'flagbook/readWasm';
export interface ReadWasmParams {
  readonly name: string;
}
export type ReadWasmResult = Uint8Array;
