/**
 * The contract of a flag service: what one file in this folder says about it, and the narrow client it is asked through. A service
 * says *what* to ask and what the answers mean; when to ask, tokens, limits, conditional requests, failures and memory are the
 * poller's and the client's business. Asking (`fetch`) and meaning (`map`) are apart, so that recorded answers test the second.
 */
import type { Flag, Notice } from '../../core/model.ts';
import type { StreamFormat } from '../http/http.ts';

/** One service: Unleash, LaunchDarkly, … */
export interface FlagService {
  /** As `kind` in flagbook.json and as `system` of its flags: `unleash`. */
  readonly kind: string;
  /** Its name for people: `Unleash`. */
  readonly title: string;
  /** Where it is when the configuration gives no `url`; null for services that everyone runs for themselves. */
  readonly defaultUrl: string | null;
  /** Whether the configuration must name a `project`, and what the service calls that; null where it must not. */
  readonly projectWord: string | null;
  /** Whether it answers without a token, as servers inside a company's network may. Default: it does not. */
  readonly token?: 'optional';
  /** The least permission that reading needs, in the service's own words, for the sign-in and the manual. */
  readonly permission: string;
  /** Where people make such a token in the service's own pages, below its address; left out where that is elsewhere or not known. */
  readonly tokenPage?: string;
  /** Seconds between two questions, well within what the service allows. */
  readonly period: number;
  /** Headers that carry the token. They are sent to the configured origin and to nobody else. */
  headers(token: string): Readonly<Record<string, string>>;
  /**
   * A cheap question whose answer changes whenever any flag may have: the newest entry of the audit log. Asked every period;
   * while it gives the same text, `fetch` is left out except every `FULL_READING` periods. Left out where nothing cheap exists:
   * conditional requests then save most of the work. Null: it can't be said this time.
   */
  probe?(client: ServiceClient, target: ServiceTarget): Promise<string | null>;
  /**
   * Streams that say when to ask; where all of them live, they replace the period. `answers` are those of the last round, for
   * services that tell the addresses of their streams. Empty where this target has none.
   */
  streams?(target: ServiceTarget, answers: Answers): readonly StreamQuestion[];
  /** Asks for everything there is to know, page by page to the end. Rejects with `RequestFailed` only (the client's). */
  fetch(client: ServiceClient, target: ServiceTarget): Promise<Answers>;
  /** What the answers mean. Pure; never throws: an answer of another shape is reported by `unreadable` or a problem. */
  map(answers: Answers, context: MapContext): Reading;
  /** Who changed what and when; left out where the service keeps no log or shows it to nobody. */
  readonly audit?: AuditLog;
  /** What can be done from the editor; left out where the service is only read. */
  readonly actions?: ServiceActions;
}

export interface StreamQuestion {
  /** With its origin; one that is not the configured origin's is never asked. */
  readonly url: string;
  readonly format: StreamFormat;
  isChange(event: string, data: string): boolean;
}

/** Plain JSON by names that the service's file gives: what is recorded for tests. Lists are whole: pages are joined. */
export type Answers = Readonly<Record<string, unknown>>;

/** What the configuration says of one source. */
export interface ServiceTarget {
  /** Without a trailing slash; may have a path. */
  readonly url: string;
  readonly project: string | null;
  /** Environments to ask for, most important first; empty for all there are. */
  readonly environments: readonly string[];
}

export interface MapContext extends ServiceTarget {
  /** When the answers came, milliseconds since 1970 on our clock. */
  readonly now: number;
}

/** What one round of questions gave. */
export interface Reading {
  /** Null when the answers are not this service's; `problem` then says what is wrong, in words for `failureText`. */
  readonly flags: readonly Flag[] | null;
  readonly problem: string | null;
  /** What could not be known, for people: `owners: the token may not read projects`. */
  readonly notices: readonly Notice[];
}

/**
 * The one way to ask. It adds the token, stays on the configured origin, sends `If-None-Match`, limits time and size, decodes JSON
 * and rejects with `RequestFailed` for everything else. Paths begin with `/` and are relative to the configured URL.
 */
export interface ServiceClient {
  get(path: string, query?: Query): Promise<unknown>;
  /** As `get`, with the headers, for services that page by `Link` or count in headers. */
  getWhole(
    path: string,
    query?: Query,
  ): Promise<{ readonly body: unknown; readonly headers: Readonly<Record<string, string>> }>;
  /**
   * As `get`, but not asked again while `stamp` is the same as in the last round: for details of one thing, when a list or a log
   * says whether it has changed.
   */
  getOnce(path: string, stamp: string, query?: Query): Promise<unknown>;
  /** For services that are read by POST. It must change nothing there; asked conditionally as `get` is. */
  ask(path: string, body: unknown): Promise<unknown>;
  /**
   * What some tokens may not read or some versions do not have: null on 401, 403, 404, 405 and 501, and the source's health then
   * names `what` as missing. Anything else rejects.
   */
  optional<T>(what: string, question: Promise<T>): Promise<T | null>;
}

/** A list stands for a name that is given several times; null and undefined for one that is not given. */
export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | null | undefined>>;

// ----------------------------------------------------------------------------------------------------------------- audit

export interface AuditLog {
  /** Raw entries, newest first, back to `since` (milliseconds since 1970) or to the service's own limit. */
  fetch(client: ServiceClient, target: ServiceTarget, question: AuditQuestion): Promise<AuditAnswers>;
  /** Who, what and when, in words, newest first. Entries that concern no flag are left out. Pure. */
  entries(answers: AuditAnswers, context: MapContext): readonly AuditEntry[];
  /**
   * The answers as they were at `time` (milliseconds since 1970): undoes, entry by entry, what happened since. Null with a reason for what
   * can't be known. Pure. Left out where the log does not say enough.
   */
  rewind?(answers: Answers, log: AuditAnswers, time: number): Rewound;
}

export interface AuditQuestion {
  /** Null: of all flags. */
  readonly key: string | null;
  readonly since: number;
}

export interface AuditAnswers {
  readonly entries: readonly unknown[];
  /** Whether they go back as far as was asked. */
  readonly complete: boolean;
}

export interface AuditEntry {
  /** RFC 3339, UTC. */
  readonly time: string;
  readonly who: string | null;
  /** In words, past tense, without the flag's name: `turned on`, `rollout 25% → 50%`. */
  readonly what: string;
  readonly key: string;
  /** Null for what concerns all environments. */
  readonly environment: string | null;
}

export interface Rewound {
  readonly answers: Answers;
  /** By key: why its state at that time can't be known. */
  readonly unknown: ReadonlyMap<string, string>;
}

// --------------------------------------------------------------------------------------------------------------- actions

/** What people do to flags. Percentages are 0 to 100. */
export type FlagAction =
  | { readonly kind: 'turn'; readonly key: string; readonly environment: string; readonly to: 'on' | 'off' }
  | { readonly kind: 'percentage'; readonly key: string; readonly environment: string; readonly percentage: number }
  | { readonly kind: 'mark-stale' | 'unmark-stale'; readonly key: string }
  | { readonly kind: 'archive' | 'revive'; readonly key: string }
  | { readonly kind: 'create'; readonly key: string; readonly type: string | null; readonly description: string };

export interface ServiceActions {
  readonly kinds: readonly FlagAction['kind'][];
  /** The permission each of them needs, in the service's own words. */
  readonly permission: string;
  /** Does it. Rejects with `RequestFailed`; resolves to what undoes it, or null where nothing does. */
  perform(client: ActingClient, target: ServiceTarget, action: FlagAction): Promise<ActionDone>;
}

export interface ActionDone {
  readonly undo: FlagAction | null;
}

/** Handed to actions alone, after a person has confirmed. */
export interface ActingClient extends ServiceClient {
  send(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<unknown>;
}
