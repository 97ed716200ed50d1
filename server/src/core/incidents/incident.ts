/**
 * An incident record's Markdown → `Incident`: front matter where there is some, else what the headings and the text say, and the
 * timeline. Several incidents may stand in one file. Where an incident applies is found by `coverage.ts`; its JSON is made by
 * `show.ts`.
 */
import type { Block, HeadingBlock, MarkdownDocument } from '../markdown/document.ts';
import { parseMarkdown } from '../markdown/document.ts';
import { yamlText, yamlValue } from '../markdown/yamlTree.ts';
import type { Incident, Problem } from '../model.ts';
import { decodeCodePatterns } from '../runbooks/codePattern.ts';
import { safeErrorPattern } from '../runbooks/errorPattern.ts';
import { firstOf, texts, titleOf } from '../runbooks/runbook.ts';
import { decodeSeverity, severityInText } from './severity.ts';
import { readStamp } from './stamp.ts';
import type { DatePart } from './stampDate.ts';
import { completeTimeline, unknownZone } from './timelineClock.ts';
import { dateIn, opensTimeline, timelineParts } from './timelineEntries.ts';
import { orderProblems, outsideProblems, zoneProblems } from './timelineProblems.ts';
import { toUtc, type Zone, zoneInStatement, zoneInTitle } from './zones.ts';

/** Decodes the first, usually the only, incident of a record. Never throws. `path` is repository-relative. */
export function decodeIncident(path: string, text: string): Incident {
  return decodeIncidents(path, text)[0]!;
}

/** Decodes every incident of a record: at least one, several when several headings have a timeline (or an id) of their own. */
export function decodeIncidents(path: string, text: string): readonly Incident[] {
  const document = parseMarkdown(path, text);
  const sections = incidentSections(document);
  if (sections.length < 2) return [incidentOf(document, { heading: null, blocks: document.blocks })];
  return sections.map(section => incidentOf(document, section));
}

interface Section {
  /** The heading of one incident among several; null when the whole file is one. */
  readonly heading: HeadingBlock | null;
  readonly blocks: readonly Block[];
}

function incidentOf(document: MarkdownDocument, section: Section): Incident {
  const { path, frontMatter } = document;
  const title = section.heading?.text ?? yamlText(yamlValue(frontMatter, 'title')) ?? titleOf(document);
  const id = idOf(document, section, title);
  const heading = section.heading ?? document.headings[0] ?? null;
  const code = decodeCodePatterns(firstOf(frontMatter, ['code', 'files', 'paths']), path);
  const declared = section.heading === null ? declaredTimes(document) : noTimes;
  const zone = zoneOf(document, section, declared.zone);
  const frame = {
    path,
    date: dateOf(document, section, title, declared.date),
    zone: zone?.name == null ? null : zone,
    started: declared.started,
  };
  const { events, problems } = completeTimeline(timelineParts(document, section.blocks), frame);
  return {
    id,
    path,
    title: withoutId(title, id),
    severity: decodeSeverity(firstOf(frontMatter, ['severity', 'sev', 'priority'])) ?? severityInText(section.blocks),
    started: declared.started,
    detected: declared.detected,
    resolved: declared.resolved,
    code: code.patterns,
    flags: texts(firstOf(frontMatter, ['flags', 'flag', 'feature_flags', 'feature-flags'])),
    runbooks: texts(firstOf(frontMatter, ['runbooks', 'runbook'])),
    errors: texts(firstOf(frontMatter, ['errors', 'error'])).filter(error => !('problem' in safeErrorPattern(error))),
    events,
    span: heading?.span ?? { start: 0, end: 0 },
    problems: [
      ...document.problems,
      ...code.problems,
      ...declared.problems,
      ...(zone !== null && zone.name === null ? [unknownZoneAt(document, zone)] : []),
      ...problems,
      ...orderProblems(events, path),
      ...outsideProblems(events, { started: declared.started, resolved: declared.resolved }, path),
      ...(zone !== null && zone.name === null ? [] : zoneProblems(events, path)),
    ],
  };
}

// -------------------------------------------------------------------------------------------------------------- sections

function incidentSections(document: MarkdownDocument): readonly Section[] {
  const { blocks } = document;
  for (const level of [1, 2, 3]) {
    const sections = sectionsAt(blocks, level);
    const withTimeline = sections.filter(section =>
      section.blocks.some((_, index) => index > 0 && opensTimeline(section.blocks, index)),
    );
    if (withTimeline.length >= 2) return withTimeline;
    const withId = sections.filter(
      section => /^\W*\w/.test(section.heading!.text) && leadingId(section.heading!.text) !== null,
    );
    if (new Set(withId.map(section => leadingId(section.heading!.text))).size >= 2) return withId;
  }
  return [];
}

function sectionsAt(blocks: readonly Block[], level: number): readonly Section[] {
  const sections: Section[] = [];
  let start = -1;
  const close = (end: number) => {
    const heading = blocks[start];
    if (heading?.kind === 'heading') sections.push({ heading, blocks: blocks.slice(start, end) });
    start = -1;
  };
  for (const [at, block] of blocks.entries()) {
    if (block.kind !== 'heading' || block.level > level) continue;
    close(at);
    if (block.level === level && readStamp(block.text)?.clock == null) start = at;
  }
  close(blocks.length);
  return sections;
}

// ------------------------------------------------------------------------------------------------------------- id, title

/** Letters and digits with a dash that are no incident's id. */
const notAnId = /^(?:SEV|UTC|GMT|CVE|SHA|UTF|ISO|RFC|HTTP|TLS|S|P|TOP|COVID|[A-Z]+\d)-/;

function leadingId(text: string): string | null {
  const match = /^\W*(?:incident\W{1,3}|post-?mortem\W{1,3})?([A-Z][A-Z0-9]{1,9}-\d{1,8})(?![\w-])/i.exec(text);
  const id = match?.[1]?.toUpperCase() ?? null;
  return id === null || notAnId.test(id) ? null : id;
}

/** `outage.en.md` → `outage`. */
function withoutEndings(name: string): string {
  const parts = name.split('.');
  while (parts.length > 1 && /^[a-z]+$/i.test(parts.at(-1)!)) parts.pop();
  return parts.join('.');
}

function idOf(document: MarkdownDocument, section: Section, title: string): string {
  const name = withoutEndings(document.path.split('/').at(-1)!);
  const written = yamlText(firstOf(document.frontMatter, ['id', 'incident', 'incident_id', 'incident-id']));
  if (section.heading !== null) return leadingId(title) ?? `${written ?? name}#${section.heading.slug}`;
  const inTitle =
    leadingId(title) ?? leadingId(titleOf(document)) ?? /\bINC(?:IDENT)?-\d{1,8}\b/.exec(title)?.[0] ?? null;
  const inName = /(?:^|[-_.])(inc(?:ident)?)[-_]?(\d{1,8})(?=$|[-_.])/i.exec(name);
  return written ?? inTitle ?? (inName === null ? name : `${inName[1]!.toUpperCase()}-${inName[2]}`);
}

function withoutId(title: string, id: string): string {
  if (!title.toUpperCase().startsWith(id.toUpperCase())) return title;
  return title.slice(id.length).replace(/^[\s:–—,.-]+/, '') || title;
}

// ------------------------------------------------------------------------------------------------------------ front matter

interface Declared {
  readonly started: string | null;
  readonly detected: string | null;
  readonly resolved: string | null;
  /** The zone the front matter's times are written in, or null when they name none. */
  readonly zone: Zone | null;
  readonly date: DatePart | null;
  readonly problems: readonly Problem[];
}

const noTimes: Declared = { started: null, detected: null, resolved: null, zone: null, date: null, problems: [] };

const timeKeys = {
  started: ['started', 'started_at', 'start', 'start_time', 'began', 'impact_start'],
  detected: ['detected', 'detected_at', 'time_detected'],
  resolved: ['resolved', 'resolved_at', 'ended', 'ended_at', 'end', 'end_time'],
} as const;

/** Times of the front matter. One without a zone is in UTC, as YAML's own timestamps are. */
function declaredTimes(document: MarkdownDocument): Declared {
  const stated = yamlText(firstOf(document.frontMatter, ['timezone', 'time_zone', 'time-zone', 'tz', 'zone']));
  const statedZone = stated === null ? null : (zoneInTitle(stated) ?? { written: stated, name: null });
  const problems: Problem[] = [];
  let zone = statedZone;
  let date: DatePart | null = null;
  const read = (keys: readonly string[]) => {
    const node = firstOf(document.frontMatter, keys);
    const text = yamlText(node);
    if (node === null || text === null) return null;
    const stamp = readStamp(text);
    const day = stamp?.date;
    if (day?.year == null || day.month === null || day.day === null) {
      const message = 'This is no time; write it as 2026-03-02T10:12Z.';
      problems.push({
        code: 'front-matter/time',
        severity: 'warning',
        message,
        place: { path: document.path, span: node.span },
      });
      return null;
    }
    date ??= day;
    zone ??=
      stamp!.zone === null
        ? null
        : { ...stamp!.zone, written: stamp!.zone.name === 'UTC' ? 'UTC' : stamp!.zone.written };
    const { hour, minute, second } = stamp!.clock ?? { hour: 0, minute: 0, second: 0 };
    const wall = { year: day.year, month: day.month, day: day.day, hour, minute: minute ?? 0, second: second ?? 0 };
    return toUtc(wall, stamp!.zone?.name ?? statedZone?.name ?? 'UTC');
  };
  const started = read(timeKeys.started);
  const detected = read(timeKeys.detected);
  const resolved = read(timeKeys.resolved);
  if (started !== null) {
    for (const [name, time] of [
      ['detected', detected],
      ['resolved', resolved],
    ] as const) {
      if (time === null || time >= started) continue;
      const span = firstOf(document.frontMatter, timeKeys[name])!.span;
      const message = `The incident was ${name} (${time}) before it started (${started}); correct one of the two.`;
      problems.push({ code: 'incident/times', severity: 'warning', message, place: { path: document.path, span } });
    }
  }
  return { started, detected, resolved, zone, date, problems };
}

// ------------------------------------------------------------------------------------------------- the record's date and zone

/** The day the record is about: front matter, a `Date:` in the text, the file's name, its title. */
function dateOf(
  document: MarkdownDocument,
  section: Section,
  title: string,
  declared: DatePart | null,
): DatePart | null {
  const inFront = readStamp(yamlText(yamlValue(document.frontMatter, 'date')) ?? '')?.date ?? null;
  const name = document.path.split('/').at(-1)!;
  if (section.heading !== null) return dateIn(title) ?? labelledDate(section.blocks) ?? inFront ?? dateIn(name);
  return (
    declared ??
    inFront ??
    labelledDate(section.blocks) ??
    dateIn(name) ??
    dateIn(title) ??
    dateIn(titleOf(document)) ??
    dateInIntroduction(section.blocks)
  );
}

/** "On 10 March 2026 the shop …", "2026-03-10, all times Europe/London." */
function dateInIntroduction(blocks: readonly Block[]): DatePart | null {
  const paragraphs = blocks.filter(block => block.kind === 'paragraph').slice(0, 5);
  return paragraphs.map(block => dateIn(block.text)).find(date => date?.year != null) ?? null;
}

function labelledDate(blocks: readonly Block[]): DatePart | null {
  for (const block of blocks.slice(0, 40)) {
    const lines =
      block.kind === 'table'
        ? [block.header, ...block.rows.map(row => row.cells)].map(cells => cells.join(': '))
        : block.text.split('\n');
    for (const line of lines) {
      const match = /^\W{0,3}(?:(?:incident|start|occurred)\s)?(?:date|day|when)(?:\s+of\s+\w+)?\W{1,4}(?=[\w])/i.exec(
        line,
      );
      const date = match === null ? null : dateIn(line.slice(match[0].length));
      if (date !== null) return date;
    }
  }
  return null;
}

function zoneOf(document: MarkdownDocument, section: Section, declared: Zone | null): Zone | null {
  const stated = yamlText(firstOf(document.frontMatter, ['timezone', 'time_zone', 'time-zone', 'tz', 'zone']));
  if (stated !== null && declared !== null) return declared;
  for (const block of section.blocks) {
    const zone = block.kind === 'table' || block.kind === 'code' ? null : zoneInStatement(block.text);
    if (zone !== null) return zone;
  }
  return declared;
}

function unknownZoneAt(document: MarkdownDocument, zone: Zone): Problem {
  const start = document.text.indexOf(zone.written);
  return unknownZone(zone, document.path, start < 0 ? null : { start, end: start + zone.written.length });
}
