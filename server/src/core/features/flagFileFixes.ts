/** Edits that mend a flag file safely: nothing changes about what anybody is served. */
import type { FlagPlace } from '../flags/files/flagLanguage.ts';
import { thingOf } from '../flags/files/flagPlaces.ts';
import type { JsonValue } from '../model.ts';
import type { FileView } from '../snapshot.ts';
import { lineSpan, positionAt, type Span } from '../text.ts';
import type { Diagnostic } from './diagnostics.ts';

/**
 * Removes an entry that stands twice, the earlier one, which does not count; only where both say the very same. Null where
 * they differ, or where the entry can't be taken out by itself.
 */
export function duplicateFix(view: FileView, place: FlagPlace): Diagnostic['fix'] {
  const wanted = thingOf(place);
  const all = (view.flagFile?.places ?? []).filter(each => each.role === place.role && thingOf(each) === wanted);
  const last = all.at(-1);
  if (last === undefined || last.whole.start <= place.whole.start) return null;
  const text = ({ whole }: FlagPlace) => view.text.slice(whole.start, whole.end).trim();
  if (text(place) !== text(last)) return null;
  const span = /\.ya?ml$/i.test(view.path) ? wholeLines(view, place.whole) : withComma(view, place);
  return span === null ? null : { title: 'Remove this entry, which is there once more', span, text: '' };
}

/**
 * Adds the flag that another one needs, before that one; it is off, so that everybody is served what they were. Null for formats
 * in which no such flag can be written, or where the needing flag is no entry of a map.
 */
export function missingFlagFix(view: FileView, needing: string | null, key: string): Diagnostic['fix'] {
  const template = view.flagFile?.language?.newFlag;
  const place = (view.flagFile?.places ?? []).find(({ role, id }) => role === 'flag' && id === needing);
  if (template === undefined || place === undefined || place.whole.start !== place.span.start) return null;
  const quoted = /["']/.test(view.text.charAt(place.span.start - 1));
  const at = quoted ? place.span.start - 1 : place.span.start;
  const { start } = lineSpan(view.lines, positionAt(view.lines, at).line);
  const before = view.text.slice(start, at);
  const isYaml = /\.ya?ml$/i.test(view.path);
  const startsLine = before.trim() === '';
  if (isYaml && !startsLine) return null;
  const ending = view.text.includes('\r\n') ? '\r\n' : '\n';
  const behind = startsLine ? `${ending}${before}` : ' ';
  // JSON is YAML in flow style.
  const text = `${JSON.stringify(key)}: ${spaced(template)}${isYaml ? '' : ','}${behind}`;
  return { title: `Add the flag “${key}”, off for everyone`, span: { start: at, end: at }, text };
}

function spaced(value: JsonValue): string {
  return JSON.stringify(value, null, 1).replace(/\n\s*/g, ' ');
}

/** A JSON entry from its quote to the comma behind it, and to the end of the line when nothing else is there. */
function withComma({ text }: FileView, { whole, role }: FlagPlace): Span | null {
  const isQuoted = (role === 'flag' || role === 'variation') && text.charAt(whole.start - 1) === '"';
  let start = isQuoted ? whole.start - 1 : whole.start;
  let end = whole.end;
  if (text.charAt(end) === '"') end++;
  while (/\s/.test(text.charAt(end))) end++;
  if (text.charAt(end) !== ',') return null;
  end++;
  const before = /(?:^|\n)[ \t]*$/.exec(text.slice(Math.max(0, start - 500), start));
  const behind = /^[ \t]*(?:\r\n|\n|\r)/.exec(text.slice(end, end + 500));
  if (before !== null && behind !== null) {
    start -= before[0].replace(/^\n/, '').length;
    end += behind[0].length;
  }
  return { start, end };
}

/** The lines of a YAML entry, when they hold nothing else. */
function wholeLines({ text, lines }: FileView, whole: Span): Span | null {
  const trimmed = text.slice(whole.start, whole.end).trimEnd();
  const first = lineSpan(lines, positionAt(lines, whole.start).line);
  const last = lineSpan(lines, positionAt(lines, whole.start + trimmed.length).line);
  const before = text.slice(first.start, whole.start);
  const behind = text.slice(whole.start + trimmed.length, last.end);
  return /^\s*["']?$/.test(before) && /^["']?\s*$/.test(behind) ? { start: first.start, end: last.end } : null;
}
