/**
 * The vocabulary of Flagbook: checks, flags, ages, verdicts, runbooks, incidents and alerts, as plain immutable data. Types
 * only, and the few total functions that belong to them. How they are found lives in `flags`, `runbooks`, `incidents` and
 * `history`; how they are shown lives in `features`.
 */
import type { FlagLanguage, FlagPlace, RulePlace } from './flags/files/flagLanguage.ts';
import type { LanguageId } from './languages/facts.ts';
import type { Span } from './text.ts';

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** A span in a file of the repository; `path` is relative to its root, with `/`. */
export interface Place {
  readonly path: string;
  readonly span: Span;
}

/** Something wrong with an input, with advice: `message` says what happened and what to do. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly severity: 'error' | 'warning' | 'note';
  readonly place: Place | null;
}

// ---------------------------------------------------------------------------------------------------------------- checks

export type Via =
  | 'literal'
  | 'constant'
  | 'enum'
  | 'object'
  | 'wrapper'
  | 'accessor'
  | 'hook'
  | 'property'
  | 'flag-object'
  | 'template'
  | 'attribute'
  | 'component';

export type Role = 'check' | 'declaration' | 'stub' | 'reference';
export type Confidence = 'certain' | 'likely' | 'possible';
export type ValueType = 'boolean' | 'string' | 'number' | 'object';

/** A place where code evaluates a flag (role `check`), or mentions one (the other roles). */
export interface Check {
  readonly path: string;
  readonly language: LanguageId;
  /** From the called name (or the property) to the end of the call. */
  readonly span: Span;
  /** The called name alone. */
  readonly nameSpan: Span;
  /** The expression that stands for the key; null where the name itself is the key. */
  readonly keySpan: Span | null;
  /** Null when it can't be known. */
  readonly key: string | null;
  /** The literal start of a dynamic key, or null. */
  readonly keyPrefix: string | null;
  /** Where the key's text is written, when that is elsewhere (a constant, an enum member). */
  readonly keyPlace: Place | null;
  /** SDK or system id; `custom` for a configured pattern, `inferred` for a wrapper found by data flow. */
  readonly system: string;
  readonly method: string;
  readonly type: ValueType | null;
  /** The in-code default; undefined when there is none or it is not a constant. */
  readonly fallback: JsonValue | undefined;
  readonly fallbackSpan: Span | null;
  readonly via: readonly Via[];
  readonly role: Role;
  /** Name of the enclosing function, or null at the top level. */
  readonly function: string | null;
  readonly test: boolean;
  readonly confidence: Confidence;
}

// ----------------------------------------------------------------------------------------------------------------- flags

export type FlagType = 'release' | 'experiment' | 'operational' | 'kill-switch' | 'permission';
export type RolloutState = 'off' | 'on' | 'partial' | 'targeted' | 'scheduled' | 'unknown';

export interface Variation {
  readonly name: string;
  readonly value: JsonValue;
  readonly span: Span | null;
}

/** What one flag does in one environment. */
export interface EnvironmentState {
  readonly environment: string;
  readonly state: RolloutState;
  /** Share of all users that get something other than the off value, 0 to 100; null where one number would lie. */
  readonly percentage: number | null;
  /** The value everyone gets, if there is one; undefined otherwise. */
  readonly serves: JsonValue | undefined;
  /** The state in words, such as `25% by user id; 100% for segment staff`. */
  readonly summary: string;
  /** RFC 3339, UTC: when this was true; null for a file in the working tree, which is true now. */
  readonly asOf: string | null;
  /** Of all users, who gets which variation, in per cent; only where that is known exactly and more than one is served. */
  readonly shares?: readonly VariationShare[];
  /** Where `percentage` is null: the most that can be true of it, 0 to 100, when that says something. */
  readonly atMost?: number;
  /** What `summary` says, clause by clause and uncut: the shares or the first rule first. Only where there are several. */
  readonly clauses?: readonly string[];
  /** Audiences that the rules name, in their order, the last one everyone; only where all rules but the last have names. */
  readonly rings?: readonly Ring[];
  /** Name of the experiment that divides the users here; empty where it has none. */
  readonly experiment?: string;
  /** Nothing but the code's own fallback is served, though the flag is not turned off; only with the state `off`. */
  readonly fallback?: true;
  /** This is only the default: whoever runs the program decides, and the repository does not know how. */
  readonly byDefault?: true;
  /** Real users are there, says its system; left out where it does not say. */
  readonly production?: boolean;
  /** RFC 3339, UTC: when the flag was last evaluated there; left out where its system does not say. */
  readonly evaluated?: string;
  /** What is known to follow, and when (RFC 3339, UTC). */
  readonly next?: { readonly time: string; readonly summary: string };
}

/** One audience of a rollout and the share of it, 0 to 100, that gets something other than the off value. */
export interface Ring {
  readonly audience: string;
  readonly percentage: number;
}

/** A moment that a flag system tells of a flag. */
export interface FlagMoment {
  /** RFC 3339, UTC. */
  readonly time: string;
  /** The system that says so, such as `unleash`. */
  readonly source: string;
  /** RFC 3339, UTC: when it said so; null for a file in the working tree. */
  readonly asOf: string | null;
  /** Who did it, and what in words, where its log says so. */
  readonly by?: string;
  readonly what?: string;
}

/** `name` is the variation's; null stands for the code's own fallback. */
export interface VariationShare {
  readonly name: string | null;
  readonly percentage: number;
}

/** One flag as one system defines it. The same key in another system, or another file, is another `Flag`. */
export interface Flag {
  readonly key: string;
  /** `flagd`, `launchdarkly`, … */
  readonly system: string;
  /** Where it answers, as globs; left out for a flag that answers everywhere. */
  readonly paths?: readonly string[];
  /** For a flag of a server: its address and project, which tell it from the same key elsewhere. */
  readonly server?: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly kind: ValueType | null;
  readonly type: FlagType | null;
  readonly owner: string | null;
  readonly tags: readonly string[];
  readonly variations: readonly Variation[];
  /** The value served when the flag is off; undefined when the system leaves that to the code. */
  readonly offValue: JsonValue | undefined;
  readonly environments: readonly EnvironmentState[];
  readonly prerequisites: readonly string[];
  /** RFC 3339 dates, or null. */
  readonly created: string | null;
  readonly expires: string | null;
  /** How long its definition lets it live, as a duration (`90d`) or `none`; instead of its type's lifetime. */
  readonly lifetime?: string | null;
  /** When its system last saw it changed, and last saw it evaluated; left out where it does not say. */
  readonly changed?: FlagMoment;
  readonly evaluated?: FlagMoment;
  /** Where its system says it stands, in the system's own word, and since when (RFC 3339, UTC). */
  readonly lifecycle?: { readonly stage: string; readonly since: string | null };
  /** Its system has marked it as to be removed. */
  readonly markedStale?: true;
  /** When it is due to go, where that is no date, such as `milestone 140`. */
  readonly expiresWords?: string;
  /** What the system says that code passes as its fallback; left out where it does not say. */
  readonly fallback?: JsonValue;
  readonly archived: boolean;
  /**
   * Only a list in code names it, found by its shape: where its state is kept is not known. `asked`: members of the list are
   * checked, so that one that is not may be out of use; `unasked`: how the code asks for them is not known.
   */
  readonly listed?: 'asked' | 'unasked';
  /** Code asks for it by another name than the key, so that nobody can say whether it does. */
  readonly askedOtherwise?: true;
  /** The whole definition and the key's own text, for a flag that stands in a file. */
  readonly declaration: { readonly path: string; readonly span: Span; readonly keySpan: Span } | null;
  /** The flag's page in its system. */
  readonly url: string | null;
}

/** What a mapping of the configuration did not find in a file. `field` is the mapping's, such as `keys`. */
export interface MappingGap {
  readonly field: 'keys' | 'state';
  readonly message: string;
}

/** Flags and problems of one flag file, and what stands where in it. */
export interface FlagFile {
  readonly path: string;
  readonly system: string;
  readonly environment: string;
  readonly flags: readonly Flag[];
  readonly problems: readonly Problem[];
  /** Everything that has or uses a name, in order of position. */
  readonly places?: readonly FlagPlace[];
  /** Targeting rules in words, flag by flag in the order in which they are asked. */
  readonly rules?: readonly RulePlace[];
  /** What the file's format knows; none for formats that are not described. */
  readonly language?: FlagLanguage;
  /** For a registry of the repository's own: what its mapping did not find. */
  readonly gaps?: readonly MappingGap[];
}

// ------------------------------------------------------------------------------------------------------------------ ages

/** A moment in git, with the commit that proves it. */
export interface CommitMoment {
  /** RFC 3339, UTC: the author's date. */
  readonly time: string;
  readonly commit: string;
  readonly author: string;
  readonly subject: string;
}

export type Introduced =
  /** `absences`: when the key was removed and came back, oldest first. */
  | { readonly kind: 'known'; readonly moment: CommitMoment; readonly absences: readonly Absence[] }
  | { readonly kind: 'unknown'; readonly reason: string };

/** A time in which a key stood nowhere in the repository; `returned` is null for one that is back only in the working tree. */
export interface Absence {
  readonly removed: CommitMoment;
  readonly returned: CommitMoment | null;
}

/** One change of one flag's state in one environment. `what` is in words: `25% → 100%`. */
export interface FlagChange {
  readonly moment: CommitMoment;
  readonly environment: string;
  readonly what: string;
}

/** What git says of the repository's flags. */
export type History =
  | { readonly kind: 'pending' }
  /** No ages at all: no git, an unborn branch, an untrusted workspace; `reason` is a sentence for people. */
  | { readonly kind: 'unavailable'; readonly reason: string }
  | {
      readonly kind: 'known';
      readonly head: string;
      /** By key. A key that is missing has not been committed yet. */
      readonly introduced: ReadonlyMap<string, Introduced>;
      /** By `flagIdentity`: changes, newest first. */
      readonly changes: ReadonlyMap<string, readonly FlagChange[]>;
      /** By `flagIdentity`, of flags whose older changes were not read: the time back to which they were; null: none could be. */
      readonly readBackTo?: ReadonlyMap<string, string | null>;
      /** Why all this is only half the truth (a shallow clone), or null. */
      readonly limit: string | null;
    };

/** Tells flags of the same key apart: by system and path, or server. */
export function flagIdentity(flag: Flag): string {
  return `${flag.system}\0${flag.declaration?.path ?? flag.server ?? ''}\0${flag.key}`;
}

// --------------------------------------------------------------------------------------------------------------- verdict

export type VerdictKind =
  | 'fresh'
  | 'rolling-out'
  | 'launched'
  | 'off'
  | 'expired'
  | 'unused'
  | 'unknown'
  | 'archived'
  | 'idle'
  | 'permanent';

export interface Verdict {
  readonly kind: VerdictKind;
  readonly stale: boolean;
  /** One sentence with its evidence. */
  readonly why: string;
  /** The rule behind it, by its name in the configuration, such as `lifetimes.release`. */
  readonly rule: string;
}

// ------------------------------------------------------------------------------------------------ runbooks and incidents

export interface Heading {
  readonly text: string;
  /** The anchor GitHub gives it. */
  readonly slug: string;
  readonly span: Span;
}

/** A path glob, or `path#symbol`, that a runbook or an incident says it is about. */
export interface CodePattern {
  readonly glob: string;
  readonly symbol: string | null;
  readonly span: Span | null;
}

export interface Runbook {
  readonly path: string;
  readonly title: string;
  readonly owner: string | null;
  readonly code: readonly CodePattern[];
  readonly flags: readonly string[];
  readonly alerts: readonly string[];
  /** Error names, or regular expressions between slashes. */
  readonly errors: readonly string[];
  /** RFC 3339 date of the last review, or null. */
  readonly reviewed: string | null;
  /** Days between reviews, or null. */
  readonly reviewEvery: number | null;
  readonly headings: readonly Heading[];
  readonly problems: readonly Problem[];
}

export type Precision = 'second' | 'minute' | 'hour' | 'day' | 'month' | 'unknown';

export interface TimelineEvent {
  /** RFC 3339, UTC; null when it can't be dated. */
  readonly time: string | null;
  /** The wall clock as written, completed with its date, without a zone; null when it can't be dated. */
  readonly local: string | null;
  readonly end: string | null;
  readonly precision: Precision;
  readonly approximate: boolean;
  /** The zone as written, or null. */
  readonly zone: string | null;
  readonly text: string;
  readonly kind: string;
  readonly span: Span;
}

export interface Incident {
  readonly id: string;
  readonly path: string;
  readonly title: string;
  readonly severity: string | null;
  /** RFC 3339, UTC, or null. */
  readonly started: string | null;
  readonly detected: string | null;
  readonly resolved: string | null;
  readonly code: readonly CodePattern[];
  readonly flags: readonly string[];
  readonly runbooks: readonly string[];
  readonly errors: readonly string[];
  readonly events: readonly TimelineEvent[];
  readonly span: Span;
  readonly problems: readonly Problem[];
}

/** An alert of a Prometheus rule file. */
export interface Alert {
  readonly name: string;
  readonly path: string;
  readonly span: Span;
  readonly summary: string | null;
  /** Its `runbook_url` as written. */
  readonly runbook: { readonly target: string; readonly span: Span } | null;
}

/** `// runbook: docs/x.md#heading` or `// incident: INC-42` in code. */
export interface Annotation {
  readonly kind: 'runbook' | 'incident';
  readonly path: string;
  /** The path, URL or id alone. */
  readonly target: string;
  readonly span: Span;
}

// ---------------------------------------------------------------------------------------------------------------- notices

/** Something that is off or incomplete in this workspace, said once and calmly, with what would mend it. */
export interface Notice {
  readonly code: string;
  readonly severity: 'warning' | 'note';
  readonly message: string;
}
