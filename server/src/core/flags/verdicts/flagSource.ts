/**
 * A flag server as it is known at one moment: whether its flags are live, kept from before, or missing, and what would mend it.
 * Asking is a source's business; here is what features may know of it, and the words for it.
 */
import type { Notice } from '../../model.ts';
import type { Snapshot } from '../../snapshot.ts';

export interface FlagSource {
  /** As `Flag.system`, and its name for people. */
  readonly system: string;
  readonly title: string;
  /** As `Flag.server`. */
  readonly server: string;
  readonly origin: string;
  readonly project: string | null;
  /** As `Flag.paths`. */
  readonly paths?: readonly string[];
  /**
   * `asking`: no answer yet. `live`: the last question was answered. `kept`: it was not, and flags from before are shown.
   * `missing`: it was not, and there are none.
   */
  readonly state: 'asking' | 'live' | 'kept' | 'missing';
  /** RFC 3339, UTC: when the flags were true; null where there are none. */
  readonly asOf: string | null;
  readonly flags: number;
  /** What is wrong and what to do, in a sentence or two; null when nothing is. */
  readonly problem: string | null;
  /** As `Failure.kind`, for programs; null when nothing is wrong. */
  readonly failure: string | null;
  /** What the token may not read, or this version does not have. */
  readonly gaps: readonly string[];
  /** Other things that people should know: its clock, flags it could not say. */
  readonly notices: readonly Notice[];
}

/** Whether a server of this workspace has not said its flags yet: until then no flag is unknown. */
export function isSourceMissing(snapshot: Snapshot): boolean {
  return snapshot.sources.some(source => source.asOf === null);
}

/** One notice a server at most for what is wrong, and its own notices. What is only being asked is not wrong. */
export function sourceNotices(sources: readonly FlagSource[]): readonly Notice[] {
  return sources.flatMap(source => {
    const { problem, state, title, gaps } = source;
    const kept = state === 'kept' ? ` Shown is what it said ${momentText(source.asOf)}.` : '';
    const wrong: readonly Notice[] =
      problem === null ? [] : [{ code: `server/${source.failure}`, severity: 'warning', message: `${problem}${kept}` }];
    const missing: readonly Notice[] =
      gaps.length === 0
        ? []
        : [
            {
              code: 'server/gaps',
              severity: 'note',
              message: `${title} does not tell this token: ${gaps.join(', ')}.`,
            },
          ];
    return [...wrong, ...missing, ...source.notices];
  });
}

/** `live, 12 flags, as of 2026-03-01 10:12 UTC`: a server's health in a few words. */
export function sourceHealth(source: FlagSource): string {
  const flags = `${source.flags} ${source.flags === 1 ? 'flag' : 'flags'}`;
  switch (source.state) {
    case 'asking':
      return 'being asked';
    case 'live':
      return `live, ${flags}, as of ${momentText(source.asOf)}`;
    case 'kept':
      return `not answering; ${flags} from ${momentText(source.asOf)}`;
    case 'missing':
      return 'not answering';
  }
}

/** `2026-03-01 10:12 UTC`. */
function momentText(time: string | null): string {
  return time === null ? 'never' : `${time.slice(0, 16).replace('T', ' ')} UTC`;
}
