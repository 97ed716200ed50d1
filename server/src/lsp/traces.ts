/** Requests about stack traces: whole texts, single lines of a terminal, links from outside. Answers come from the core. */
import { traceView } from '../core/features/traceView.ts';
import type { Snapshot } from '../core/snapshot.ts';
import { analyseTraces, NO_KNOWLEDGE, type TraceAnalysis } from '../core/traces/analyse.ts';
import { readDeepLink, writeDeepLink } from '../core/traces/deepLink.ts';
import { withEqualThreadsCounted } from '../core/traces/equalThreads.ts';
import { tracesMarkdown, tracesMarkdownToPaste } from '../core/traces/markdown.ts';
import type { ParsedTraces } from '../core/traces/model.ts';
import { parseTraces } from '../core/traces/parse.ts';
import { recogniseTrace } from '../core/traces/recognise.ts';
import { redactAnalysis } from '../core/traces/redact.ts';
import { MAX_FILE_BYTES } from '../sources/files/access.ts';
import { analyseFocused } from '../sources/project/focus.ts';
import { retraceWithRepository } from '../sources/project/retrace.ts';
import { readTraceKnowledge, type TraceReading } from '../sources/project/traceKnowledge.ts';
import { addressesOf, decodeUri, type Folder, locate } from './folders.ts';
import type {
  DeepLinkParams,
  DeepLinkResult,
  RecogniseTraceParams,
  RecogniseTraceResult,
  TraceFileParams,
  TraceFileResult,
  TraceLinkParams,
  TraceLinkResult,
  TraceMarkdownParams,
  TraceMarkdownResult,
  TraceParams,
  TraceResult,
} from './protocol.ts';
import type { Session } from './session.ts';
import { toTraceNodes } from './toTraceNode.ts';

/** Told by the folder that knows most of the frames. Never rejects because a file can't be read. */
export async function traceDocument(session: Session, params: TraceParams): Promise<TraceResult> {
  const { folder, analysis, deployed, reading, snapshot } = await analyse(session, params);
  const addresses = addressesOf(folder, snapshot);
  const { title, advice, rows, steps } = traceView(addresses.snapshot, analysis);
  return {
    traces: analysis.traces.length,
    title,
    advice,
    markdown: tracesMarkdown(analysis),
    nodes: analysis.traces.length === 0 ? [] : toTraceNodes(addresses, rows),
    steps,
    reading,
    deployed,
  };
}

export async function traceMarkdown(session: Session, params: TraceMarkdownParams): Promise<TraceMarkdownResult> {
  const { analysis } = await analyse(session, params);
  return { markdown: tracesMarkdownToPaste(params.masking === 'masked' ? redactAnalysis(analysis) : analysis) };
}

/** Quick, and silent about traces of other programs: without a frame of this workspace there is nothing to offer. */
export async function recognise(session: Session, { text }: RecogniseTraceParams): Promise<RecogniseTraceResult> {
  const { analysis } = await analyse(session, { text });
  return recogniseTrace(text, analysis);
}

export async function deepLink({ path, query }: DeepLinkParams): Promise<DeepLinkResult> {
  const read = await readDeepLink(path, query);
  if (read.kind === 'failed') return read;
  const { content, deployed, folder } = read.link;
  return { ...content, deployed, folder };
}

export async function traceLink({ text, deployed, scheme }: TraceLinkParams): Promise<TraceLinkResult> {
  const link = { content: { kind: 'text', text }, deployed: deployed ?? null, folder: null } as const;
  return { link: await writeDeepLink(link, scheme) };
}

export async function traceFile(session: Session, { uri }: TraceFileParams): Promise<TraceFileResult> {
  const located = locate(session.folders(), uri);
  if (located === null || located.folder.root === null || located.path.split('/').includes('..')) {
    return { kind: 'failed', reason: 'The file belongs to no folder of this window.' };
  }
  const content = await located.folder.project.access.read(located.path);
  if (content.kind === 'text') return content;
  const limit = `${MAX_FILE_BYTES / 1024 / 1024} MB`;
  const why = content.reason === 'large' ? `is larger than ${limit}; copy the trace out of it` : "can't be read";
  return { kind: 'failed', reason: `${located.path} ${why}.` };
}

interface Analysed {
  readonly folder: Folder;
  readonly analysis: TraceAnalysis;
  readonly deployed: TraceResult['deployed'];
  readonly reading: TraceResult['reading'];
  /** What it was analysed with. */
  readonly snapshot: Snapshot;
}

async function analyse(session: Session, { text, deployed }: TraceParams): Promise<Analysed> {
  const parsed = parseTraces(text);
  const all: Analysed[] = [];
  for (const folder of session.folders()) {
    const found = await analyseIn(session, folder, parsed, deployed ?? null);
    all.push({ ...found, folder, deployed: deployedOf(found.analysis, deployed ?? null) });
  }
  return all.reduce((one, other) => (resolvedFrames(other.analysis) > resolvedFrames(one.analysis) ? other : one));
}

async function analyseIn(
  session: Session,
  folder: Folder,
  parsed: ParsedTraces,
  deployed: string | null,
): Promise<Pick<Analysed, 'analysis' | 'reading' | 'snapshot'>> {
  const { project } = folder;
  if (folder.root === null) {
    const { snapshot } = session.snapshotOf(folder);
    return { analysis: counted(analyseTraces(parsed, snapshot, NO_KNOWLEDGE)), reading: 'whole', snapshot };
  }
  const request: TraceReading = { roots: rootsOf(folder), deployed, now: session.now() };
  if (project.host.completeness() === 'reading') return focused(session, folder, parsed, request);
  const retraced = await retraceWithRepository(parsed, project.host.paths(), project.access);
  const knowledge = await readTraceKnowledge(project, retraced, request);
  const { snapshot } = session.snapshotOf(folder);
  return { analysis: counted(analyseTraces(retraced, snapshot, knowledge)), reading: 'whole', snapshot };
}

/** While the folder is read for the first time, which takes seconds: an answer from a project of its own that reads a few files. */
async function focused(
  session: Session,
  folder: Folder,
  parsed: ParsedTraces,
  request: TraceReading,
): Promise<Pick<Analysed, 'analysis' | 'reading' | 'snapshot'>> {
  const project = folder.project.apart();
  await project.prepare();
  for (const { uri, language, text } of session.documents()) {
    const located = locate(session.folders(), uri, language);
    if (located?.folder === folder) project.host.openDocument(located.path, text);
  }
  const retraced = (printed: ParsedTraces) => retraceWithRepository(printed, project.host.paths(), project.access);
  const { whole } = await analyseFocused(project, parsed, request, () => performance.now(), retraced);
  const analysis = await whole;
  const snapshot = project.host.snapshot(request.now);
  project.dispose();
  return { analysis: counted(analysis), reading: 'focused', snapshot };
}

const counted = withEqualThreadsCounted;

function deployedOf({ deployed }: TraceAnalysis, given: string | null): TraceResult['deployed'] {
  if (deployed.kind === 'known') return { kind: 'known', revision: deployed.name };
  if (deployed.kind === 'ambiguous') {
    return { ...deployed, candidates: deployed.candidates.map(({ name, because }) => ({ revision: name, because })) };
  }
  return given === null ? { kind: 'unknown' } : { kind: 'failed', revision: given, reason: deployed.reason };
}

/** Where the folder lies on this machine. */
export function rootsOf(folder: Folder): readonly string[] {
  if (!folder.root?.startsWith('file:')) return [];
  // A drive of Windows begins without a slash.
  return [decodeUri(new URL(folder.root).pathname).replace(/^\/(?=[A-Za-z]:\/)/, '')];
}

function resolvedFrames(analysis: TraceAnalysis): number {
  const errors = analysis.traces.flatMap(trace => trace.threads.flatMap(thread => thread.errors));
  return errors.reduce((sum, { frames }) => sum + frames.filter(frame => frame.place.kind === 'resolved').length, 0);
}
