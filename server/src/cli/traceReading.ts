/**
 * Analysing traces for `flagbook trace`: with what an earlier run found, or in two steps. Somebody who holds a stack trace is told at once
 * what its own files say, and what only the whole repository tells when that was read.
 */
import { analyseTraces, NO_KNOWLEDGE, type TraceAnalysis, type TraceKnowledge } from '../core/traces/analyse.ts';
import type { ParsedTraces } from '../core/traces/model.ts';
import { withStatesLeftOpen } from '../core/traces/openStates.ts';
import { analyseFocused, type FocusedAnalysis } from '../sources/project/focus.ts';
import type { Project } from '../sources/project/project.ts';
import { retraceWithRepository } from '../sources/project/retrace.ts';
import { readTraceKnowledge, type TraceReading } from '../sources/project/traceKnowledge.ts';
import { emptySnapshot } from './emptySnapshot.ts';
import { UnusableInput } from './failure.ts';
import { findRoot, isSettledWithin, type OpenProject, openProject } from './openProject.ts';
import type { CommonOptions } from './options.ts';
import type { Output } from './output.ts';

export interface TraceWishes {
  /** The commit that ran, where somebody said so. */
  readonly commit: string | null;
  /** Whether the traces were retraced with a mapping that was named. */
  readonly hasMapping: boolean;
  /** Whether a folder or a configuration was named, so that it need be no repository. */
  readonly hasFolder: boolean;
  /** `a moment`: what the files of the frames say is enough. */
  readonly patience: 'a moment' | 'for all';
  /**
   * Gets a first answer where the whole one takes its time, and a second when git has told the last changes of lines; null where only a
   * whole one can be used.
   */
  readonly show: ((analyses: readonly TraceAnalysis[]) => void) | null;
}

export interface AnalysedInputs {
  readonly analyses: readonly TraceAnalysis[];
  /** `focused`: not more was read than the files of the frames and what they import. */
  readonly reading: 'whole' | 'focused';
}

/** Milliseconds that git may take for its last word before the rest is told. */
const SOON = 20;
/** Milliseconds after which the flags of further frames are told with the rest. */
const LONGEST_FRAMES = 150;
/** With fewer files than this, reading them all takes no longer than a first answer would. */
const SOON_READ = 500;

/** Analyses traces against the repository of the directory. */
export async function analyseInputs(
  inputs: readonly ParsedTraces[],
  options: CommonOptions,
  wishes: TraceWishes,
  output: Output,
): Promise<AnalysedInputs> {
  const root = await findRoot(options.directory);
  // Somebody's home folder is no repository to read through; without one the traces are still told apart and laid out.
  if (root.git.kind !== 'ok' && !wishes.hasFolder) {
    output.note(
      `flagbook: ${root.path} is in no git repository: frames are read, but not looked up (--cwd names one).`,
    );
    const analyses = inputs.map(parsed => analyseTraces(parsed, emptySnapshot(options.now), NO_KNOWLEDGE));
    return { analyses, reading: 'whole' };
  }
  const { commit } = wishes;
  if (commit !== null && root.git.kind === 'failed') {
    throw new UnusableInput(`--commit ${commit}: ${root.git.reason}`);
  }
  const reading: TraceReading = { roots: [root.path], deployed: commit, now: options.now };
  const isFocused = wishes.patience === 'a moment';
  let focused: Promise<readonly TraceAnalysis[]> | null = null;
  const beforeReading = async (prepared: Project): Promise<'enough' | 'read on'> => {
    const isLong = isFocused || (wishes.show !== null && isLarge(prepared));
    if (!isLong) return 'read on';
    const clock = () => performance.now();
    const retraced = (printed: ParsedTraces) => retracedIn(prepared, printed, wishes);
    const found: FocusedAnalysis[] = [];
    const until = clock() + LONGEST_FRAMES;
    const soon: TraceReading = isFocused ? reading : { ...reading, isLate: () => clock() > until };
    for (const read of inputs) found.push(await analyseFocused(prepared, read, soon, clock, retraced));
    for (const { soon } of found) refuseUnknownCommit(commit, soon);
    focused = Promise.all(found.map(({ whole }) => whole));
    if (!(await isSettledWithin(focused, SOON))) wishes.show?.(found.map(({ soon }) => soon));
    // The rest is read meanwhile.
    focused.then(whole => wishes.show?.(whole));
    return isFocused ? 'enough' : 'read on';
  };
  // What flag servers said before may be outdated: states wait for their answers.
  const beforeAnswers = async (project: Project): Promise<void> => {
    if (wishes.show === null || focused !== null) return;
    const found = await analyseEach(inputs, async read => {
      const parsed = await retracedIn(project, read, wishes);
      const knowledge = await readTraceKnowledge(project, parsed, reading);
      refuseUnknownCommit(commit, knowledge);
      return withStatesLeftOpen(analyseTraces(parsed, project.host.snapshot(options.now), knowledge), 'none');
    });
    wishes.show(found);
  };
  const opened = await openProject(root, options, output, {
    history: 'left out',
    about: 'a few places',
    servers: 'asked',
    beforeReading,
    beforeAnswers,
  });
  const shown = await focused;
  if (opened.reading === 'left out' && shown !== null) return { analyses: shown, reading: 'focused' };
  const analyses = await analyseEach(inputs, parsed => analyseWhole(opened, parsed, reading, wishes));
  return { analyses, reading: 'whole' };
}

async function analyseEach(
  inputs: readonly ParsedTraces[],
  analyse: (parsed: ParsedTraces) => Promise<TraceAnalysis>,
): Promise<readonly TraceAnalysis[]> {
  const analyses: TraceAnalysis[] = [];
  for (const parsed of inputs) analyses.push(await analyse(parsed));
  return analyses;
}

async function analyseWhole(
  { project, snapshot }: OpenProject,
  read: ParsedTraces,
  reading: TraceReading,
  wishes: TraceWishes,
): Promise<TraceAnalysis> {
  const parsed = await retracedIn(project, read, wishes);
  const knowledge: TraceKnowledge = await readTraceKnowledge(project, parsed, reading);
  refuseUnknownCommit(wishes.commit, knowledge);
  return analyseTraces(parsed, snapshot(), knowledge);
}

async function retracedIn(
  { host, access }: Project,
  read: ParsedTraces,
  { hasMapping }: TraceWishes,
): Promise<ParsedTraces> {
  return hasMapping ? read : retraceWithRepository(read, host.paths(), access);
}

/** A commit that was named and isn't there is a mistake of whoever named it. */
function refuseUnknownCommit(given: string | null, { deployed }: Pick<TraceKnowledge, 'deployed'>): void {
  if (given !== null && deployed.kind === 'unknown') {
    throw new UnusableInput(`--commit ${given}: ${deployed.reason}`);
  }
}

function isLarge({ host }: Project): boolean {
  let files = 0;
  for (const path of host.paths()) {
    const kind = host.kindOf(path);
    if (kind === 'source' || kind === 'data') files++;
    if (files >= SOON_READ) return true;
  }
  return false;
}
