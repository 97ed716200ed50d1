/** What of a located frame is shown: the names and lines of the source, where the runtime printed those of generated code. */
import type { AlongTheWay } from './alongTheWay.ts';
import type { LocatedFrame } from './locate.ts';

/** What a frame's function is called in its source; as printed where no map says more. */
export function functionNameOf({ place, function: printed }: LocatedFrame): string | null {
  return (place.kind === 'resolved' ? place.original?.function : null) ?? printed;
}

/** The line of the build or the commit that ran: that of the source where a map says it. */
export function lineThen({ place, line }: LocatedFrame): number | null {
  return place.kind === 'resolved' && place.original !== null ? place.original.line : line;
}

/** Who changed the line last, and who owns it; empty when neither is known. */
export function changeText({ lastChange, owners }: Pick<AlongTheWay, 'lastChange' | 'owners'>): string {
  const owned = owners.length === 0 ? '' : `owned by ${owners.join(', ')}`;
  if (lastChange === null) return owned;
  const { author, commit, subject, time } = lastChange;
  const short = subject.length <= 60 ? subject : `${subject.slice(0, 59)}…`;
  const changed = `changed ${time.slice(0, 10)} by ${author}: ${short} (${commit.slice(0, 10)})`;
  return owned === '' ? changed : `${changed}, ${owned}`;
}
