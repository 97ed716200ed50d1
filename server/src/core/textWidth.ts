/**
 * How many columns of a terminal a text takes, and cutting and padding it to so many. Letters of East Asia and pictures take two,
 * marks that stand on a letter none (Unicode's annex 11). What is put into columns is the business of those who lay out.
 */

/** Columns of a terminal that a text of one line takes. */
export function columnsOf(text: string): number {
  if (NARROW.test(text)) return text.length;
  return charactersOf(text).reduce((sum, character) => sum + columnsOfCharacter(character), 0);
}

/** At most `width` columns of a text; what was cut off is told by `…`. No character is cut in two. */
export function cutToColumns(text: string, width: number): string {
  if (columnsOf(text) <= width) return text;
  if (width < 1) return '';
  let kept = '';
  let room = width - 1;
  for (const character of charactersOf(text)) {
    room -= columnsOfCharacter(character);
    if (room < 0) break;
    kept += character;
  }
  return `${kept}…`;
}

/** A text with blanks behind it, so that it takes at least `width` columns. */
export function padToColumns(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columnsOf(text)));
}

/** Printable ASCII and the letters of Europe, one column each. */
const NARROW = /^[\x20-\x7e\u00a0-\u00ac\u00ae-\u02ff…→≤≥]*$/;

/** What people see as one character: a letter with its marks, a picture made of several. */
function charactersOf(text: string): readonly string[] {
  return Array.from(new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text), ({ segment }) => segment);
}

function columnsOfCharacter(character: string): number {
  if (WIDE.test(character)) return 2;
  return NOTHING.test(character) ? 0 : 1;
}

const WIDE =
  /\p{Emoji_Presentation}|\ufe0f|[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{17000}-\u{18cff}\u{1aff0}-\u{1b2ff}\u{1f200}-\u{1f2ff}\u{20000}-\u{3fffd}]/u;
const NOTHING = /^[\p{Mn}\p{Me}\p{Cf}]+$/u;
