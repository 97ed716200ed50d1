/** What has to be read before traces can be analysed: the files their frames may mean, and the repository's Go modules. */
import { filesOfTraces, NO_KNOWLEDGE, type TraceKnowledge } from '../../core/traces/analyse.ts';
import type { Drift } from '../../core/traces/drift.ts';
import type { ParsedTraces } from '../../core/traces/model.ts';
import type { FileAccess } from '../files/access.ts';
import type { Project } from './project.ts';

export interface TraceReading {
  /** Absolute paths under which the repository lies. */
  readonly roots: readonly string[];
  /** What changed since the commit that ran, or null. */
  readonly drift: Drift | null;
  /** The clock, milliseconds since 1970. */
  readonly now: number;
}

/** Reads the files into the project, so that its next snapshot knows their functions, and returns what it has no place for. */
export async function readTraceKnowledge(
  project: Project,
  parsed: ParsedTraces,
  { roots, drift, now }: TraceReading,
): Promise<TraceKnowledge> {
  const { access } = project;
  const snapshot = project.host.snapshot(now);
  const known = { ...NO_KNOWLEDGE, roots, drift, goModules: await readGoModules(snapshot.paths, access) };
  const files = filesOfTraces(parsed, snapshot, known).filter(path => snapshot.paths.has(path));
  const texts = new Map<string, string>();
  const sources: string[] = [];
  for (const path of files) {
    if (snapshot.files.has(path)) continue;
    if (project.host.kindOf(path) === 'source') sources.push(path);
    else {
      const content = await access.read(path);
      if (content.kind === 'text') texts.set(path, content.text);
    }
  }
  await project.want(sources);
  return { ...known, texts };
}

const MOST_MODULES = 200;

async function readGoModules(paths: ReadonlySet<string>, access: FileAccess): Promise<TraceKnowledge['goModules']> {
  const modules: { module: string; directory: string }[] = [];
  const files = [...paths].filter(path => path === 'go.mod' || path.endsWith('/go.mod')).slice(0, MOST_MODULES);
  for (const path of files) {
    const content = await access.read(path);
    const name = content.kind === 'text' ? /^module[ \t]+"?([^\s"]+)/m.exec(content.text)?.[1] : undefined;
    if (name !== undefined)
      modules.push({ module: name, directory: path.slice(0, -'go.mod'.length).replace(/\/$/, '') });
  }
  return modules;
}
