/**
 * A snapshot: an immutable view of everything known at one revision. Features are pure functions of it: they do no I/O,
 * never wait and cannot fail. How a snapshot comes about is the business of `host.ts`.
 */
import type { Config } from './config.ts';
import type { Directive } from './flags/verdicts/directives.ts';
import type { FlagSource } from './flags/verdicts/flagSource.ts';
import type { NeededFlags } from './flags/verdicts/neededFlags.ts';
import type { Projects } from './flags/verdicts/projects.ts';
import type { FileFacts } from './languages/facts.ts';
import type { Alert, Annotation, Check, Flag, FlagFile, History, Incident, Notice, Problem, Runbook } from './model.ts';
import type { LineIndex } from './text.ts';

/** What is known of one file that matters to Flagbook: a source file, a flag file, a runbook, an incident, alert rules. */
export interface FileView {
  readonly path: string;
  readonly lines: LineIndex;
  /** The text it was made from; kept for open documents and for the small files that features quote. */
  readonly text: string;
  readonly facts: FileFacts | null;
  /** In order of position; all roles. */
  readonly checks: readonly Check[];
  readonly annotations: readonly Annotation[];
  /** Comments that say something of the flags beside them. */
  readonly directives: readonly Directive[];
  readonly flagFile: FlagFile | null;
  /** Flags that only a list in this code names. */
  readonly listed?: readonly Flag[];
}

/** Whether everything of interest was read. Until then, and after a failure, nothing is said to be missing. */
export type Completeness = 'complete' | 'reading' | 'failed';

export interface Snapshot {
  readonly revision: number;
  readonly completeness: Completeness;
  /** Milliseconds since 1970: the clock all ages are measured against. */
  readonly now: number;
  readonly config: Config;
  readonly configProblems: readonly Problem[];
  readonly files: ReadonlyMap<string, FileView>;
  /** Every path of the repository, whether or not Flagbook read it. */
  readonly paths: ReadonlySet<string>;
  /** By key; several systems or files may define the same key. */
  readonly flags: ReadonlyMap<string, readonly Flag[]>;
  /** By key; all roles. */
  readonly checks: ReadonlyMap<string, readonly Check[]>;
  /** Checks whose key is dynamic but has a literal start. */
  readonly dynamicChecks: readonly Check[];
  /** Flag servers, in the configuration's order. */
  readonly sources: readonly FlagSource[];
  readonly history: History;
  readonly runbooks: readonly Runbook[];
  readonly incidents: readonly Incident[];
  readonly alerts: readonly Alert[];
  readonly notices: readonly Notice[];
  /** Keys that `flags` stand on; left out where nobody made it, and of another set of flags in a view. */
  readonly needed?: NeededFlags;
  /** Left out where every flag answers everywhere; see `flags/verdicts/projects.ts`. */
  readonly projects?: Projects | null;
  /** In the view of a project: whether a file is of it, or of none. Left out where all are. */
  readonly holds?: ((path: string) => boolean) | undefined;
}
