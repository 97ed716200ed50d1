/**
 * Reading for a few traces, and for nobody else: the configuration, runbooks, incidents, the files that frames stand in, and
 * what those import. Enough to say where frames stand and which flags guard them as far as these files prove it, within a moment, in a
 * repository that was never read. It is not enough to say that there are no others: libraries of the repository's own are known by how all of it uses them.
 */
import { createByteSearch } from '../../core/byteSearch.ts';
import type { Snapshot } from '../../core/snapshot.ts';
import { analyseTraces, type TraceAnalysis, type TraceKnowledge } from '../../core/traces/analyse.ts';
import type { ParsedTraces } from '../../core/traces/model.ts';
import { withStatesLeftOpen } from '../../core/traces/openStates.ts';
import { configuredSources } from '../flag-servers/configured.ts';
import type { Project } from './project.ts';
import { readTracePlaces, type TraceReading } from './traceKnowledge.ts';

/** Imports of imports: constants behind constants, a client behind a wrapper. */
const MOST_ROUNDS = 3;
/** Milliseconds after which no further files are read; somebody waits. */
const LONGEST_ROUNDS = 150;
const LONGEST_DATA = 100;
/** Files that may declare a type, told by their names. */
const MOST_DECLARING = 60;

/** An answer of a moment. */
export interface FocusedAnalysis {
  /** Without the last changes of lines. */
  readonly soon: TraceAnalysis;
  /** With them, when git has told. Never rejects. */
  readonly whole: Promise<TraceAnalysis>;
}

/**
 * What a moment is enough for, in a project that is prepared. `clock` gives milliseconds, from whenever; `retraced` restores what was
 * obfuscated.
 */
export async function analyseFocused(
  project: Project,
  printed: ParsedTraces,
  reading: TraceReading,
  clock: () => number,
  retraced: (printed: ParsedTraces) => Promise<ParsedTraces>,
): Promise<FocusedAnalysis> {
  const focused: Project = { ...project, want: (paths, isLate) => project.want(paths, isLate, 'left out') };
  const readAround = () => readImports(project, clock);
  const read = async () => {
    const parsed = await retraced(printed);
    return { parsed, ...(await readTracePlaces(focused, parsed, { ...reading, readAround })) };
  };
  let places = await read();
  // By now git has looked for files that it does not track. What they change is worth a second look, which parses nothing again.
  if ((await project.prepareRest()) === 'something') places = await read();
  const { parsed } = places;
  const knowledge = withoutDoubtful(places.knowledge);
  const keys = new Set([...knowledge.ways.values()].flat().flatMap(({ check }) => check.key ?? []));
  const looked = await readDataOf(project, keys, clock);
  // Servers say more than files, and are asked when there is time.
  const data = (await configuredSources(project.host.config())).sources.length > 0 ? 'none' : looked;
  const snapshot: Snapshot = project.host.snapshot(reading.now);
  const analysed = (known: TraceKnowledge) => withStatesLeftOpen(analyseTraces(parsed, snapshot, known), data);
  return {
    soon: analysed(knowledge),
    whole: places.whole.then(({ changes }) => analysed({ ...knowledge, changes })),
  };
}

/** Reads what the files that are there import, and what that imports. */
async function readImports(project: Project, clock: () => number): Promise<void> {
  const { host } = project;
  const until = clock() + LONGEST_ROUNDS;
  const isLate = (): boolean => clock() > until;
  await project.fulfilWishes(isLate);
  const asked = new Set<string>();
  for (let round = 0; round < MOST_ROUNDS && !isLate(); round++) {
    const wishes = host.wishes();
    const next = [...wishes.paths, ...filesNamedAfter(wishes.types, host.paths())].filter(
      path => !asked.has(path) && !host.holds(path),
    );
    if (next.length === 0) {
      if ((await project.fulfilWishes(isLate)) === 'nothing') return;
      continue;
    }
    for (const path of next) asked.add(path);
    await project.want(next, isLate);
  }
}

/** In languages where no path leads to a type, its file is mostly called like it. */
function filesNamedAfter(types: ReadonlySet<string>, paths: ReadonlySet<string>): readonly string[] {
  if (types.size === 0) return [];
  const found: string[] = [];
  for (const path of paths) {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const dot = name.indexOf('.');
    if (dot > 0 && types.has(name.slice(0, dot)) && found.length < MOST_DECLARING) found.push(path);
  }
  return found;
}

/** A check that a name alone speaks for is not told before the repository's use of such names was looked at. */
function withoutDoubtful(knowledge: TraceKnowledge): TraceKnowledge {
  const ways = new Map(
    [...knowledge.ways].map(([place, way]) => [place, way.filter(({ check }) => check.confidence !== 'possible')]),
  );
  return { ...knowledge, ways };
}

/** Reads the data that names these keys, flag files among it. Resolves to whether all data was looked through. */
async function readDataOf(
  { host, access }: Project,
  keys: ReadonlySet<string>,
  clock: () => number,
): Promise<'all' | 'some'> {
  if (keys.size === 0) return 'all';
  const { readBytes } = access;
  if (readBytes === undefined) return 'some';
  const search = createByteSearch({ words: keys });
  const until = clock() + LONGEST_DATA;
  const data = [...host.paths()].filter(path => host.kindOf(path) === 'data');
  // What is called like a flag file first: time may run out.
  data.sort((one, other) => Number(LIKELY.test(other)) - Number(LIKELY.test(one)));
  for (const path of data) {
    if (clock() > until) return 'some';
    const content = readBytes(path);
    if (content.kind !== 'bytes' || search(content.bytes) === 0) continue;
    const text = await access.read(path);
    if (text.kind === 'text') host.setText(path, text.text);
  }
  return 'all';
}

const LIKELY = /flag|feature|toggle|unleash|gate|experiment/i;
