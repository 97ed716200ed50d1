/** One frame of one's own for a terminal: its place, what became of its line, the flags on the way, and who changed it. */
import { printable } from '../flags/rollout/describe.ts';
import type { Paint } from '../flags/telling/text.ts';
import { branchText } from '../flags/verdicts/flagsOnTheWay.ts';
import type { AnalysedFrame } from './analyse.ts';
import { shortFunctionName } from './functionName.ts';
import type { LineMatch } from './placement.ts';
import { changeText, functionNameOf, lineThen } from './shownFrame.ts';

/** `why` marks the frame to look at first. */
export function frameLine(
  frame: AnalysedFrame,
  index: number,
  width: number,
  why: string | null,
  paint: Paint,
): string {
  const name = functionText(frame);
  const number = String(index).padStart(4);
  const mark = why === null ? ' ' : paint('warning', '▸');
  const lines = [`${mark}${paint('faint', number.slice(1))}  ${name.padEnd(width)}  ${placeText(frame, paint)}`];
  const below = ' '.repeat(8);
  if (why !== null)
    lines.push(`${below}${paint('warning', 'look here first')}${paint('faint', `: ${printable(why)}`)}`);
  if (frame.flags.length > 0) {
    const flags = frame.flags.map(flag => {
      const way = paint('faint', branchText(flag).replace(/^, (.*)$/, ' ($1)'));
      const state = flag.state === '' ? '' : ` ${paint('stale', flag.state)}`;
      return `${printable(flag.key)}${state}${way}`;
    });
    lines.push(`${below}${paint('faint', 'flags:')} ${flags.join(', ')}`);
  }
  const change = why === null ? '' : changeText(frame);
  if (change !== '') lines.push(`${below}${paint('faint', printable(change))}`);
  if (frame.place.kind === 'ambiguous')
    for (const { path, line, reasons } of frame.place.candidates.slice(0, MOST_CANDIDATES)) {
      const place = `${printable(path)}${line === null ? '' : `:${line}`}`;
      lines.push(
        `${below}${paint('faint', 'perhaps')} ${place} ${paint('faint', `(${printable(reasons.slice(0, 2).join('; '))})`)}`,
      );
    }
  return lines.join('\n');
}

const MOST_CANDIDATES = 3;

/** The function's short name, and how often it repeated itself. */
export function functionText(frame: AnalysedFrame): string {
  const times = frame.repeated > 1 ? ` ×${frame.repeated}` : '';
  return `${shorten(shortFunctionName(functionNameOf(frame) ?? '(no name)'), 60)}${times}`;
}

/** Where it stands now, or as printed where nobody knows. */
function placeText(frame: AnalysedFrame, paint: Paint): string {
  const { place } = frame;
  const printed = `${printable(frame.file ?? 'no file')}${frame.line === null ? '' : `:${frame.line}`}`;
  switch (place.kind) {
    case 'resolved': {
      const now = `${printable(place.path)}${place.line === null ? '' : `:${place.line}`}`;
      const printed = place.doubt === null ? '' : `as printed; ${printable(place.doubt)}`;
      const notes = [
        printed,
        driftNote(place.match, place.line, lineThen(frame)),
        place.confidence < 0.3 ? 'unsure' : '',
      ];
      const note = notes.filter(part => part !== '').join(', ');
      return `${paint('key', now)}${note === '' ? '' : paint('faint', ` (${note})`)}`;
    }
    case 'ambiguous':
      return printed;
    case 'none':
      return paint('faint', printed);
  }
}

/** What became of the printed line, when it is not simply this one. */
function driftNote(match: LineMatch, line: number | null, printed: number | null): string {
  const was = printed === null ? '' : `printed as line ${printed}`;
  switch (match) {
    case 'exact':
      return '';
    case 'shifted':
    case 'moved':
      return was;
    case 'edited':
      return [line === null ? 'line not known' : 'about here', was].filter(part => part !== '').join('; ');
    case 'gone':
      return ['removed since', was].filter(part => part !== '').join('; ');
  }
}

/** One line of at most so many characters. */
export function shorten(text: string, length: number): string {
  const line = printable(text.replace(/\s+/g, ' ').trim());
  return line.length <= length ? line : `${line.slice(0, length - 1)}…`;
}
