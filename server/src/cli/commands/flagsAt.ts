/** `flagbook flags --at TIME`: what flags did then, by the flag files of the commit that was there and by the servers' logs. */
import {
  type DefinitionAt,
  definitionAt,
  type FlagsAt,
  flagsAtDocument,
  flagsAtText,
} from '../../core/flags/verdicts/flagsAt.ts';
import { CONFIG_PATH } from '../../core/hostSetup.ts';
import { createDiskAccess } from '../../sources/files/disk.ts';
import { tokensOfEnvironment } from '../../sources/flag-servers/environmentTokens.ts';
import { instant } from '../../sources/flag-servers/mapping.ts';
import { servedAt } from '../../sources/flag-servers/servedAt.ts';
import { createCommitAccess } from '../../sources/git/commitAccess.ts';
import { commitAt, pathsAt } from '../../sources/git/commitAt.ts';
import { createNodeHttp } from '../../sources/http/nodeHttp.ts';
import { UnusableInput } from '../failure.ts';
import { findRoot, openProject, type Root } from '../openProject.ts';
import { type CommonOptions, decodeTime } from '../options.ts';
import { jsonText, type Output } from '../output.ts';

export async function flagsAt(
  keys: readonly string[],
  given: string,
  format: string,
  options: CommonOptions,
  output: Output,
): Promise<void> {
  const time = decodeTime('--at', given);
  if (time > options.now) throw new UnusableInput(`--at ${given}: that is yet to come.`);
  if (format !== 'text' && format !== 'json') throw new UnusableInput(`--at prints text and json, not ${format}.`);
  const root = await findRoot(options.directory);
  const files = await filesAt(root, time, options, output);
  const tokens = tokensOfEnvironment(process.env, options.configFile === null ? 'of the repository' : 'of the user');
  const served = options.offline
    ? { definitions: [], gaps: [] }
    : await servedAt(files.config, time, createNodeHttp({ now: Date.now }), tokens.tokenFor);
  for (const advice of tokens.withheld()) output.note(`flagbook: ${advice}`);
  const known: FlagsAt = {
    at: instant(time),
    definitions: [...files.definitions, ...served.definitions],
    gaps: [...files.gaps, ...served.gaps],
  };
  output.print(format === 'json' ? jsonText(flagsAtDocument(known, keys)) : flagsAtText(known, keys));
}

/** The flag files of then; the configuration is that of now, which knows where servers are. */
async function filesAt(root: Root, time: number, options: CommonOptions, output: Output) {
  const found = await commitAt(root.path, time);
  const commit = found.kind === 'ok' ? found.commit : null;
  const disk = createDiskAccess(root.path, { git: true });
  const tree = commit === null ? null : await pathsAt(root.path, commit);
  const access = commit === null ? null : await createCommitAccess(root.path, commit, disk);
  if (commit === null || tree?.kind !== 'ok' || access?.kind !== 'ok') {
    const opened = await openProject(root, options, output, { history: 'left out', grammars: 'as needed' });
    const why = found.kind === 'failed' ? found.reason : 'git has no commit of that time or before';
    return { config: opened.snapshot().config, definitions: [], gaps: [`the flag files: ${why}`] };
  }
  const then = access.access;
  const mixed = {
    ...then,
    list: async () => {
      // What was never committed was not there.
      const paths = (await then.list()).filter(path => path !== CONFIG_PATH && tree.paths.has(path));
      return (await disk.list()).includes(CONFIG_PATH) ? [...paths, CONFIG_PATH].sort() : paths;
    },
    read: (path: string) => (path === CONFIG_PATH ? disk.read(path) : then.read(path)),
  };
  const needs = { history: 'left out', grammars: 'as needed', access: mixed } as const;
  const opened = await openProject(root, { ...options, now: time, offline: true }, output, needs);
  const { flags, config } = opened.snapshot();
  const definitions = [...flags.values()].flat().flatMap((flag): readonly DefinitionAt[] => {
    const path = flag.declaration?.path;
    return path === undefined ? [] : [definitionAt(flag, { kind: 'file', path, commit }, null)];
  });
  return { config, definitions, gaps: [] };
}
