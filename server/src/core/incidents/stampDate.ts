/**
 * Dates as people write them: `2026-03-02`, `March 6 2017`, `Oct 30th`, `12 March`, `2022-02-??`, with a digit too many in the
 * year. Times of day are read by `stamp.ts`.
 */

/** A date; null parts are unknown or not written. Months and days count from 1. */
export interface DatePart {
  readonly year: number | null;
  readonly month: number | null;
  readonly day: number | null;
  /** Years a mistyped year (`20202`) may stand for; empty for a good one. */
  readonly yearGuesses: readonly number[];
}

/** The names of months, as the source of a regular expression. */
export const monthPattern =
  '(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';

/** The date a text begins with, and how many characters it takes. */
export function readDate(text: string): { date: DatePart; length: number; template: boolean } | null {
  return readTemplate(text) ?? readNumeric(text) ?? readNamed(text);
}

function readTemplate(text: string) {
  const match = /^(?:YYYY|yyyy|20xx|20XX)-(?:MM|mm|xx|XX)-(?:DD|dd|xx|XX)/.exec(text);
  return match === null ? null : { date: dateOf(null, null, null), length: match[0].length, template: true };
}

function readNumeric(text: string) {
  const yearFirst = /^(\d{4,5})(?:\/\d{2})?([-/.])(\d{1,2}|\?\?|--|xx)(?:\2(\d{1,2}|\?\?|--|xx))?(?![\d])/.exec(text);
  if (yearFirst !== null) {
    const [whole, year, , month, day] = yearFirst;
    // `2021/22-??-??` names no year at all.
    const twoYears = /^\d{4}\/\d{2}-/.test(whole);
    const date = dateOf(twoYears ? null : year!, twoYears ? null : number(month), twoYears ? null : number(day));
    return date.month !== null && (date.month < 1 || date.month > 12) ? null : valid(date, whole.length);
  }
  const dayOrMonthFirst = /^(\d{1,2})([/.])(\d{1,2})\2(\d{4})(?!\d)/.exec(text);
  if (dayOrMonthFirst === null) return null;
  const [whole, first, separator, second, year] = dayOrMonthFirst;
  // With dots the day stands first, with slashes the month, unless it can't be one.
  const dayFirst = Number(first) > 12 || (separator === '.' && Number(second) <= 12);
  const [day, month] = dayFirst ? [Number(first), Number(second)] : [Number(second), Number(first)];
  return valid(dateOf(year!, month, day), whole.length);
}

function readNamed(text: string) {
  const monthFirst = new RegExp(
    `^(${monthPattern})\\.?\\s+(\\d{1,2})(?:st|nd|rd|th)?(?!\\d|:\\d)(?:,?\\s+(\\d{4})(?![\\d:]))?`,
    'i',
  ).exec(text);
  if (monthFirst !== null) {
    return valid(dateOf(monthFirst[3] ?? null, monthOf(monthFirst[1]!), Number(monthFirst[2])), monthFirst[0].length);
  }
  const dayFirst = new RegExp(
    `^(\\d{1,2})(?:st|nd|rd|th)?\\s+(?:of\\s+)?(${monthPattern})\\b\\.?(?:,?\\s+(\\d{4})(?![\\d:]))?`,
    'i',
  ).exec(text);
  if (dayFirst !== null) {
    return valid(dateOf(dayFirst[3] ?? null, monthOf(dayFirst[2]!), Number(dayFirst[1])), dayFirst[0].length);
  }
  const monthOnly = new RegExp(`^(${monthPattern})\\s+(\\d{4})(?![\\d:])`, 'i').exec(text);
  return monthOnly === null ? null : valid(dateOf(monthOnly[2]!, monthOf(monthOnly[1]!), null), monthOnly[0].length);
}

function valid(date: DatePart, length: number) {
  const possible = (date.month ?? 1) >= 1 && (date.month ?? 1) <= 12 && (date.day ?? 1) >= 1 && (date.day ?? 1) <= 31;
  return possible ? { date, length, template: false } : null;
}

function dateOf(year: string | null, month: number | null, day: number | null): DatePart {
  if (year === null || year.length === 4)
    return { year: year === null ? null : Number(year), month, day, yearGuesses: [] };
  const shorter = [...year].map((_, index) => Number(year.slice(0, index) + year.slice(index + 1)));
  const guesses = [...new Set(shorter.reverse())].filter(guess => guess >= 1990 && guess < 2100);
  return { year: guesses[0] ?? null, month, day, yearGuesses: guesses };
}

function number(text: string | undefined): number | null {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : null;
}

function monthOf(name: string): number {
  return (
    ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'].indexOf(
      name.slice(0, 3).toLowerCase(),
    ) + 1
  );
}
