/**
 * What client and server say to each other about acting on flags and signing in to flag servers. Types and method names only, as in
 * `protocol.ts`.
 */

/**
 * Client → server request: what can be done to a flag. `uri` is a file of the folder that is meant; any folder that knows the flag
 * without it. Nothing is done.
 */
export const FlagActionsRequest = 'flagbook/flagActions';
export interface FlagActionsParams {
  readonly key: string;
  readonly uri: string | null;
}
export interface FlagActionsResult {
  readonly offers: readonly FlagActionOffer[];
  /** The flag's pages in its systems. */
  readonly pages: readonly { readonly title: string; readonly url: string }[];
}
export interface FlagActionOffer {
  readonly id: string;
  /** The URI of the folder it was found in. */
  readonly folder: string;
  readonly kind: 'turn' | 'percentage' | 'mark-stale' | 'unmark-stale' | 'archive' | 'revive' | 'create';
  /** `Turn off in PRODUCTION`. */
  readonly title: string;
  /** The file, or the service with its address. */
  readonly where: string;
  /** What is so now; null where there is nothing yet. */
  readonly now: string | null;
  /** The percentage is to be asked for; `now` is 0 to 100 where known. */
  readonly percentage: { readonly now: number | null } | null;
  /** To be confirmed in a dialog, with `$PERCENTAGE` filled in; null where the editor's own undo is enough. */
  readonly question: string | null;
}

/** Client → server request: do what was offered and confirmed. A file is changed by an edit of the workspace. */
export const PerformActionRequest = 'flagbook/performAction';
export interface PerformActionParams extends FlagActionsParams {
  readonly id: string;
  readonly folder: string;
  /** 0 to 100 where it was to be asked for. */
  readonly percentage: number | null;
}
export type PerformActionResult =
  /** A sentence; `undo` goes into `flagbook/undoAction`, `file` is the one that was changed. */
  | { readonly kind: 'done'; readonly message: string; readonly undo: string | null; readonly file: string | null }
  /** A sentence or two for people, with advice. */
  | { readonly kind: 'failed'; readonly reason: string };

/** Client → server request: take back what `PerformActionRequest` did. */
export const UndoActionRequest = 'flagbook/undoAction';
export interface UndoActionParams {
  readonly undo: string;
}

/** Client → server request: flag servers that the folders name, and the services that Flagbook knows. */
export const FlagServersRequest = 'flagbook/flagServers';
export interface FlagServersResult {
  readonly servers: readonly FlagServer[];
  readonly services: readonly FlagServiceInfo[];
  /** URIs of folders that a server can be added to. */
  readonly folders: readonly string[];
}
export interface FlagServer {
  readonly system: string;
  readonly title: string;
  readonly url: string;
  readonly origin: string;
  readonly project: string | null;
  /** Its health in a few words. */
  readonly health: string;
}
export interface FlagServiceInfo {
  readonly system: string;
  readonly title: string;
  /** Where everyone's is; null for services that everyone runs for themselves. */
  readonly defaultUrl: string | null;
  /** What the service calls the project that it must be asked for; null where it needs none. */
  readonly projectWord: string | null;
  /** The least permissions for reading and for changing flags; null where it is only read. */
  readonly permission: string;
  /** Where people make a token, below the address of the server; null where that is not known. */
  readonly tokenPage: string | null;
  readonly actingPermission: string | null;
}

/**
 * Client → server request: ask a server once, with the token that the client answers `TokenRequest` with. Nothing is kept. Refused in
 * an untrusted workspace.
 */
export const TrySignInRequest = 'flagbook/trySignIn';
export interface TrySignInParams {
  readonly system: string;
  readonly url: string;
  readonly project: string | null;
}
export type TrySignInResult =
  | {
      readonly kind: 'ok';
      readonly flags: number /** What the token may not read. */;
      readonly gaps: readonly string[];
    }
  /** `denied`: the service said that the token is wrong or may not. A sentence or two for people. */
  | { readonly kind: 'failed'; readonly reason: string; readonly denied: boolean };

/** Client → server request: write a flag server into a folder's flagbook.json, which stays unsaved. Resolves to the file's URI or null. */
export const AddFlagServerRequest = 'flagbook/addFlagServer';
export interface AddFlagServerParams extends TrySignInParams {
  readonly folder: string;
}
