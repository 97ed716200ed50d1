/**
 * The date and time an entry of a timeline begins with, as people write it: `2026-03-02 10:12`, `~13:30-13:45`, `[16:40]`,
 * `March 6 2017 22:59`, `10:45a`, `2022-02-?? ??:??`, `T+12m:`. One line in, what it says out, half-known parts left open;
 * `timelineClock.ts` completes them from the lines around.
 */
import { type DatePart, monthPattern, readDate } from './stampDate.ts';
import { type Zone, zoneAtStart } from './zones.ts';

/** A time of day; null parts are unknown (`12:??`). Hours are 0 to 23. */
export interface ClockPart {
  readonly hour: number;
  readonly minute: number | null;
  readonly second: number | null;
}

export interface Stamp {
  readonly date: DatePart | null;
  readonly clock: ClockPart | null;
  readonly end: { readonly date: DatePart | null; readonly clock: ClockPart } | null;
  /** Seconds after the start of the incident (`T+12m`), else null. */
  readonly relative: number | null;
  readonly approximate: boolean;
  readonly zone: Zone | null;
  /** A row of the record's template that was never filled in. */
  readonly template: boolean;
  /** Characters from the start of the text up to what the entry says. */
  readonly length: number;
}

const longestStamp = 120;

/** The stamp at the start of a line, or null when the line does not begin with one. */
export function readStamp(line: string): Stamp | null {
  // Hyphens that do not break and spaces that do not break are plain ones here; offsets stay the same.
  const text = line
    .slice(0, longestStamp)
    .replace(/[\u2010\u2011\u2012\u2212]/g, '-')
    .replace(/[\u00a0\u2009\u202f]/g, ' ');
  const cursor: Cursor = { text, at: 0, approximate: false, template: false };
  skipPrefix(cursor);
  const relative = readRelative(cursor);
  if (relative !== null) return finish(cursor, { date: null, clock: null, end: null, relative, zone: null });
  const date = takeDate(cursor);
  const afterDate = cursor.text.slice(cursor.at);
  const joined = date !== null && take(cursor, /^T(?=\d)/) !== null;
  if (date !== null && !joined) skipGlue(cursor);
  const beforeClock = cursor.at;
  const unknown = takeUnknownClock(cursor);
  const start = unknown ? null : takeClock(cursor, date !== null ? 'after-date' : 'alone');
  if (date === null && start === null && !unknown) return null;
  if (start === null && !unknown) cursor.at = beforeClock;
  if (take(cursor, /^\s?~/) !== null) cursor.approximate = true;
  // Behind an ISO time `-05:00` is an offset, behind any other it is the end of a range.
  const offset = joined && start !== null ? takeZone(cursor, 'iso') : null;
  const range = start === null ? null : takeEnd(cursor, start);
  const zone = offset ?? (start === null ? null : takeZone(cursor, 'line'));
  const late = date === null && start !== null ? takeTrailingDate(cursor) : null;
  // "May 5 users …": without a year, a date alone is a stamp only where something sets it off from what follows.
  if (start === null && !unknown && date?.year === null && !/^\s*(?:$|[-–—:|)\]},*(])/.test(afterDate)) return null;
  const clock = start === null ? null : inheritMeridiem(start, range);
  return finish(cursor, {
    date: date ?? late,
    clock,
    end: range === null ? null : { date: range.date, clock: range.clock.part },
    relative: null,
    zone,
  });
}

/**
 * The stamp of a labelled line such as `Fault occurs 2020-02-12 11:45` or `First detected: 2023-01-04 (Time TBC)`: a full date near
 * the end of the line. `start` is where it begins.
 */
export function findLabelledStamp(line: string): { readonly stamp: Stamp; readonly start: number } | null {
  const match = /^[^\d|]{3,60}?(?=\d{4,5}-\d{1,2}-\d{1,2}(?!\d))/.exec(line.slice(0, 200));
  if (match === null) return null;
  const stamp = readStamp(line.slice(match[0].length));
  if (stamp === null || line.length - match[0].length - stamp.length > 30) return null;
  return { stamp, start: match[0].length };
}

interface Cursor {
  readonly text: string;
  at: number;
  approximate: boolean;
  template: boolean;
}

interface WrittenClock {
  readonly part: ClockPart;
  readonly meridiem: 'am' | 'pm' | null;
}

function take(cursor: Cursor, pattern: RegExp): RegExpExecArray | null {
  const match = pattern.exec(cursor.text.slice(cursor.at));
  if (match !== null) cursor.at += match[0].length;
  return match;
}

const weekday = '(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?';
const approximateWords = /[~≈]|\b(?:ca|circa|around|about|approx(?:imately)?|roughly|between)\b/i;

function skipPrefix(cursor: Cursor): void {
  const words = 'ca\\.?|circa|around|about|approx(?:imately|\\.)?|roughly|between|by|at|from|on';
  const prefix = new RegExp(`^(?:[\\s*_\`"'“{[(<>|]|[~≈]|(?:${words}|${weekday})(?![\\w])[,:]?)*`, 'i');
  const taken = take(cursor, prefix)?.[0] ?? '';
  if (approximateWords.test(taken)) cursor.approximate = true;
}

function skipGlue(cursor: Cursor): void {
  const glue =
    /^[\s,]*(?:(?:at|around|about|between|ca\.?|approx\.?|from)\b|[~≈]|:(?=\s*\d)|[-–—](?=\s*\d{1,2}:\d{2}))?\s*~?/i;
  const taken = take(cursor, glue)?.[0] ?? '';
  if (approximateWords.test(taken)) cursor.approximate = true;
}

function takeDate(cursor: Cursor): DatePart | null {
  const read = readDate(cursor.text.slice(cursor.at));
  if (read === null) return null;
  cursor.at += read.length;
  if (read.template) cursor.template = true;
  return read.date;
}

/** `--:--`, `??:??`, `[???]`, `HH:mm`, `TBC`: a time nobody knew, or filled in. */
function takeUnknownClock(cursor: Cursor): boolean {
  if (take(cursor, /^(?:HH:mm|hh:mm|HH:MM)(?!\w)/) !== null) {
    cursor.template = true;
    return true;
  }
  return take(cursor, /^(?:\?{2,}(?::\?{2})?|--:--|xx:xx(?!\w)|\(?(?:time )?TB[CD]\)?)/i) !== null;
}

function takeClock(cursor: Cursor, where: 'alone' | 'after-date'): WrittenClock | null {
  const start = cursor.at;
  const words = take(cursor, /^(noon|midnight)\b/i);
  if (words !== null) return written(/noon/i.test(words[0]) ? 12 : 0, 0, null, null);
  const colon = take(cursor, /^(\d{1,2})[:h](\d{2}|\?\?|--)(?::(\d{2})(?:[.,]\d{1,9})?)?(?![\d:])/);
  if (colon !== null) {
    const minute = /\d/.test(colon[2]!) ? Number(colon[2]) : null;
    const second = colon[3] === undefined ? null : Number(colon[3]);
    const clock = written(Number(colon[1]), minute, second, takeMeridiem(cursor));
    if (clock === null) cursor.at = start;
    return clock;
  }
  // `11.56` and `1600` are times only behind a date or before a meridiem: elsewhere they are numbers.
  const bare =
    take(cursor, /^(\d{1,2})[.](\d{2})(?![\d.])/) ??
    take(cursor, /^(\d{2})(\d{2})(?![\d:.-])/) ??
    take(cursor, /^(\d{1,2})(?=\s?[ap]\.?m\b)/i);
  if (bare === null) return null;
  const meridiem = takeMeridiem(cursor);
  const clock =
    where === 'after-date' || meridiem !== null ? written(Number(bare[1]), Number(bare[2] ?? 0), null, meridiem) : null;
  if (clock === null) cursor.at = start;
  return clock;
}

function takeMeridiem(cursor: Cursor): 'am' | 'pm' | null {
  const match = take(cursor, /^(?:([ap])m?(?!\w)|\s([ap])\.?m\.?(?!\w))/i);
  if (match === null) return null;
  return (match[1] ?? match[2])!.toLowerCase() === 'a' ? 'am' : 'pm';
}

/** `13:55 PM` is 13:55, `12:10 AM` is 0:10. */
function written(
  hour: number,
  minute: number | null,
  second: number | null,
  meridiem: 'am' | 'pm' | null,
): WrittenClock | null {
  if (hour > 23 || (minute ?? 0) > 59 || (second ?? 0) > 59) return null;
  const shifted = meridiem === 'pm' && hour < 12 ? hour + 12 : meridiem === 'am' && hour === 12 ? 0 : hour;
  return { part: { hour: shifted, minute, second }, meridiem };
}

type WrittenEnd = { readonly date: DatePart | null; readonly clock: WrittenClock };

function takeEnd(cursor: Cursor, start: WrittenClock): WrittenEnd | null {
  const before = cursor.at;
  takeZone(cursor, 'line');
  if (take(cursor, /^\s*(?:-+>?|–|—|→|to|until|till|and)\s*~?/i) === null) {
    cursor.at = before;
    return null;
  }
  const second = start.part.second === null ? null : take(cursor, /^(\d{2})(?![\d:.])/);
  if (second !== null) {
    return { date: null, clock: { part: { ...start.part, second: Number(second[1]) }, meridiem: null } };
  }
  const date = takeDate(cursor);
  if (date !== null) skipGlue(cursor);
  const clock = takeClock(cursor, start.meridiem === null && date === null ? 'alone' : 'after-date');
  if (clock === null) {
    cursor.at = before;
    return null;
  }
  return { date, clock };
}

/** In `02:00 and 02.30 PM` the first time is in the afternoon too. */
function inheritMeridiem(start: WrittenClock, end: WrittenEnd | null): ClockPart {
  if (start.meridiem !== null || end?.clock.meridiem !== 'pm' || start.part.hour >= 12) return start.part;
  const later = { ...start.part, hour: start.part.hour + 12 };
  return minutesOf(later) <= minutesOf(end.clock.part) ? later : start.part;
}

/** Minutes since midnight; an unknown minute counts as 0. */
export function minutesOf(clock: ClockPart): number {
  return clock.hour * 60 + (clock.minute ?? 0) + (clock.second ?? 0) / 60;
}

function takeZone(cursor: Cursor, where: 'iso' | 'line'): Zone | null {
  const iso = take(
    cursor,
    where === 'iso' ? /^(?:Z(?!\w)|[+-]\d{2}:?\d{2})/ : /^(?:Z(?!\w)|\+\d{2}:?\d{2}(?!\d))/,
  )?.[0];
  if (iso === 'Z') return { written: 'Z', name: 'UTC' };
  if (iso !== undefined) return { written: iso, name: `UTC${iso.slice(0, 3)}:${iso.slice(-2)}` };
  const lead = /^\s*[([]?/.exec(cursor.text.slice(cursor.at))![0];
  const recognised = zoneAtStart(cursor.text.slice(cursor.at + lead.length), 'line');
  if (recognised === null) return null;
  cursor.at += lead.length + recognised.length;
  return recognised.zone;
}

/** `22:30 UTC (Oct 29)`, `13:55 PM PST Saturday Oct 30th:`. */
function takeTrailingDate(cursor: Cursor): DatePart | null {
  const lead = new RegExp(
    `^[\\s,]*(?:\\(\\s*(?:${weekday},?\\s)?|(?:on\\s)?${weekday},?\\s|(?=${monthPattern}\\s\\d{1,2}(?:st|nd|rd|th)?\\s*(?:[:,)–—-]|$)))`,
    'i',
  );
  const match = lead.exec(cursor.text.slice(cursor.at));
  if (match === null) return null;
  const read = readDate(cursor.text.slice(cursor.at + match[0].length));
  if (read === null) return null;
  cursor.at += match[0].length + read.length;
  return read.date;
}

/** `T+12m:`, `T-5 min`, `T+01:30`, `T0`. */
function readRelative(cursor: Cursor): number | null {
  const match = take(
    cursor,
    /^T\s?(?:([+-])\s?(?:(\d{1,3}):(\d{2})(?::(\d{2}))?|(\d{1,5})\s?(s|sec|m|mins?|minutes?|h|hrs?|hours?|d|days?)?)|\+?0)(?!\w)/,
  );
  if (match === null) return null;
  const [, sign, hours, minutes, seconds, amount, unit] = match;
  const size = { s: 1, m: 60, h: 3_600, d: 86_400 }[unit?.charAt(0) ?? 'm']!;
  const total =
    amount !== undefined
      ? Number(amount) * size
      : Number(hours ?? 0) * 3_600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0);
  return sign === '-' ? -total : total;
}

function finish(cursor: Cursor, stamp: Omit<Stamp, 'approximate' | 'template' | 'length'>): Stamp {
  take(cursor, /^\s*(?:\((?:time\s)?tb[cd]\)|hrs?\b|hours\b|h\b)?[\s:;,.|\-–—\])}>*_~?]*/i);
  return { ...stamp, approximate: cursor.approximate, template: cursor.template, length: cursor.at };
}
