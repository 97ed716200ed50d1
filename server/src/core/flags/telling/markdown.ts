/**
 * Flags as Markdown, for a ticket, a wiki or a comment: the table of all of them, and the story of one. Links start at the
 * repository's root. What comes from files is escaped.
 */

import { encodePath, escapeMarkdown, inlineCode } from '../../markdown/write.ts';
import type { Snapshot } from '../../snapshot.ts';
import { allKeys } from '../verdicts/flagIndex.ts';
import { type FlagInProject, inProjects, projectName } from '../verdicts/projects.ts';
import { flagStory, type StoryLine } from './flagStory.ts';
import { type FlagRow, flagTable, sumsText } from './flagTable.ts';

/** All flags (or the given keys) in tables, the stale ones first. */
export function flagsMarkdown(snapshot: Snapshot, keys: readonly string[] = allKeys(snapshot)): string {
  const groups = flagTable(snapshot, keys);
  if (groups.length === 0) return '# Flags\n\nNo flag file was found here, and no code checks a flag.\n';
  const sections = groups.map(({ title, note, rows }) =>
    [
      `## ${title} (${rows.length})${note}`,
      '',
      '| flag | state | age | checks | owner | why |',
      '| --- | --- | ---: | --- | --- | --- |',
      ...rows.map(tableRow),
    ].join('\n'),
  );
  return `# Flags\n\n${sumsText(groups.flatMap(group => group.rows))}.\n\n${sections.join('\n\n')}\n`;
}

/** One flag's whole story. */
export function flagStoryMarkdown(snapshot: Snapshot, key: string): string {
  return inProjects(snapshot, key)
    .map(each => storyMarkdown(each, key))
    .join('\n');
}

function storyMarkdown({ snapshot, paths }: FlagInProject, key: string): string {
  const { about, descriptions, verdict, sections } = flagStory(snapshot, key);
  const parts = [
    `# ${inlineCode(key)}${paths === null ? '' : ` in ${escapeMarkdown(projectName(paths))}`}`,
    ...(about.length === 0 ? [] : [about.map(escapeMarkdown).join(' · ')]),
    ...descriptions.map(escapeMarkdown),
    `**${escapeMarkdown(verdict)}**`,
    ...sections.map(({ title, lines }) => `## ${title}\n\n${lines.map(listItem).join('\n')}`),
  ];
  return `${parts.join('\n\n')}\n`;
}

function tableRow({ key, project, state, age, checks, owner, verdict }: FlagRow): string {
  // In a table a bar ends the cell, inside code too.
  const cells = [
    `${inlineCode(key).replaceAll('|', '\\|')}${project === null ? '' : ` (${escapeMarkdown(project)})`}`,
    ...[state, age, checks, owner, verdict.why].map(escapeMarkdown),
  ];
  return `| ${cells.join(' | ')} |`;
}

function listItem({ level, place, text }: StoryLine): string {
  const where = place === null ? '' : `${placeLink(place)} `;
  return `${level === 0 ? '' : '  '}- ${where}${escapeMarkdown(text)}`;
}

/** `src/pay.ts:12`, leading to that line. */
function placeLink(place: string): string {
  const colon = place.lastIndexOf(':');
  const [path, line] = [place.slice(0, colon), place.slice(colon + 1)];
  return `[${escapeMarkdown(place)}](/${encodePath(path)}#L${line})`;
}
