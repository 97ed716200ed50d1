/**
 * What has to be read before traces can be analysed: which commit ran, the files that their frames may mean, as they were then and
 * as they are now, and the repository's Go modules.
 */
import type { CheckOnTheWay } from '../../core/flags/verdicts/checksOnTheWay.ts';
import { CODEOWNERS_PATHS, type OwnersOf, parseCodeOwners } from '../../core/owners/codeowners.ts';
import { placeKey } from '../../core/traces/alongTheWay.ts';
import { filesOfTraces, frameSpots, lostLines, NO_KNOWLEDGE, type TraceKnowledge } from '../../core/traces/analyse.ts';
import { type Deployed, ownNamesOf } from '../../core/traces/deployed.ts';
import type { ParsedTraces } from '../../core/traces/model.ts';
import { LATELY } from '../../core/traces/printedLines.ts';
import { createRepositoryIndexes } from '../../core/traces/repositoryIndex.ts';
import type { FileAccess } from '../files/access.ts';
import { createLineQuestions, type LineQuestions } from './lineQuestions.ts';
import type { LinesSince } from './past.ts';
import type { Project } from './project.ts';
import { readOriginals } from './sourceMaps.ts';

export interface TraceReading {
  /** Absolute paths under which the repository lies; the last part of the first is its name. */
  readonly roots: readonly string[];
  /** The commit, tag or branch that ran; null to go by what the text says. */
  readonly deployed: string | null;
  /** The clock, milliseconds since 1970. */
  readonly now: number;
  /** Reads what tells of checks in the files of the frames, while git is asked about their lines; absent where that was read before. */
  readonly readAround?: () => Promise<void>;
  /** Whether somebody waited long enough: files of further frames are looked at, and not parsed for their checks. */
  readonly isLate?: () => boolean;
}

/** What is known of traces at once, and what git adds. */
export interface TracePlaces {
  /** Everything but the last changes of lines. */
  readonly knowledge: TraceKnowledge;
  /** With them: git takes its time. Never rejects. */
  readonly whole: Promise<TraceKnowledge>;
}

/** Reads the files into the project, so that its next snapshot knows their functions, and returns what it has no place for. */
export async function readTraceKnowledge(
  project: Project,
  parsed: ParsedTraces,
  reading: TraceReading,
): Promise<TraceKnowledge> {
  return (await readTracePlaces(project, parsed, reading)).whole;
}

/** The same for whoever has a use for what is known before git has looked through its history. */
export async function readTracePlaces(
  project: Project,
  parsed: ParsedTraces,
  reading: TraceReading,
): Promise<TracePlaces> {
  const { roots, deployed: given, now } = reading;
  const snapshot = project.host.snapshot(now);
  const goModules = await readGoModules(snapshot.paths, project.access);
  const deployed = await findDeployed(project, parsed, given, ownNamesOf(snapshot.paths, lastPart(roots[0] ?? '')));
  const since = deployed.kind === 'known' ? await linesSince(project, deployed.commit) : null;
  const { places, problems } = await readOriginals(project.access, parsed, snapshot.paths, roots);
  const indexOf = createRepositoryIndexes();
  const known: TraceKnowledge = { ...NO_KNOWLEDGE, roots, goModules, deployed, originals: places, problems, indexOf };
  const questions = createLineQuestions(project, deployed.kind === 'known' ? null : now - LATELY);
  if (since === null || since.kind === 'failed') {
    const reason: Pick<TraceKnowledge, 'deployed'> =
      since === null ? known : { deployed: { kind: 'unknown', reason: since.reason } };
    // Most files are told by their paths alone. Git looks at their lines while this thread parses them.
    if (reading.readAround !== undefined) questions.ask(frameSpots(parsed, snapshot, known));
    const texts = await readFiles(project, filesOfTraces(parsed, snapshot, known), snapshot.files, reading.isLate);
    return alongTheWay(project, parsed, { ...known, texts, deployed: reason.deployed }, reading, questions);
  }
  const paths = filesOfTraces(parsed, snapshot, { ...known, drift: await since.read([]) });
  const drift = await since.read(paths);
  const texts = await readFiles(
    project,
    [...new Set(paths.flatMap(path => drift.pathNow(path) ?? []))],
    snapshot.files,
    reading.isLate,
  );
  const followed = { ...known, texts, drift };
  const lost = lostLines(parsed, project.host.snapshot(now), followed);
  const whole = lost.length === 0 ? followed : { ...followed, drift: await since.lookElsewhere(lost) };
  return alongTheWay(project, parsed, whole, reading, questions);
}

/** What only the places of the frames tell: the checks that lead there, and the last changes of their lines. */
async function alongTheWay(
  project: Project,
  parsed: ParsedTraces,
  knowledge: TraceKnowledge,
  { now, readAround, isLate }: TraceReading,
  questions: LineQuestions,
): Promise<TracePlaces> {
  const spots = frameSpots(parsed, project.host.snapshot(now), knowledge);
  // Lines may have moved to files that no frame names.
  const ofSpots = [...new Set(spots.map(({ path }) => path))];
  const moved = await readFiles(project, ofSpots, project.host.snapshot(now).files, isLate);
  const { paths } = project.host.snapshot(now);
  questions.ask(spots);
  const owners = readOwners(paths, project.access);
  await readAround?.();
  const { files } = project.host.snapshot(now);
  const ways = new Map<string, readonly CheckOnTheWay[]>();
  for (const path of new Set(spots.map(spot => spot.path))) {
    const file = files.get(path);
    const here = spots.filter(spot => spot.path === path);
    const found = file === undefined || file.checks.length === 0 ? null : project.checksOnTheWay(file, here);
    found?.forEach((way, at) => void ways.set(placeKey(path, here[at]!.line, here[at]!.column), way));
  }
  const [ownersOf, committed] = [await owners, await questions.committed()];
  const texts = new Map([...knowledge.texts, ...moved]);
  const all: TraceKnowledge = { ...knowledge, texts, ways, ownersOf, committed };
  return { knowledge: all, whole: questions.changes().then(changes => ({ ...all, changes })) };
}

async function readOwners(paths: ReadonlySet<string>, access: FileAccess): Promise<OwnersOf | null> {
  for (const path of CODEOWNERS_PATHS) {
    if (!paths.has(path)) continue;
    const content = await access.read(path);
    if (content.kind === 'text') return parseCodeOwners(content.text);
  }
  return null;
}

async function findDeployed(
  { past }: Project,
  parsed: ParsedTraces,
  given: string | null,
  ownNames: ReadonlySet<string>,
): Promise<Deployed> {
  if (past !== null) return past.findDeployed(parsed.versions, given, ownNames);
  return { kind: 'unknown', reason: 'Git is not run here, so lines are taken as they are printed.' };
}

function linesSince(project: Project, commit: string): Promise<LinesSince | { kind: 'failed'; reason: string }> | null {
  const readNow = async (path: string): Promise<string | null> => {
    const open = project.host.documentText(path);
    if (open !== null) return open;
    const content = await project.access.read(path);
    return content.kind === 'text' ? content.text : null;
  };
  return project.past?.linesSince(commit, { readNow, symbolsOf: project.symbolsOf }) ?? null;
}

/** Sources go into the project; what it has no place for is returned. */
async function readFiles(
  project: Project,
  paths: readonly string[],
  known: ReadonlyMap<string, unknown>,
  isLate?: () => boolean,
): Promise<ReadonlyMap<string, string>> {
  const here = project.host.paths();
  const texts = new Map<string, string>();
  const sources: string[] = [];
  const others: string[] = [];
  for (const path of paths) {
    if (!here.has(path) || known.has(path)) continue;
    (project.host.kindOf(path) === 'source' ? sources : others).push(path);
  }
  others.push(...(await project.want(sources, isLate)));
  for (const path of others) {
    const content = await project.access.read(path);
    if (content.kind === 'text') texts.set(path, content.text);
  }
  return texts;
}

function lastPart(path: string): string {
  return (
    path
      .split(/[\\/]/)
      .filter(part => part !== '')
      .at(-1) ?? ''
  );
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
