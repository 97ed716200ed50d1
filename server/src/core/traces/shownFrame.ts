/** What of a located frame is shown: the names and lines of the source, where the runtime printed those of generated code. */
import type { LocatedFrame } from './locate.ts';

/** What a frame's function is called in its source; as printed where no map says more. */
export function functionNameOf({ place, function: printed }: LocatedFrame): string | null {
  return (place.kind === 'resolved' ? place.original?.function : null) ?? printed;
}

/** The line of the build or the commit that ran: that of the source where a map says it. */
export function lineThen({ place, line }: LocatedFrame): number | null {
  return place.kind === 'resolved' && place.original !== null ? place.original.line : line;
}
