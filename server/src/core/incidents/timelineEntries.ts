/**
 * Finds the entries of an incident's timeline in its Markdown: which part of the document is the timeline, and which of its
 * blocks (table rows, list items, headings, lines of a chat, lines of a fenced block) are entries. What an entry's stamp says
 * is read by `stamp.ts`; completing and converting it is the business of `timelineClock.ts`.
 */
import type { Block, HeadingBlock, ItemBlock, MarkdownDocument, TableBlock } from '../markdown/document.ts';
import type { Span } from '../text.ts';
import { findLabelledStamp, readStamp, type Stamp } from './stamp.ts';
import type { DatePart } from './stampDate.ts';
import { type Zone, zoneInStatement, zoneInTitle } from './zones.ts';

/** What a timeline consists of, in reading order. */
export type TimelinePart =
  | { readonly kind: 'entry'; readonly stamp: Stamp | null; readonly text: string; readonly span: Span }
  /** A date that the entries behind it belong to. */
  | { readonly kind: 'date'; readonly date: DatePart }
  /** A zone stated for the entries behind it: "All times in PST", a column header. */
  | { readonly kind: 'zone'; readonly zone: Zone }
  /** A row that only names a phase: `**Recovery:**`. */
  | { readonly kind: 'marker'; readonly text: string };

/** The headings and labels under which records keep their timeline. */
export function isTimelineTitle(text: string): boolean {
  return /\b(?:time-?\s?lines?|key events|chronology|sequence of events|event log|log of events|what happened)\b/i.test(
    text.slice(0, 120),
  );
}

/** The parts of the timelines among these blocks (those of one incident), in reading order. */
export function timelineParts(document: MarkdownDocument, blocks: readonly Block[]): readonly TimelinePart[] {
  const regions = timelineRegions(blocks).map(region => ({ name: region.name, parts: regionParts(document, region) }));
  const filled = regions.filter(({ parts }) => parts.some(part => part.kind === 'entry'));
  // Key events beside a timeline are its summary: together they would tell everything twice.
  const full = filled.filter(({ name }) => !isSummary(name));
  if (filled.length > 0) return (full.length > 0 ? full : filled).flatMap(({ parts }) => parts);
  // No timeline of that name: a table or list in which most entries begin with a time is one all the same.
  return regionParts(document, { title: null, name: '', blocks });
}

function isSummary(title: string): boolean {
  return /\bkey events\b/i.test(title);
}

/** Whether the block at `index` opens a timeline: a heading or a label of such a name, with something behind it. */
export function opensTimeline(blocks: readonly Block[], index: number): boolean {
  return regionEnd(blocks, index) !== null;
}

interface Region {
  readonly title: HeadingBlock | ItemBlock | null;
  /** What opened it, as written. */
  readonly name: string;
  readonly blocks: readonly Block[];
}

function timelineRegions(blocks: readonly Block[]): readonly Region[] {
  const regions: Region[] = [];
  for (let at = 0; at < blocks.length; at++) {
    const title = blocks[at]!;
    const end = regionEnd(blocks, at);
    if (end === null) continue;
    const name = title.kind === 'table' ? '' : title.text;
    const opener = title.kind === 'heading' || title.kind === 'item' ? title : null;
    regions.push({ title: opener, name, blocks: blocks.slice(at + 1, end) });
    at = end - 1;
  }
  return regions;
}

/** The index behind the last block of the timeline that the block at `at` opens; null when it opens none. */
function regionEnd(blocks: readonly Block[], at: number): number | null {
  const title = blocks[at]!;
  if (title.kind === 'heading') {
    if (!isTimelineTitle(title.text) || readStamp(title.text) !== null) return null;
    return indexFrom(blocks, at + 1, block => block.kind === 'heading' && endsSection(block, title));
  }
  if (title.kind === 'item') {
    if (!isLabel(title.text)) return null;
    const end = indexFrom(blocks, at + 1, block => block.span.start >= title.span.end);
    return end > at + 1 ? end : null;
  }
  if (title.kind !== 'paragraph' || !isLabel(title.text)) return null;
  return indexFrom(blocks, at + 1, block => block.kind === 'heading' && readStamp(block.text) === null);
}

/** A time as a heading of too high a level (`## 13:20`) does not end the timeline it stands in. */
function endsSection(heading: HeadingBlock, title: HeadingBlock): boolean {
  if (heading.level > title.level) return false;
  return heading.level < title.level || readStamp(heading.text)?.clock == null;
}

/** `Key events`, `**Timeline:**`: the name and nothing else. */
function isLabel(text: string): boolean {
  return text.length < 60 && isTimelineTitle(text) && /^[\w\s-]+:?\s*(?:\([^)]*\):?)?$/.test(text.trim());
}

function indexFrom(blocks: readonly Block[], start: number, found: (block: Block) => boolean): number {
  for (let at = start; at < blocks.length; at++) if (found(blocks[at]!)) return at;
  return blocks.length;
}

function regionParts(document: MarkdownDocument, region: Region): readonly TimelinePart[] {
  const parts: TimelinePart[] = [];
  const title = region.title;
  const zone = title === null ? null : (zoneInTitle(title.text) ?? zoneInStatement(title.text));
  if (zone !== null) parts.push({ kind: 'zone', zone });
  const titleDate = title === null ? null : dateIn(title.text);
  if (titleDate !== null) parts.push({ kind: 'date', date: titleDate });
  const style = styleOf(region);
  const entries = region.blocks.flatMap((block, index) => {
    if (block.kind === 'heading') return headingParts(document, region.blocks, index, style);
    if (style.headings) return block.kind === 'paragraph' ? statements(block.text) : [];
    if (block.kind === 'table') return tableParts(block, title === null ? 'must-be-stamped' : 'named');
    if (block.kind === 'item') return itemParts(block, style);
    if (block.kind === 'paragraph') return paragraphParts(document, block, style);
    return style.code ? codeParts(document, block.span) : [];
  });
  return [...parts, ...entries];
}

/** What this timeline's entries are written as. */
interface Style {
  readonly headings: boolean;
  /** The usual level of headings that are entries. */
  readonly level: number;
  /** Where the lists begin that hold entries. */
  readonly lists: ReadonlySet<number>;
  readonly paragraphs: boolean;
  readonly code: boolean;
}

function styleOf(region: Region): Style {
  const stampedHeadings = region.blocks.filter(
    block => block.kind === 'heading' && readStamp(block.text)?.clock != null,
  );
  const items = region.blocks.filter(block => block.kind === 'item');
  const stampedItems = items.filter(item => itemStamp(item) !== null);
  const lists = entryLists(region, items, stampedItems);
  const tables = region.blocks.some(
    block => block.kind === 'table' && block.rows.some(row => row.cells.some(isStamped)),
  );
  const lines = region.blocks.filter(block => block.kind === 'paragraph' && block.depth === 0).flatMap(linesOf);
  const stampedLines = lines.filter(line => readStamp(line)?.clock != null).length;
  const enough = region.title === null ? 2 : 1;
  const headings = region.blocks.filter(block => block.kind === 'heading' && isStamped(block.text)) as HeadingBlock[];
  const useHeadings =
    stampedHeadings.length > 0 ||
    (headings.length > 0 && lists.size === 0 && !tables && stampedLines === 0 && region.title !== null);
  const others = useHeadings || lists.size > 0 || tables || stampedLines >= enough;
  return {
    headings: useHeadings,
    level: mostCommon(
      (stampedHeadings.length > 0 ? stampedHeadings : headings).map(block => (block as HeadingBlock).level),
    ),
    lists: stampedItems.length >= enough ? lists : new Set(),
    paragraphs: stampedLines >= enough,
    code: !others,
  };
}

/** The lists that hold entries: the outermost with a time in them; where nothing says "timeline", most of their items need one. */
function entryLists(region: Region, items: readonly ItemBlock[], stamped: readonly ItemBlock[]): ReadonlySet<number> {
  const depth = stamped.reduce((least, item) => Math.min(least, item.depth), Number.POSITIVE_INFINITY);
  const lists = new Set(stamped.filter(item => item.depth === depth).map(item => item.list));
  if (region.name !== '') return lists;
  const counts = new Map<number, number>();
  for (const { list } of items) counts.set(list, (counts.get(list) ?? 0) + 1);
  for (const { list } of stamped) counts.set(list, (counts.get(list) ?? 0) - 2);
  return new Set([...lists].filter(list => counts.get(list)! <= 0));
}

function headingParts(
  document: MarkdownDocument,
  blocks: readonly Block[],
  index: number,
  style: Style,
): readonly TimelinePart[] {
  const heading = blocks[index] as HeadingBlock;
  const stamp = readStamp(heading.text);
  const { span } = heading;
  if (!style.headings) return stamp?.date == null ? statements(heading.text) : [{ kind: 'date', date: stamp.date }];
  if (stamp === null) {
    if (heading.level !== style.level) return statements(heading.text);
    return [{ kind: 'entry', stamp: null, text: heading.text, span }];
  }
  // "2024-03-05 Data8 outage" above "15:12:00" gives those times their date and is no entry of its own.
  const following = blocks[indexFrom(blocks, index + 1, block => block.kind === 'heading')];
  const next = following?.kind === 'heading' ? readStamp(following.text) : null;
  if (stamp.clock === null && stamp.date !== null && next?.clock != null && next.date === null) {
    return [{ kind: 'date', date: stamp.date }];
  }
  const own = heading.text.slice(stamp.length).trim();
  return [{ kind: 'entry', stamp, text: own === '' ? textBelow(document, blocks, index) : own, span }];
}

/** The first paragraph or item under a heading that is a bare time. */
function textBelow(document: MarkdownDocument, blocks: readonly Block[], index: number): string {
  const next = blocks[index + 1];
  if (next?.kind === 'paragraph' || next?.kind === 'item') return oneLine(next.text);
  return next?.kind === 'code' ? oneLine(document.text.slice(next.span.start, next.span.end)).slice(0, 200) : '';
}

const timeColumn = /^\W*(?:date|day|time|when|timestamp|start|end|utc|gmt)s?\b(?!\s+to\b)/i;

function tableParts(table: TableBlock, need: 'named' | 'must-be-stamped'): readonly TimelinePart[] {
  const named = table.header.flatMap((header, index) => (timeColumn.test(header) || isZone(header) ? [index] : []));
  const columns = named.length > 0 ? named : [0];
  const zone = columns.map(index => zoneInTitle(table.header[index] ?? '')).find(found => found !== null) ?? null;
  const rows = table.rows.flatMap(row => rowParts(row, columns));
  const stamped = rows.filter(part => part.kind === 'entry' && part.stamp !== null).length;
  if (stamped === 0 || (need === 'must-be-stamped' && stamped * 2 < rows.length)) return [];
  return zone === null ? rows : [{ kind: 'zone', zone }, ...rows];
}

function rowParts(row: TableBlock['rows'][number], columns: readonly number[]): readonly TimelinePart[] {
  const when = columns
    .map(index => (row.cells[index] ?? '').trim())
    .filter(cell => cell !== '')
    .join(' ');
  const what = row.cells
    .filter((cell, index) => !columns.includes(index) && cell.trim() !== '')
    .map(oneLine)
    .join(' | ');
  if (when === '' && what === '') return [];
  const stamp = readStamp(when);
  if (stamp === null && (what === '' || when === '') && isMarker(when || what))
    return [{ kind: 'marker', text: when || what }];
  const rest = stamp === null ? when : when.slice(stamp.length).trim();
  return [{ kind: 'entry', stamp, text: [rest, what].filter(text => text !== '').join(' | '), span: row.span }];
}

function itemParts(item: ItemBlock, style: Style): readonly TimelinePart[] {
  if (!style.lists.has(item.list)) return statements(item.text);
  if (isMarker(item.text) && itemStamp(item) === null) return [{ kind: 'marker', text: item.text }];
  const read = itemStamp(item);
  const text = oneLine(
    read === null ? item.text : item.text.slice(0, read.start) + item.text.slice(read.start + read.stamp.length),
  );
  return [
    {
      kind: 'entry',
      stamp: read?.stamp ?? null,
      text,
      span: item.textSpan.end > item.textSpan.start ? item.textSpan : item.span,
    },
  ];
}

function itemStamp(item: ItemBlock): { readonly stamp: Stamp; readonly start: number } | null {
  const stamp = readStamp(item.text);
  return stamp === null ? findLabelledStamp(item.text) : { stamp, start: 0 };
}

/** Lines of a chat or a log, each entry with the lines behind it that have no time of their own. */
function paragraphParts(document: MarkdownDocument, block: Block, style: Style): readonly TimelinePart[] {
  if (!style.paragraphs || block.kind !== 'paragraph' || block.depth > 0)
    return 'text' in block ? statements(block.text) : [];
  const parts: TimelinePart[] = [];
  const lines = linesOf(block);
  const spans = lineSpans(document.text, block.span);
  for (const [index, line] of lines.entries()) {
    const stamp = readStamp(line);
    const last = parts.at(-1);
    const span = spans.length === lines.length ? spans[index]! : block.span;
    if (stamp?.clock != null || (stamp !== null && last?.kind === 'entry')) {
      parts.push({ kind: 'entry', stamp, text: line.slice(stamp.length).trim(), span });
    } else if (last?.kind === 'entry') {
      parts[parts.length - 1] = { ...last, text: oneLine(`${last.text} ${line}`) };
    } else parts.push(...statements(line));
  }
  return parts;
}

function codeParts(document: MarkdownDocument, span: Span): readonly TimelinePart[] {
  const parts: TimelinePart[] = [];
  for (const line of lineSpans(document.text, span)) {
    const text = document.text.slice(line.start, line.end);
    const stamp = readStamp(text);
    const last = parts.at(-1);
    if (stamp?.clock != null) parts.push({ kind: 'entry', stamp, text: text.slice(stamp.length).trim(), span: line });
    else if (/^\s*(?:time|when)\b/i.test(text) && zoneInTitle(text) !== null)
      parts.push({ kind: 'zone', zone: zoneInTitle(text)! });
    else if (last?.kind === 'entry' && /^\s{2,}\S/.test(text))
      parts[parts.length - 1] = { ...last, text: oneLine(`${last.text} ${text}`) };
  }
  return parts;
}

/** Dates and zones that a line of prose states for what follows. */
function statements(text: string): readonly TimelinePart[] {
  const parts: TimelinePart[] = [];
  const stamp = readStamp(text);
  // "2026-03-10, all times Europe/London." is a statement, a longer line that begins with a date tells a story.
  if (stamp?.date != null && stamp.clock === null && text.length - stamp.length < 40)
    parts.push({ kind: 'date', date: stamp.date });
  const zone = zoneInStatement(text);
  if (zone !== null) parts.push({ kind: 'zone', zone });
  return parts;
}

/** A date inside a title: `Timeline (2026-03-10, UTC)`. */
export function dateIn(text: string): DatePart | null {
  for (const match of text.slice(0, 200).matchAll(/(?<![\w/.-])(?=\w)/g)) {
    const stamp = readStamp(text.slice(match.index));
    if (stamp?.date != null && stamp.date.day !== null && stamp.date.month !== null) return stamp.date;
  }
  return null;
}

function isMarker(text: string): boolean {
  return /^[A-Z][\w /-]{2,40}:$/.test(text.trim());
}

function isStamped(text: string): boolean {
  return readStamp(text) !== null;
}

function isZone(text: string): boolean {
  const trimmed = text.trim();
  return trimmed.length < 30 && zoneInTitle(trimmed)?.written === trimmed;
}

function linesOf(block: Block): readonly string[] {
  return block.kind === 'paragraph' ? block.text.split('\n') : [];
}

function lineSpans(text: string, span: Span): readonly Span[] {
  const spans: Span[] = [];
  for (const match of text.slice(span.start, span.end).matchAll(/[^\r\n]+/g)) {
    spans.push({ start: span.start + match.index, end: span.start + match.index + match[0].length });
  }
  return spans;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function mostCommon(levels: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const level of levels) counts.set(level, (counts.get(level) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}
