/**
 * Flags as text for a terminal: the table of all of them, and the story of one. Layout and wording only; the facts come from
 * the other modules of this folder. Colour is the front's business: it hands in `paint`.
 */

import type { Snapshot } from '../../snapshot.ts';
import { columnsOf, cutToColumns, padToColumns } from '../../textWidth.ts';
import { printable } from '../rollout/describe.ts';
import { allKeys } from '../verdicts/flagIndex.ts';
import { type FlagInProject, inProjects, projectName } from '../verdicts/projects.ts';
import { flagStory, type StoryLine } from './flagStory.ts';
import { type FlagRow, flagTable, sumsText } from './flagTable.ts';

/** How a piece of text is meant; the front turns it into colour, or into nothing. */
export type TextStyle = 'heading' | 'key' | 'faint' | 'stale' | 'warning' | 'good';
export type Paint = (style: TextStyle, text: string) => string;

/** Paints nothing. */
export const plainPaint: Paint = (_style, text) => text;

export interface TableOptions {
  /** Columns of the terminal; lines are never longer. At least 40. */
  readonly width: number;
  readonly paint: Paint;
}

/**
 * All flags (or the given keys), one line each, grouped by verdict with the stale ones first: key, state of the main
 * environment, age since the key was introduced, checks, owner. Ends in a line with the sums.
 */
export function renderFlagsTable(
  snapshot: Snapshot,
  options: TableOptions,
  keys: readonly string[] = allKeys(snapshot),
): string {
  if (keys.length === 0) {
    return 'No flags here: no flag file was found, and no code checks one.\n';
  }
  const { paint } = options;
  const groups = flagTable(snapshot, keys);
  const rows = groups.flatMap(group => group.rows);
  const layout = columnsFor(rows, Math.max(40, options.width));
  const lines: string[] = [paint('faint', headLine(layout)), ''];
  for (const { title, note, rows: own } of groups) {
    lines.push(paint('heading', cutToColumns(`${title} (${own.length})${note}`, layout.width)));
    for (const row of own) lines.push(tableLine(row, layout, paint));
    lines.push('');
  }
  return `${[...lines, ...footer(snapshot, rows, layout.width, paint)].join('\n')}\n`;
}

/**
 * All that is known of one flag: states, ages, verdict, history, checks with their lines; for each project where it is not the same
 * flag everywhere. Only a path may be longer than `width`.
 */
export function renderFlagStory(snapshot: Snapshot, key: string, options: TableOptions): string {
  return inProjects(snapshot, key)
    .map(each => renderStory(each, key, options))
    .join('\n');
}

function renderStory({ snapshot, paths }: FlagInProject, key: string, options: TableOptions): string {
  const { paint } = options;
  const width = Math.max(40, options.width);
  const { about, descriptions, verdict, sections } = flagStory(snapshot, key);
  const project = paths === null ? '' : `  in ${projectName(paths)}`;
  const lines = [paint('key', cutToColumns(printable(`${key}${project}`), width))];
  if (about.length > 0) lines.push(paint('faint', cutToColumns(about.join(' · '), width)));
  for (const text of descriptions) lines.push(...wrap(text, '', width));
  lines.push(...wrap(verdict, '', width), '');
  for (const { title, lines: own } of sections) {
    lines.push(paint('heading', title), ...own.flatMap(line => storyLine(line, title, width)), '');
  }
  return `${lines.join('\n').trimEnd()}\n`;
}

function storyLine({ level, place, text }: StoryLine, title: string, width: number): readonly string[] {
  const indent = level === 0 ? '  ' : '    ';
  // What defines the flag comes before where; a check is found by its place.
  if (title === 'State' && level === 0) return wrap(place === null ? text : `${text}  ${place}`, indent, width);
  return wrap(place === null ? text : `${place}  ${text}`, indent, width);
}

interface Layout {
  readonly width: number;
  readonly key: number;
  readonly state: number;
  readonly age: number;
  readonly checks: number;
  readonly owner: number;
}

/** Columns as wide as their texts; when that is too much the owner gives way first, then the checks, then the key. */
function columnsFor(rows: readonly FlagRow[], width: number): Layout {
  // Never narrower than the column's own title.
  const widest = (least: number, texts: readonly string[]) =>
    texts.reduce((most, text) => Math.max(most, columnsOf(text)), least);
  const states = rows.map(row => row.state);
  const ages = rows.map(row => row.age);
  const keys = rows.map(keyText);
  const owners = rows.map(row => row.owner);
  const state = Math.min(12, widest(5, states));
  const age = widest(4, ages);
  const fixed = 2 + 2 + state + 2 + age + 2;
  const counts = rows.map(row => row.checks);
  const wanted = { key: widest(4, keys), checks: widest(6, counts), owner: widest(0, owners) };
  let room = width - fixed;
  const key = Math.min(wanted.key, Math.max(12, room - Math.min(wanted.checks, 9)));
  room -= key;
  const checks = Math.max(0, Math.min(wanted.checks, room));
  room -= checks;
  return { width, key, state, age, checks, owner: room >= 8 ? Math.min(wanted.owner, room - 2) : 0 };
}

function headLine(layout: Layout): string {
  const cells = ['flag'.padEnd(layout.key), 'state'.padEnd(layout.state), 'age'.padStart(layout.age)];
  const rest = ['checks'.padEnd(layout.checks), ...(layout.owner > 0 ? ['owner'] : [])];
  return cutToColumns(`  ${[...cells, ...rest].join('  ')}`, layout.width).trimEnd();
}

/** `checkout (apps/shop)`. */
function keyText({ key, project }: FlagRow): string {
  return project === null ? key : `${key} (${printable(project)})`;
}

function tableLine(row: FlagRow, layout: Layout, paint: Paint): string {
  const style = row.verdict.stale ? 'stale' : row.verdict.kind === 'unknown' ? 'warning' : 'good';
  const state = paint(style, fitted(row.state, layout.state));
  const cells = [
    `  ${paint('key', fitted(keyText(row), layout.key))}`,
    state,
    row.age.padStart(layout.age),
    padToColumns(cutToColumns(row.checks, layout.checks), layout.owner > 0 && row.owner !== '' ? layout.checks : 0),
    ...(layout.owner > 0 && row.owner !== '' ? [paint('faint', cutToColumns(row.owner, layout.owner))] : []),
  ];
  return cells.join('  ');
}

function footer(snapshot: Snapshot, rows: readonly FlagRow[], width: number, paint: Paint): readonly string[] {
  const lines = wrap(`${sumsText(rows)}. Ages count from the first commit with the key.`, '', width);
  const { history } = snapshot;
  const limit = history.kind === 'unavailable' ? history.reason : history.kind === 'known' ? history.limit : null;
  if (limit !== null) lines.push(...wrap(`Ages: ${limit}`, '', width));
  lines.push(...wrap("One flag's whole story: flagbook flags KEY", '', width));
  return lines.map(line => paint('faint', line));
}

/** A text of exactly so many columns. */
function fitted(text: string, width: number): string {
  return padToColumns(cutToColumns(text, width), width);
}

/**
 * Breaks a text at spaces; following lines are indented by two more. A word longer than a line stands in a line of its own, whole:
 * of a path that is cut nobody could find the file.
 */
function wrap(text: string, indent: string, width: number): string[] {
  const lines: string[] = [];
  let line = indent;
  for (const word of printable(text.replace(/[\r\n\t]+/g, ' ').trimEnd()).split(' ')) {
    const candidate = line.trim() === '' ? `${line}${word}` : `${line} ${word}`;
    if (columnsOf(candidate) <= width || line.trim() === '') {
      line = candidate;
      continue;
    }
    lines.push(line.trimEnd());
    line = `${indent}  ${word}`;
  }
  if (line.trim() !== '' || lines.length === 0) lines.push(line.trimEnd());
  return lines;
}
