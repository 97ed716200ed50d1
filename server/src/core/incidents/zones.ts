/**
 * Time zones as people write them in incident records: `UTC`, `PST (UTC-7)`, `UTC+1 (Zurich time)`, `Europe/London`, `(CET)`.
 * Recognising one and turning a wall clock into UTC live here; which zone applies to a line is decided by `timelineClock.ts`.
 */
import { DateTime, IANAZone } from 'luxon';

export interface Zone {
  /** As written, such as `PST (UTC-7)`. */
  readonly written: string;
  /** A zone luxon knows, or null for one that does not exist (`UC/Pacific`). */
  readonly name: string | null;
}

/** A wall clock, complete to the second; months and days count from 1. */
export interface WallClock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

/**
 * The zone a text begins with, and how many characters it takes. An abbreviation means what it says even in the other half of the
 * year (`PST` is UTC-8); of those several places use, the one met most in published incidents is taken (`IST` is India's, `CST`
 * and `BST` are Chicago's and London's). `line` is for the words behind a time, where `TCP/IP` is no zone; `statement` for
 * "All times in …", where an unknown name is still meant as one.
 */
export function zoneAtStart(text: string, where: 'line' | 'statement'): { zone: Zone; length: number } | null {
  const offset = /^(?:UTC|GMT)\s?([+-])\s?(\d{1,2})(?::?(\d{2}))?(?!\d)(?:\s\([A-Za-z ]{3,30}\))?/i.exec(text);
  if (offset !== null) return found(offset[0], offsetZone(offset[1]!, offset[2]!, offset[3]));
  const corrected = /^[A-Z]{2,5}\s?\((?:UTC|GMT)\s?([+-])\s?(\d{1,2})(?::?(\d{2}))?\)/.exec(text);
  if (corrected !== null) return found(corrected[0], offsetZone(corrected[1]!, corrected[2]!, corrected[3]));
  const place = /^[A-Z][A-Za-z]{1,20}\/[A-Z][A-Za-z_+-]{1,30}(?:\/[A-Z][A-Za-z_]{1,30})?(?![\w/])/.exec(text);
  if (place !== null) {
    if (IANAZone.isValidZone(place[0])) return found(place[0], place[0]);
    return where === 'statement' ? found(place[0], null) : null;
  }
  const words =
    /^(Pacific|Mountain|Central|Eastern|London|UK|Zurich|Berlin|Paris)(?:\s(?:standard|daylight))?\stime\b/i.exec(text);
  if (words !== null) return found(words[0], namedPlaces[words[1]!.toLowerCase()]!);
  const letters = /^(?:[A-Z]{2,5}|utc|gmt)(?![\w/])/.exec(text)?.[0];
  if (letters === undefined || !Object.hasOwn(abbreviations, letters.toUpperCase())) return null;
  return found(letters, abbreviations[letters.toUpperCase()]!);
}

/** The zone a heading or a column header names: `Time (CET)`, `UTC`, `Timeline (times in BST)`. */
export function zoneInTitle(text: string): Zone | null {
  for (const match of text.slice(0, 200).matchAll(/(?<![\w/])(?=[A-Za-z])/g)) {
    const recognised = zoneAtStart(text.slice(match.index), 'line');
    if (recognised !== null) return recognised.zone;
  }
  return null;
}

/** The zone a sentence such as "All times in PST" or "2026-03-10, all times Europe/London." states. */
export function zoneInStatement(text: string): Zone | null {
  const intro =
    /\b(?:all\s+times|times?\s+(?:(?:are|is)\s+)?(?:given\s+|shown\s+)?in|times?\s+(?:are|is)|time\s?zones?\s*[:=]?)/gi;
  for (const match of text.slice(0, 5_000).matchAll(intro)) {
    const rest = text.slice(match.index + match[0].length, match.index + match[0].length + 60).split('\n', 1)[0]!;
    for (const word of rest.matchAll(/(?<![\w/])(?=[A-Za-z])/g)) {
      const recognised = zoneAtStart(rest.slice(word.index), 'statement');
      if (recognised !== null) return recognised.zone;
    }
  }
  return null;
}

/** RFC 3339 in UTC of a wall clock in a zone; null for a date that does not exist. */
export function toUtc(clock: WallClock, zone: string): string | null {
  const time = DateTime.fromObject({ ...clock }, { zone });
  return time.isValid ? time.toUTC().toFormat("yyyy-MM-dd'T'HH:mm:ss'Z'") : null;
}

/** The wall clock of a moment in a zone, or null when the text is no RFC 3339 time. */
export function wallClockOf(time: string, zone: string): WallClock | null {
  const local = DateTime.fromISO(time, { zone });
  if (!local.isValid) return null;
  const { year, month, day, hour, minute, second } = local;
  return { year, month, day, hour, minute, second };
}

const namedPlaces: Readonly<Record<string, string>> = {
  pacific: 'America/Los_Angeles',
  mountain: 'America/Denver',
  central: 'America/Chicago',
  eastern: 'America/New_York',
  london: 'Europe/London',
  uk: 'Europe/London',
  zurich: 'Europe/Zurich',
  berlin: 'Europe/Berlin',
  paris: 'Europe/Paris',
};

const abbreviations: Readonly<Record<string, string>> = {
  UTC: 'UTC',
  GMT: 'UTC',
  PT: namedPlaces.pacific!,
  MT: namedPlaces.mountain!,
  CT: namedPlaces.central!,
  ET: namedPlaces.eastern!,
  HST: 'UTC-10',
  AKST: 'UTC-9',
  AKDT: 'UTC-8',
  PST: 'UTC-8',
  PDT: 'UTC-7',
  MST: 'UTC-7',
  MDT: 'UTC-6',
  CST: 'UTC-6',
  CDT: 'UTC-5',
  EST: 'UTC-5',
  EDT: 'UTC-4',
  BRT: 'UTC-3',
  WET: 'UTC',
  WEST: 'UTC+1',
  BST: 'UTC+1',
  CET: 'UTC+1',
  CEST: 'UTC+2',
  SAST: 'UTC+2',
  EET: 'UTC+2',
  EEST: 'UTC+3',
  MSK: 'UTC+3',
  IST: 'UTC+5:30',
  SGT: 'UTC+8',
  HKT: 'UTC+8',
  AWST: 'UTC+8',
  JST: 'UTC+9',
  KST: 'UTC+9',
  AEST: 'UTC+10',
  AEDT: 'UTC+11',
  NZST: 'UTC+12',
  NZDT: 'UTC+13',
};

function offsetZone(sign: string, hours: string, minutes: string | undefined): string | null {
  if (Number(hours) > 14 || Number(minutes ?? 0) > 59) return null;
  return `UTC${sign}${Number(hours)}${minutes === undefined ? '' : `:${minutes}`}`;
}

function found(written: string, name: string | null): { zone: Zone; length: number } {
  return { zone: { written: written.trim(), name }, length: written.length };
}
