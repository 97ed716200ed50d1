/**
 * Text as the core sees it: offsets in UTF-16 code units, spans of them, and the index that turns an offset into a line and
 * a column. No document life cycle here, and no protocol types: fronts convert at the edge.
 */

/** A half-open range of UTF-16 offsets into one file's text: `start` included, `end` excluded. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A 0-based line and a 0-based column, both counted in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Offsets at which the lines of a text begin, and its length. Lines end at `\n`, `\r\n` or a lone `\r`, as in LSP. */
export interface LineIndex {
  readonly starts: readonly number[];
  readonly length: number;
}

/** Builds the line index of a text in one pass. */
export function indexLines(text: string): LineIndex {
  const starts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10) starts.push(i + 1);
    else if (code === 13 && text.charCodeAt(i + 1) !== 10) starts.push(i + 1);
  }
  return { starts, length: text.length };
}

/** The lines of a text after one edit of it, by those before it: `text` is what came of replacing `start` to `oldEnd` by so many units. */
export function linesAfterEdit(
  before: LineIndex,
  text: string,
  { start, oldEnd, inserted }: { readonly start: number; readonly oldEnd: number; readonly inserted: string },
): LineIndex {
  // Where a line begins is told by the character before it and, behind a lone `\r`, by the one there.
  const kept = lastAt(before.starts, start - 1) + 1;
  const moved = lastAt(before.starts, oldEnd) + 1;
  const found: number[] = [];
  for (let at = Math.max(1, start); at <= start + inserted.length; at++) {
    const code = text.charCodeAt(at - 1);
    if (code === 10 || (code === 13 && text.charCodeAt(at) !== 10)) found.push(at);
  }
  const first = Math.max(1, kept);
  const starts = new Array<number>(first + found.length + before.starts.length - Math.max(1, moved));
  for (let at = 0; at < first; at++) starts[at] = before.starts[at]!;
  for (let at = 0; at < found.length; at++) starts[first + at] = found[at]!;
  const delta = start + inserted.length - oldEnd;
  let to = first + found.length;
  for (let at = Math.max(1, moved); at < before.starts.length; at++) starts[to++] = before.starts[at]! + delta;
  return { starts, length: text.length };
}

/** The index of the last of these ascending offsets that is not behind `offset`, or -1. */
function lastAt(offsets: readonly number[], offset: number): number {
  let [low, high] = [0, offsets.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (offsets[middle]! <= offset) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The 0-based position of an offset. Offsets outside the text are clamped into it. */
export function positionAt(lines: LineIndex, offset: number): Position {
  const clamped = Math.max(0, Math.min(offset, lines.length));
  let low = 0;
  let high = lines.starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (lines.starts[middle]! <= clamped) low = middle;
    else high = middle - 1;
  }
  return { line: low, column: clamped - lines.starts[low]! };
}

/** The offset of a 0-based position. A line or column outside the text is clamped into it. */
export function offsetAt(lines: LineIndex, position: Position): number {
  if (position.line < 0) return 0;
  const start = lines.starts[position.line];
  if (start === undefined) return lines.length;
  const end = lines.starts[position.line + 1] ?? lines.length;
  return Math.min(start + Math.max(0, position.column), end);
}

/** The span of a 0-based line, its line ending included; an empty span at the end of the text when there is no such line. */
export function lineSpan(lines: LineIndex, line: number): Span {
  const start = lines.starts[line] ?? lines.length;
  return { start, end: lines.starts[line + 1] ?? lines.length };
}

/** Whether the offset touches the span; its end counts, so that a cursor right behind a word is on it. */
export function touches(span: Span, offset: number): boolean {
  return offset >= span.start && offset <= span.end;
}

/** Whether `outer` holds the whole of `inner`. */
export function encloses(outer: Span, inner: Span): boolean {
  return inner.start >= outer.start && inner.end <= outer.end;
}
