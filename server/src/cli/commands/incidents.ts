/** `flagbook incidents [check|show]`: the records, what is wrong with them, and the timeline of one. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { decodeIncidents } from '../../core/incidents/incident.ts';
import { toIncidentDocument } from '../../core/incidents/show.ts';
import { incidentFindings } from '../../core/runbooks/health.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { indexLines } from '../../core/text.ts';
import { decodeBytes } from '../../sources/files/access.ts';
import { type FailOn, failOnOption, statusOf } from '../failOn.ts';
import { UnusableInput } from '../failure.ts';
import { findRoot, openProject } from '../openProject.ts';
import { type CommonFlags, decodeCommonOptions, formatOption } from '../options.ts';
import { jsonLines, jsonText, type Output } from '../output.ts';
import { renderFindings, renderIncident, renderIncidents } from '../renderHealth.ts';

interface IncidentsFlags extends CommonFlags {
  readonly format: string;
  readonly failOn: FailOn;
}

export function addIncidents(program: Command, output: Output): void {
  const incidents = program
    .command('incidents')
    .summary('incident records and their timelines')
    .description('Prints the incidents of the repository, the latest first.');
  incidents
    .command('list', { isDefault: true })
    .summary('all of them (what happens without a word)')
    .description('Prints the incidents of the repository, the latest first.')
    .addOption(formatOption(['text', 'json']))
    .action((_flags: unknown, command: Command) => list(command.optsWithGlobals(), output));
  incidents
    .command('check')
    .summary('what is wrong with the records')
    .description('Looks for times that can not be, patterns that match nothing and annotations of unknown incidents.')
    .addOption(formatOption(['text', 'json']))
    .addOption(failOnOption())
    .action((_flags: unknown, command: Command) => check(command.optsWithGlobals(), output));
  incidents
    .command('show')
    .summary('the timeline of a record')
    .description('Prints the incidents of the files with their timelines. Needs no repository.')
    .argument('<file...>', 'Markdown files')
    .addOption(formatOption(['text', 'json', 'jsonl']))
    .addHelpText('after', '\nExample:\n  flagbook incidents show docs/incidents/*.md --format jsonl')
    .action((files: string[], _flags: unknown, command: Command) => show(files, command.optsWithGlobals(), output));
}

async function take(flags: IncidentsFlags, output: Output): Promise<Snapshot> {
  const options = decodeCommonOptions(flags);
  const opened = await openProject(await findRoot(options.directory), options, output, { history: 'left out' });
  return opened.snapshot();
}

async function list(flags: IncidentsFlags, output: Output): Promise<void> {
  const snapshot = await take(flags, output);
  const latest = (incident: { started: string | null; path: string }) => incident.started ?? incident.path;
  const incidents = [...snapshot.incidents].sort((a, b) => (latest(a) < latest(b) ? 1 : -1));
  if (flags.format !== 'json') return output.print(renderIncidents(incidents, output));
  const records = incidents.map(incident => {
    const { id, path, title, severity, started, detected, resolved, flags, runbooks } = incident;
    return { id, path, title, severity, started, detected, resolved, flags, runbooks };
  });
  output.print(jsonText({ version: 1, incidents: records }));
}

async function check(flags: IncidentsFlags, output: Output): Promise<void> {
  const findings = incidentFindings(await take(flags, output));
  if (flags.format === 'json') output.print(jsonText({ version: 1, findings }));
  else output.print(renderFindings(findings, 'the incident records', output));
  process.exitCode = statusOf(findings, flags.failOn);
}

async function show(files: readonly string[], flags: IncidentsFlags, output: Output): Promise<void> {
  const { directory } = decodeCommonOptions(flags);
  const shown = [];
  for (const file of files) {
    const text = await readRecord(resolve(directory, file), file);
    const incidents = decodeIncidents(file.replaceAll('\\', '/'), text);
    shown.push({ incidents, document: toIncidentDocument(file, incidents, indexLines(text)) });
  }
  const documents = shown.map(({ document }) => document);
  if (flags.format === 'json' && documents.length === 1) output.print(jsonText(documents[0]));
  else if (flags.format !== 'text') output.print(jsonLines(documents));
  else {
    const texts = shown.flatMap(({ incidents }) => incidents.map(incident => renderIncident(incident, output)));
    output.print(texts.join('\n'));
  }
}

async function readRecord(path: string, file: string): Promise<string> {
  const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') throw new UnusableInput(`${file}: there is no such file.`);
    if (error.code === 'EISDIR')
      throw new UnusableInput(`${file}: this is a directory; name files, such as ${file}/*.md`);
    throw new UnusableInput(`${file}: it can't be read (${error.code}); check its permissions.`);
  });
  const content = decodeBytes(bytes);
  if (content.kind === 'text') return content.text;
  throw new UnusableInput(`${file}: it is ${content.reason === 'large' ? 'larger than 1 MB' : 'no text'}.`);
}
