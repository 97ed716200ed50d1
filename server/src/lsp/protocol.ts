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
  /** Where tokens of flag servers are: in the client's secret storage, or, for editors that have none, in the environment. */
  readonly tokens?: 'client' | 'environment';
  /** Whether Markdown may link to the client's commands (`command:flagbook.changeFlag`). */
  readonly commandLinks?: boolean;
  /** VS Code's `http.proxyStrictSSL` and `http.systemCertificates`; proxies come by the environment of the process. */
  readonly network?: { readonly strictCertificates: boolean; readonly systemCertificates: boolean };
}

/**
 * Server → client request: the token that the user has confirmed for an origin of a system; null when there is none. It comes sealed
 * (ECDH P-256, AES-GCM 256, all in base64): traces of these messages must not hold it. In an untrusted workspace nobody asks.
 */
export const TokenRequest = 'flagbook/token';
export interface TokenParams {
  readonly system: string;
  readonly origin: string;
  readonly publicKey: string;
}
export type TokenResult = { readonly publicKey: string; readonly iv: string; readonly sealed: string } | null;

/** Client → server notification: tokens were stored or taken back, so that servers are asked again now. */
export const TokensChangedNotification = 'flagbook/tokensChanged';

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

/** One row of a tree view. Children come with it, but for those that are asked for. */
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
  /** There are children, which `flagbook/flagRows` answers with. */
  readonly below?: 'asked' | undefined;
  /** For the row of a flag server: what signing in needs. */
  readonly server?: { readonly system: string; readonly origin: string } | undefined;
}

/** Client → server requests for the two views. The Flags view may be arranged; without parameters it is by verdict. */
export const FlagsViewRequest = 'flagbook/flagsView';
export interface FlagsViewParams {
  readonly groupBy?: 'verdict' | 'system' | 'owner' | 'directory';
  /** Words that a flag must all have. */
  readonly filter?: string;
  /** Leaves out what stands below flags: the client asks for it when a flag is opened. */
  readonly below?: 'asked';
}
/** Client → server request: what stands below the row of a flag in the Flags view; nothing for a flag that is gone. */
export const FlagRowsRequest = 'flagbook/flagRows';
export interface FlagRowsParams {
  /** The row's own, as the view had it. */
  readonly id: string;
  readonly key: string;
  /** A file of the folder that is meant; all folders without it. */
  readonly uri: string | null;
}
export type FlagRowsResult = readonly ViewNode[];
export const OnCallViewRequest = 'flagbook/onCallView';
export interface ViewResult {
  readonly nodes: readonly ViewNode[];
  /** Number on the view's badge, and what it counts. */
  readonly badge: { readonly value: number; readonly tooltip: string } | null;
}

/** Client → server request: what the row of a flag tells in the Flags view, as Markdown; null for a flag that is gone. */
export const FlagTooltipRequest = 'flagbook/flagTooltip';
export interface FlagTooltipParams {
  readonly key: string;
  /** A file of the folder that is meant; any folder that knows the flag without it. */
  readonly uri: string | null;
}
export type FlagTooltipResult = string | null;

/** Client → server request: analyse a text as stack traces. */
export const TraceRequest = 'flagbook/trace';
export interface TraceParams {
  readonly text: string;
  /** The commit, tag or branch that ran, where somebody said so; lines are then followed from there. */
  readonly deployed?: string | null;
}
export interface TraceResult {
  /** How many traces there are; everything else says little when there is none. */
  readonly traces: number;
  /** The error's name and place: `PaymentTimeoutError in pspClient.ts:33`. */
  readonly title: string;
  /** Where to look first and why, in a sentence; null when no frame is of one's own code. */
  readonly advice: string | null;
  /**
   * For a read-only document. Links to files are URIs, or start at the workspace's root, such as `/src/pay.ts#L45` (1-based line)
   * or `/docs/runbooks/pay.md#timeouts`; the client makes the first into the second, which alone the Markdown preview follows.
   */
  readonly markdown: string;
  /** Rows of the Trace view. */
  readonly nodes: readonly TraceNode[];
  /**
   * `focused`: the workspace is still being read, and no more of it than the files of the frames and what they import was asked. The
   * client is told that something changed when there is more.
   */
  readonly reading: 'whole' | 'focused';
  /** Ids of the nodes that stepping goes through, from where things went wrong towards the callers. */
  readonly steps: readonly string[];
  /**
   * The commit that lines are followed from: the given one, or one that the text names. `failed` says in a sentence why they are
   * not followed from the given one.
   */
  readonly deployed:
    | { readonly kind: 'unknown' }
    /** The text names several; `because` is where. */
    | {
        readonly kind: 'ambiguous';
        readonly candidates: readonly { readonly revision: string; readonly because: string }[];
      }
    | { readonly kind: 'known'; readonly revision: string }
    | { readonly kind: 'failed'; readonly revision: string; readonly reason: string };
}

/** One row of the Trace view. */
export interface TraceNode extends Omit<ViewNode, 'children'> {
  readonly children: readonly TraceNode[];
  /** The row in a sentence, for screen readers. */
  readonly spoken: string;
  /** Where a frame stood in the commit that ran, as far as that is known: for `flagbook/fileAtCommit`. */
  readonly deployed: { readonly uri: string; readonly line: number | null } | null;
  /** A frame of one's own that is found here: stepping stops at it. */
  readonly step: boolean;
  /** The frame to look at first. */
  readonly culprit: boolean;
}

/** Client → server request: the traces of a text as Markdown to paste elsewhere. */
export const TraceMarkdownRequest = 'flagbook/traceMarkdown';
export interface TraceMarkdownParams extends TraceParams {
  /** Whether mails, tokens, addresses and ids in messages are masked. */
  readonly masking: 'masked' | 'as-printed';
}
export interface TraceMarkdownResult {
  readonly markdown: string;
}

/**
 * Client → server request: places of single frames in one line of a terminal that are found in the workspace. Asked whenever the
 * mouse comes over a line, so it reads no file.
 */
export const TerminalLinksRequest = 'flagbook/terminalLinks';
export interface TerminalLinksParams {
  readonly line: string;
  /** The URI of the folder that the terminal's shell is in, where that is known. */
  readonly cwd: string | null;
}
export interface TerminalLinksResult {
  readonly links: readonly {
    /** 0-based, in the line. */
    readonly start: number;
    readonly length: number;
    /** Best first; more than one where several files fit equally well. Lines and columns are 1-based. */
    readonly targets: readonly {
      readonly uri: string;
      readonly path: string;
      readonly line: number;
      readonly column: number | null;
    }[];
  }[];
}

/** Client → server request: whether the output of a command ends in a trace with frames of this workspace. */
export const RecogniseTraceRequest = 'flagbook/recogniseTrace';
export interface RecogniseTraceParams {
  readonly text: string;
}
export type RecogniseTraceResult = {
  readonly title: string;
  /** The trace's own lines. */
  readonly text: string;
  /** The same for the same error at the same frames, whatever its message and time. */
  readonly fingerprint: string;
} | null;

/** Client → server request: what a `vscode://` link carries. Nothing is opened, read or run for it. */
export const DeepLinkRequest = 'flagbook/deepLink';
export interface DeepLinkParams {
  /** Path and query as the editor hands them over. */
  readonly path: string;
  readonly query: string;
}
export type DeepLinkResult =
  | {
      readonly kind: 'text';
      readonly text: string;
      readonly deployed: string | null;
      /** The folder the link was made in, as an absolute path or a URI; null when it names none. */
      readonly folder: string | null;
    }
  /** `path` is relative to the folder, with `/`, and doesn't climb. */
  | {
      readonly kind: 'file';
      readonly path: string;
      readonly deployed: string | null;
      readonly folder: string | null;
    }
  /** One sentence for people. */
  | { readonly kind: 'failed'; readonly reason: string };

/** Client → server request: a link that opens a trace in an editor. It names no folder of this machine. */
export const TraceLinkRequest = 'flagbook/traceLink';
export interface TraceLinkParams extends TraceParams {
  /** The editor's own scheme, such as `vscode`. */
  readonly scheme: string;
}
export interface TraceLinkResult {
  /** Null when the trace is too long for a link. */
  readonly link: string | null;
}

/** Client → server request: a file of the workspace that a link names, read as the server reads all files; links are not followed. */
export const TraceFileRequest = 'flagbook/traceFile';
export interface TraceFileParams {
  readonly uri: string;
}
export type TraceFileResult =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'failed'; readonly reason: string };

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
