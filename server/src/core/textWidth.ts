/**
 * How many columns of a terminal a text takes, and cutting and padding it to so many: letters of East Asia and pictures take two, marks
 * that stand on a letter none. What is put into columns is the business of those who lay out.
 */
import stringWidth from 'string-width';

/** Columns of a terminal that a text of one line takes. */
export function columnsOf(text: string): number {
  // Nearly all texts; the package takes ten milliseconds and more to load, which the build leaves to its first call.
  if (/^[\x20-\x7e]*$/.test(text)) return text.length;
  return stringWidth(text);
}

/** At most `width` columns of a text; what was cut off is told by `…`. No character is cut in two. */
export function cutToColumns(text: string, width: number): string {
  if (columnsOf(text) <= width) return text;
  if (width < 1) return '';
  let kept = '';
  let room = width - 1;
  for (const { segment } of new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)) {
    room -= columnsOf(segment);
    if (room < 0) break;
    kept += segment;
  }
  return `${kept}…`;
}

/** A text with blanks behind it, so that it takes at least `width` columns. */
export function padToColumns(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columnsOf(text)));
}
